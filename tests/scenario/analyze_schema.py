"""What `analyze --format json` writes keeps to docs/schema/analyze-v1.json: images, executables, every option."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import program

DEMO = os.path.join(program.REPOSITORY, "docs", "demo", "image.tar.zst")


class Schema(unittest.TestCase):
    def setUp(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest("python3-jsonschema is not installed")
        with open(os.path.join(program.REPOSITORY, "docs", "schema", "analyze-v1.json"), encoding="utf-8") as opened:
            schema = json.load(opened)
        kind = jsonschema.validators.validator_for(schema)
        kind.check_schema(schema)
        self.validator = kind(schema)

    def check(self, *arguments, status=0):
        outcome = program.run("analyze", *arguments, "--format", "json")
        self.assertEqual(outcome.status, status, outcome.err)
        report = outcome.json()
        self.assertEqual([error.message for error in self.validator.iter_errors(report)], [])
        return report

    def test_an_image_with_every_option(self):
        plain = self.check(DEMO)
        self.assertTrue(plain["binaries"] and plain["findings"] and plain["waste"])
        full = self.check(DEMO, "--files", "--deep", "--verify", "--max-size", "1kB", status=1)
        self.assertTrue(full["files"] and full["gates"])

    def test_a_program_of_c(self):
        report = self.check(program.binary())
        self.assertEqual(report["binaries"][0]["go"], None)

    def test_a_program_of_go_with_a_replaced_module(self):
        if shutil.which("go") is None:
            self.skipTest("there is no go")
        with tempfile.TemporaryDirectory() as folder:
            for path, text in {"main.go": 'package main\n\nimport "example.com/lib"\n\nfunc main() { lib.Say() }\n',
                               "go.mod": "module example.com/p\n\ngo 1.20\n\nrequire example.com/lib v1.0.0\n\n"
                                         "replace example.com/lib => ./lib\n",
                               "lib/go.mod": "module example.com/lib\n\ngo 1.20\n",
                               "lib/lib.go": 'package lib\n\nimport "fmt"\n\n//go:noinline\nfunc Say() { fmt.Println("lib") }\n'}.items():
                os.makedirs(os.path.dirname(os.path.join(folder, path)), exist_ok=True)
                with open(os.path.join(folder, path), "w", encoding="utf-8") as opened:
                    opened.write(text)
            subprocess.run(["go", "build", "-buildvcs=false", "-o", "p", "."], cwd=folder, check=True,
                           env={**os.environ, "CGO_ENABLED": "0", "GOWORK": "off"})
            report = self.check(os.path.join(folder, "p"))
        module = report["binaries"][0]["go"]["modules"][0]
        self.assertEqual(module["replaced_by"]["path"], "./lib")
        own = {owner["name"]: owner for owner in report["binaries"][0]["owners"]}
        self.assertGreater(own["example.com/lib"]["code"], 0)
        self.assertGreaterEqual(own["example.com/lib"]["text"], own["example.com/lib"]["code"])


if __name__ == "__main__":
    program.main()
