"""Gates, policies, exit codes, and dive's numbers."""

import json
import os
import sys
import tarfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import program
import tar_bytes as tar
from image_builder import Image, docker_archive


def f(name, size):
    return tar.file(name, b"x" * size)


def image(*layers):
    return docker_archive(Image([tar.archive(*entries) for entries in layers]))


# 1,000 bytes, of which 400 are waste: efficiency (300 + 300) / (300 + 400 + 300) by dive's counting.
WASTEFUL = image([f("keep", 300), f("app", 400)], [tar.whiteout("app"), f("new", 300)])


class Gates(program.Scenario):
    def gate(self, *arguments, status=0, content=WASTEFUL):
        return self.report(content, *arguments, status=status)["gates"]

    def test_each_gate_at_its_edge(self):
        cases = (("max-size", "1000", "999", 1000), ("max-layers", "2", "1", 2), ("max-reclaimable", "400", "399", 400),
                 ("max-reclaimable-percent", "40", "39.9", 40), ("min-efficiency", "0.6", "0.61", 0.6))
        for name, passing, failing, value in cases:
            for limit, passed in ((passing, True), (failing, False)):
                gate, = self.gate(f"--{name}", limit, status=0 if passed else 1)
                self.assertEqual((gate["name"], gate["limit"], gate["value"], gate["passed"]), (name, float(limit), value, passed))

    def test_the_percentage_fails_only_above_the_floor(self):
        percent = ("--max-reclaimable-percent", "10", "--reclaimable-floor")
        self.assertTrue(self.gate(*percent, "400")[0]["passed"])
        self.assertFalse(self.gate(*percent, "399", status=1)[0]["passed"])
        self.assertTrue(self.gate("--max-reclaimable-percent", "40", "--reclaimable-floor", "1")[0]["passed"])
        outcome = self.analyze(WASTEFUL, "--reclaimable-floor", "1", status=2)
        self.assertIn("goes with max-reclaimable-percent", outcome.err)

    def test_the_report_is_printed_all_the_same(self):
        failed = self.analyze(WASTEFUL, "--max-layers", "1", status=1)
        self.assertIn("FAIL  max-layers: 2 (limit 1)", failed.out)
        self.assertIn("verdict: 1 gate failed", failed.out)
        self.assertEqual(failed.err, "")

    def test_units(self):
        for text, bytes_ in (("1kB", 1000), ("1KiB", 1024), ("1.5k", 1500), ("1 MB", 10 ** 6), ("0", 0)):
            self.assertEqual(self.gate("--max-size", text, status=0 if bytes_ >= 1000 else 1)[0]["limit"], bytes_)

    def test_usage_errors(self):
        cases = (("--max-size", "many"), ("--max-size", "-1"), ("--max-layers", "1.5"), ("--max-reclaimable-percent", "101"),
                 ("--max-reclaimable-percent", "nan"), ("--min-efficiency", "2"), ("--min-efficiency", "inf"), ("--ignore", "*.log"),
                 ("--ignore", "=reason"), ("--ignore", "*.log="), ("--format", "yaml"), ("--top", "-1"), ("--no-such-flag",), ("second",))
        for arguments in cases:
            outcome = self.analyze(WASTEFUL, *arguments, status=2)
            self.assertEqual(outcome.out, "")
            self.assertIn("error: ", outcome.err)
        self.assertEqual(program.run("analyze").status, 2)
        self.assertEqual(program.run().status, 2)
        self.assertEqual(program.run("analyse").status, 2)
        self.assertIn("did you mean 'analyze'", program.run("analyse").err)
        self.assertEqual([program.run(*words).status for words in (["--help"], ["--version"], ["analyze", "--help"])], [0, 0, 0])

    def test_ignored_waste_keeps_its_row_and_does_not_count(self):
        report = self.report(WASTEFUL, "--max-reclaimable", "0", "--ignore", "/app=needed for rollback")
        self.assertEqual(report["reclaimable"]["bytes"], 400)
        self.assertEqual(report["reclaimable"]["ignored_bytes"], 400)
        self.assertEqual(report["waste"][0]["ignored"], "needed for rollback")
        self.assertTrue(report["gates"][0]["passed"])
        self.gate("--max-reclaimable", "0", "--ignore", "/other=why", status=1)

    def test_policy_file(self):
        self.put(b"max-layers: 1\nmax-size: 1kB\nignore:\n  - path: /app\n    reason: kept\nmax-reclaimable: 0\n", ".cloudrun-tune.yaml")
        gates = {gate["name"]: gate["passed"] for gate in self.gate(status=1)}
        self.assertEqual(gates, {"max-layers": False, "max-size": True, "max-reclaimable": True})
        self.assertTrue(all(gate["passed"] for gate in self.gate("--max-layers", "9")), "flags win")

    def test_every_key_of_the_policy_file(self):
        self.put(b"max-size: 1\nmax-layers: 1\nmax-reclaimable: 1\nmax-reclaimable-percent: 1\nreclaimable-floor: 1\nmin-efficiency: 0.9\n",
                 ".cloudrun-tune.yaml")
        self.assertEqual([gate["passed"] for gate in self.gate(status=1)], [False] * 5)

    def test_policy_files_with_mistakes(self):
        cases = ((b"max-sise: 1\n", "1:1", "did you mean 'max-size'"), (b"max-layers: many\n", "1:13", "not a whole number"),
                 (b"\nmax-size: [1]\n", "2:11", "wants one value"), (b"ignore:\n  - path: x\n", "2:5", "needs a 'reason'"),
                 (b"max-size: 1\nmax-size: 2\n", "2:1", "stands twice"), (b"a: &x 1\n", "1:", "anchors"), (b"[", "", "error"),
                 (b"\xff", "", "not UTF-8"), (b"- 1\n", "", "not a list of keys"))
        for text, place, words in cases:
            self.put(text, ".cloudrun-tune.yaml")
            outcome = self.analyze(WASTEFUL, status=2)
            self.assertTrue(outcome.err.startswith(".cloudrun-tune.yaml:" + place), outcome.err)
            self.assertIn(words, outcome.err)

    def test_named_policy_file(self):
        self.put(b"max-layers: 1\n", ".cloudrun-tune.yaml")
        other = self.put(b"max-layers: 2\n", "other.yaml")
        self.assertEqual([gate["limit"] for gate in self.gate("--config", other)], [2])
        self.analyze(WASTEFUL, "--config", self.folder + "/none.yaml", status=2)

    def test_exit_codes(self):
        self.analyze(WASTEFUL, status=0)
        self.analyze(WASTEFUL, "--max-layers", "1", status=1)
        self.analyze(WASTEFUL, "--max-layers", "x", status=2)
        self.analyze(b"nothing", "--max-layers", "1", status=3)


class DiveRules(program.Scenario):
    def rules(self, text, status, content=WASTEFUL):
        self.put(text, ".dive-ci")
        return {gate["name"]: (gate["limit"], gate["passed"]) for gate in self.report(content, status=status)["gates"]}

    def test_defaults(self):
        for text in (b"", b"rules:\n", b"# nothing\n"):
            self.assertEqual(self.rules(text, 1), {"lowestEfficiency": (0.9, False), "highestUserWastedPercent": (0.1, False)})

    def test_all_three(self):
        text = b"rules:\n  lowestEfficiency: 0.5\n  highestWastedBytes: 400B\n  highestUserWastedPercent: 2\n"
        self.put(text, ".dive-ci")
        self.analyze(WASTEFUL, status=2)
        text = text.replace(b": 2\n", b": 1.0\n")
        self.assertEqual(self.rules(text, 1), {"lowestEfficiency": (0.5, True), "highestWastedBytes": (400, True), "highestUserWastedPercent": (1, False)})

    def test_disabled_values(self):
        for word in (b"disabled", b"off", b"false", b'""', b"'disabled'"):
            text = b"rules:\n  lowestEfficiency: " + word + b"\n  highestUserWastedPercent: " + word + b"\n  highestWastedBytes: " + word + b"\n"
            self.assertEqual(self.rules(text, 0), {})

    def test_nan_passes_and_infinity_fails(self):
        quiet = b"rules:\n  lowestEfficiency: disabled\n"
        self.assertEqual(self.rules(quiet, 0, image([tar.folder("e")], [tar.folder("e")]))["highestUserWastedPercent"], (0.1, True))
        self.assertEqual(self.rules(quiet, 1, image([f("a/x", 100)], [tar.whiteout("a/x")]))["highestUserWastedPercent"], (0.1, False))

    def test_beside_our_own_rules(self):
        self.put(b"max-layers: 2\n", ".cloudrun-tune.yaml")
        self.assertEqual(set(self.rules(b"", 1)), {"max-layers", "lowestEfficiency", "highestUserWastedPercent"})

    def test_mistakes(self):
        self.put(b"rules:\n  lowestEficiency: 0.5\n", ".dive-ci")
        outcome = self.analyze(WASTEFUL, status=2)
        self.assertIn("did you mean 'lowestEfficiency'", outcome.err)


class DiveNumbers(program.Scenario):
    """The vectors of dive's documented oddities: layers, efficiency, wasted bytes, user bytes, wasted share of them."""
    VECTORS = (
        ("chmod", [[f("x", 100)], [f("x", 100)]], 0.5, 200, 2),
        ("rm of a file", [[f("a/x", 100)], [tar.whiteout("a/x")]], 0, 100, None),
        ("rm of a folder", [[tar.folder("a"), f("a/x", 100)], [tar.whiteout("a")]], 1, 0, None),
        ("opaque", [[f("a/x", 100)], [tar.opaque("a"), f("a/y", 10)]], 1, 0, 0),
        ("dangling whiteout", [[f("a/x", 100)], [tar.whiteout("a/nope"), f("b", 50)], [f("b", 50)]], 149 / 150, 0, 0),
        ("whiteout in layer 0", [[tar.whiteout("z"), f("zz", 7)], [f("zz", 7)]], 6 / 7, 0, 0),
        ("grows", [[f("x", 10)], [f("x", 100)]], 1 / 11, 110, 1.1),
        ("shrinks", [[f("x", 100)], [f("x", 10)]], 1 / 11, 110, 11),
        ("removed and back", [[f("x", 100)], [tar.whiteout("x")], [f("x", 100)]], 0, 200, 2),
        ("empty folders", [[tar.folder("e")], [tar.folder("e")]], 1, 0, None),
        ("same content elsewhere", [[f("x", 100)], [f("y", 100)]], 1, 0, 0),
        ("file to symlink", [[f("x", 100)], [tar.symlink("x", "y")]], 0, 100, None),
        ("file to hard link", [[f("y", 0), f("x", 100)], [tar.hardlink("x", "y")]], 0, 100, None),
        ("twice in one layer", [[f("x", 100), f("x", 100)]], 1, 0, None),
        ("dive's own test", [[f("etc/nginx/nginx.conf", 2000), f("etc/nginx/public", 3000)],
                             [f("etc/nginx/nginx.conf", 5000), f("etc/athing", 10000)], [tar.whiteout("etc/nginx")]], 0.75, 7000, 7000 / 15000),
    )

    def test_vectors(self):
        for name, layers, efficiency, wasted, percent in self.VECTORS:
            with self.subTest(name):
                dive = self.report(image(*layers))["dive"]
                self.assertAlmostEqual(dive["efficiency"], efficiency, places=12)
                self.assertEqual(dive["wasted_bytes"], wasted)
                if percent is None:
                    self.assertIsNone(dive["user_wasted_percent"])
                else:
                    self.assertAlmostEqual(dive["user_wasted_percent"], percent, places=12)

    @staticmethod
    def first_image(path):
        """What dive takes from a bundle: the first."""
        with tarfile.open(path) as bundle:
            if "manifest.json" not in bundle.getnames():
                return []
            manifest = json.load(bundle.extractfile("manifest.json"))
        return ["--image", manifest[0]["RepoTags"][0]] if len(manifest) > 1 else []

    def test_shared_images(self):
        folder = os.path.join(program.SHARED, "data", "images")
        try:
            with open(os.path.join(folder, "dive-expected.json"), encoding="utf-8") as rows:
                expected = json.load(rows)
        except OSError:
            self.skipTest("shared data not found")
        for row in expected:
            path = os.path.join(folder, row["file"])
            with self.subTest(row["file"]):
                if "error" in row:
                    outcome = self.analyze(path, status=3)
                    self.assertTrue(outcome.err.startswith(path), outcome.err)
                    continue
                report = self.report(path, *self.first_image(path))
                self.assertEqual((report["size"]["uncompressed"], len(report["layers"])), (row["size_bytes"], row["layers"]))
                self.assertEqual((report["dive"]["efficiency"], report["dive"]["wasted_bytes"]), (row["efficiency"], row["wasted_bytes"]))


if __name__ == "__main__":
    program.main()
