"""Runs the program under test. A scenario file ends with program.main()."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import unittest

SANITIZED = os.environ.get("CRT_SANITIZED") == "1"
SKIPPED = 77
SECONDS = 60 if SANITIZED else 5
REPOSITORY = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get("CRT_SHARED") or os.path.join(os.path.dirname(REPOSITORY), "shared")
_binary = None


class Outcome:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out.decode(), err.decode()

    def json(self):
        return json.loads(self.out)


def run(*arguments, cwd=None, stdin=b"", memory=None, seconds=SECONDS, environment=None, wrapper=()):
    """The program's outcome. `memory` bounds its address space in bytes, except where a sanitizer needs all of it."""
    def bound():
        if memory and not SANITIZED:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    variables = {"PATH": os.environ.get("PATH", ""), "LC_ALL": os.environ.get("LC_ALL", "C"), **(environment or {})}
    streams = {"input": stdin} if isinstance(stdin, bytes) else {"stdin": stdin}
    done = subprocess.run([*wrapper, _binary, *arguments], cwd=cwd or "/", timeout=seconds, env=variables,
                          preexec_fn=bound, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, **streams)
    return Outcome(done.returncode, done.stdout, done.stderr)


def binary():
    return _binary


def check_sarif(test, log):
    """The log keeps to the SARIF 2.1.0 schema and to what code scanning wants beyond it."""
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    test.assertEqual(len(rules), len(set(rules)))
    test.assertLessEqual(len(run["results"]), 25_000)
    for result in run["results"]:
        test.assertEqual(rules[result["ruleIndex"]], result["ruleId"])
        test.assertGreaterEqual(result["locations"][0]["physicalLocation"]["region"]["startLine"], 1)
        test.assertRegex(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], r"\A[A-Za-z0-9._~/%:-]+\Z")
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    test.assertEqual(len(prints), len(set(prints)))
    path = os.path.join(SHARED, "data", "sarif-2.1.0.json")
    if not os.path.exists(path):
        test.skipTest("the SARIF schema is not there: " + path)
    try:
        import jsonschema
    except ImportError:
        test.skipTest("python3-jsonschema is not installed")
    with open(path, encoding="utf-8") as opened:
        schema = json.load(opened)
    # Thousands of equal results teach nothing more than some do.
    run["results"] = run["results"][:300]
    jsonschema.validators.validator_for(schema)(schema).validate(log)


class Scenario(unittest.TestCase):
    """A test with a folder of its own, in which nothing but its files lies."""
    maxDiff = None

    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="crt-scenario-")
        self.folder = self._folder.name
        self.addCleanup(self._folder.cleanup)

    def put(self, content, name="image.tar"):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as out:
            out.write(content)
        return path

    def analyze(self, content, *arguments, status=0, **options):
        """Analyzes an archive given as bytes, or whatever lies at a path given as text."""
        path = self.put(content) if isinstance(content, bytes) else content
        outcome = run("analyze", path, *arguments, cwd=options.pop("cwd", self.folder), **options)
        self.assertEqual(outcome.status, status, outcome.err + outcome.out[:2000])
        return outcome

    def report(self, content, *arguments, **options):
        """The same as JSON, its sums checked."""
        report = self.analyze(content, "--format", "json", *arguments, **options).json()
        self.check_sums(report)
        return report

    def files(self, content, *arguments, **options):
        """{(layer, path): (type, size, state)}, in the last entry's words where a path stands twice in a layer."""
        rows = self.report(content, "--files", *arguments, **options)["files"]
        return {(row["layer"], row["path"]): (row["type"], row["size"], row["state"]) for row in rows}

    def check_sums(self, report):
        layers, size, waste = report["layers"], report["size"], report["waste"]
        for layer in layers:
            self.assertEqual(layer["live"] + layer["reclaimable"] + layer["framing"], layer["tar_bytes"])
            self.assertEqual(layer["live"] + layer["reclaimable"], layer["size"])
            mine = sum(row["bytes"] for row in waste if row["layer"] == layer["index"])
            self.assertEqual(mine, layer["reclaimable"])
        self.assertEqual(sum(layer["size"] for layer in layers), size["uncompressed"])
        self.assertEqual(sum(layer["entries"] for layer in layers), size["entries"])
        total = report["reclaimable"]
        self.assertEqual(sum(row["bytes"] for row in waste), total["bytes"])
        self.assertEqual(sum(total["by_cause"].values()), total["bytes"])
        for cause, count in total["by_cause"].items():
            self.assertEqual(sum(row["bytes"] for row in waste if row["cause"] == cause), count)


def main():
    """python3 FILE BINARY [test names]; status 77 where every test was skipped."""
    global _binary
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} BINARY [TEST ...]")
    _binary = os.path.abspath(sys.argv.pop(1))
    program = unittest.main(module="__main__", exit=False, verbosity=1)
    result = program.result
    for _, reason in result.skipped:
        print("skipped:", reason)
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(SKIPPED if result.testsRun and len(result.skipped) == result.testsRun else 0)
