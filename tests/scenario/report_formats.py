"""Reports of hostile and of very many findings, judged by other programs' readers of each format."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import program

SAMPLES = ("plain", "hostile", "files", "many")


class Reports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        writer = os.environ.get("CRT_REPORT_SAMPLES")
        if not writer:
            raise unittest.SkipTest("CRT_REPORT_SAMPLES does not name the program that writes the samples")
        cls._folder = tempfile.TemporaryDirectory(prefix="crt-scenario-")
        cls.addClassCleanup(cls._folder.cleanup)
        subprocess.run([writer, cls._folder.name], check=True, timeout=120)

    def text(self, name):
        with open(os.path.join(self._folder.name, name), encoding="utf-8", newline="") as opened:
            return opened.read()

    def test_sarif_keeps_to_its_schema(self):
        for sample in SAMPLES:
            text = self.text(sample + ".sarif")
            program.check_sarif(self, json.loads(text))
            self.assertLess(len(text), 100 << 20)

    def test_sarif_says_what_is_left_out(self):
        run = json.loads(self.text("many.sarif"))["runs"][0]
        self.assertEqual(len(run["results"]), 25_000)
        self.assertIn("5,006 results are left out", run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"])
        self.assertEqual({result["level"] for result in run["results"][:10_000]}, {"error"})

    def test_sarif_accepts_what_the_policy_does(self):
        results = json.loads(self.text("plain.sarif"))["runs"][0]["results"]
        self.assertEqual([[each["justification"] for each in result["suppressions"]] for result in results],
                         [[], [], [], ["a made-up key"]])

    def test_junit_is_well_formed_and_its_sums_are_right(self):
        for sample in SAMPLES:
            root = xml.fromstring(self.text(sample + ".xml").encode())
            self.assertEqual([suite.get("name") for suite in root], ["gates", "findings"])
            for key, tag in (("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")):
                for suite in root:
                    self.assertEqual(int(suite.get(key)), len(suite.findall(".//" + tag)), (sample, key))
                self.assertEqual(int(root.get(key)), sum(int(suite.get(key)) for suite in root))

    def test_annotations_are_commands_alone(self):
        for sample in SAMPLES:
            lines = self.text(sample + ".github").split("\n")
            self.assertEqual(lines.pop(), "")
            kinds = []
            for line in lines:
                match = re.fullmatch(r"::(error|warning|notice) ((?:[a-z]+=[^,:\r]*,)*title=[^,:\r]*)::([^\r]*)", line)
                self.assertIsNotNone(match, line)
                kinds.append(match.group(1))
            self.assertLessEqual(max(map(kinds.count, kinds)), 10)
        self.assertIn("not shown here: 9,", self.text("many.github"))

    def test_markdown_is_inert(self):
        reader = shutil.which("cmark-gfm")
        for sample in SAMPLES:
            text = self.text(sample + ".md")
            self.assertLess(len(text.encode()), 60_000)
            if reader is None:
                continue
            page = subprocess.run([reader, "--unsafe", "-e", "table", "-e", "autolink", "-e", "strikethrough"],
                                  input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
            tags = set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", page))
            self.assertLessEqual(tags, {"h2", "h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "details",
                                        "summary", "ul", "li", "em"})
            self.assertEqual(page.count("<details>"), page.count("</details>"))
            outside = re.sub(r"<code>.*?</code>", "", page, flags=re.S)
            self.assertNotRegex(outside, r"@\w|#\d|(?i:gh-\d|www\.\w|http://)")
            for row in re.findall(r"<tr>.*?</tr>", page, flags=re.S):
                self.assertIn(len(re.findall(r"<t[hd]", row)), (3, 4, 5))
        if reader is None:
            self.skipTest("cmark-gfm is not installed")

    def test_text_and_json_hold_every_finding(self):
        for sample in SAMPLES:
            self.assertNotRegex(self.text(sample + ".txt"), "[\x00-\x09\x0b-\x1f\x7f-\x9f]")
        self.assertEqual(len(json.loads(self.text("many.json"))["findings"]), 30_005)


if __name__ == "__main__":
    program.main()
