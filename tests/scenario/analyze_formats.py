"""Every format of analyze, and where reports go: the readers of others judge what is written."""

import json
import os
import shutil
import stat
import subprocess
import sys
import xml.etree.ElementTree as xml

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import program
import tar_bytes as tar
from image_builder import Image, docker_archive

EVIL = "a|b`c <script>@everyone #12 [x](http:x) ]]> %0A::error::x"
IMAGE = docker_archive(Image(
    [tar.archive(tar.file("app/server", "s" * 40_000), tar.file("app/cache.bin", "c" * 9000), tar.file(EVIL, "e" * 50)),
     tar.archive(tar.file("app/server", "s" * 40_000, mode=0o755)),
     tar.archive(tar.whiteout("app/cache.bin"), tar.whiteout(EVIL))],
    tags=["shop:1.2"], history=["COPY . /app", "RUN chmod +x /app/server", f"RUN rm '{EVIL}'"]))
FAILING = ("--max-size", "10kB", "--max-layers", "10")
FILES = ("r.json", "r.md", "r.sarif", "r.xml", "r.txt")


class Formats(program.Scenario):
    def outputs(self, *names):
        return [word for name in names for word in ("-o", os.path.join(self.folder, name))]

    def text(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8", newline="") as opened:
            return opened.read()

    def test_all_in_one_run(self):
        outcome = self.analyze(IMAGE, *self.outputs(*FILES), *FAILING, status=1)
        self.assertEqual(outcome.err, "")
        self.assertEqual(sorted(os.listdir(self.folder)), sorted(["image.tar", *FILES]))
        self.assertEqual(self.text("r.txt"), outcome.out)
        self.check_sums(json.loads(self.text("r.json")))
        program.check_sarif(self, json.loads(self.text("r.sarif")))
        suites = {suite.get("name"): suite for suite in xml.fromstring(self.text("r.xml")).iter("testsuite")}
        self.assertEqual(suites["gates"].get("failures"), "1")
        self.assertTrue(self.text("r.md").startswith("## ❌ `shop:1.2`: 1 gate failed\n"))
        self.assertNotIn("<script", self.text("r.md"))

    def test_a_file_says_what_standard_output_would(self):
        for name, extension in (("json", "json"), ("markdown", "md"), ("sarif", "sarif"), ("junit", "xml"), ("text", "txt")):
            out = self.analyze(IMAGE, "--format", name, *self.outputs("r." + extension), *FAILING, status=1).out
            self.assertEqual(self.text("r." + extension), out)
            again = self.analyze(os.path.join(self.folder, "image.tar"), "--format", name, *FAILING, status=1, cwd="/",
                                 environment={"TZ": "Asia/Tokyo", "COLUMNS": "100"}).out
            self.assertEqual(again, out)

    def test_failed_gates_are_results(self):
        results = self.analyze(IMAGE, "--format", "sarif", *FAILING, status=1).json()["runs"][0]["results"]
        self.assertEqual([result["ruleId"] for result in results if result["ruleId"].startswith("GATE/")], ["GATE/max-size"])
        self.assertRegex(results[0]["message"]["text"], r"^max-size is [0-9.]+ kB, the limit is 10\.0 kB$")
        self.assertEqual(results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "shop%3A1.2")
        self.assertRegex(self.analyze(IMAGE, "--format", "github", *FAILING, status=1).out,
                         r"(?m)\A::error title=gate max-size::shop:1\.2: max-size is [0-9.]+ kB, the limit is 10\.0 kB$")
        self.assertNotIn("gate", self.analyze(IMAGE, "--format", "github").out)

    def test_formats_do_not_change_the_exit_code(self):
        for name in ("text", "json", "markdown", "sarif", "junit", "github"):
            self.analyze(IMAGE, "--format", name, "--max-layers", "10", status=0)
            self.analyze(IMAGE, "--format", name, "--max-layers", "1", *self.outputs("r.sarif"), status=1)
            self.analyze(b"no image", "--format", name, *self.outputs("x.sarif"), status=3)
        self.assertNotIn("x.sarif", os.listdir(self.folder))

    def test_sizes_are_bounded(self):
        first = tar.archive(*(tar.file(f"d/{EVIL}{i}", "x" * 10) for i in range(10_000)))
        layers = [first] + [tar.archive(tar.whiteout(f"d/{EVIL}{i}")) for i in range(300)]
        content = docker_archive(Image(layers, history=[f"RUN step {i} " + "@|`" * 300 for i in range(301)]))
        self.analyze(content, *self.outputs(*FILES), "--top", "1000")
        self.assertLess(os.path.getsize(os.path.join(self.folder, "r.md")), 60_000)
        self.assertIn("left out here", self.text("r.md"))
        self.assertIn("</details>", self.text("r.md"))
        self.assertLess(os.path.getsize(os.path.join(self.folder, "r.sarif")), 1 << 20)
        self.assertLess(os.path.getsize(os.path.join(self.folder, "r.xml")), 1 << 20)


class Places(program.Scenario):
    def usage(self, *arguments, content=IMAGE):
        return self.analyze(content, *arguments, status=2).err

    def test_standard_output(self):
        text = self.analyze(IMAGE).out
        self.assertEqual(self.analyze(IMAGE, "-o", "-").out, text)
        self.assertEqual(self.analyze(IMAGE, "-o", "r.json").out, text)
        self.assertEqual(self.analyze(IMAGE, "--format", "json", "-o", "r.json").out, self.analyze(IMAGE, "--format", "json").out)
        self.assertIn("can be named once", self.usage("-o", "-", "-o", "-"))

    def test_the_image_may_follow_an_output(self):
        path = self.put(IMAGE)
        outcome = program.run("analyze", "-o", "r.json", path, cwd=self.folder)
        self.assertEqual((outcome.status, outcome.err), (0, ""))
        self.assertIn("r.json", os.listdir(self.folder))

    def test_mistakes_are_told_before_the_image_is_read(self):
        self.assertIn("hint: known extensions: .txt .json .md", self.usage("-o", "r.pdf", content=b"no image"))
        self.assertIn("two outputs go to the same file", self.usage("-o", "r.md", "-o", f"{self.folder}/./r.md", content=b"no image"))
        self.assertIn("there is no folder none", self.usage("-o", "none/r.md", content=b"no image"))
        os.mkdir(os.path.join(self.folder, "d.md"))
        self.assertIn("a folder stands there", self.usage("-o", "d.md", content=b"no image"))
        os.symlink(self.folder, os.path.join(self.folder, "same"))
        self.assertIn("the same file", self.usage("-o", "r.md", "-o", "same/r.md"))
        self.assertEqual(sorted(os.listdir(self.folder)), ["d.md", "image.tar", "same"])

    def test_an_image_is_not_overwritten_by_its_report(self):
        path = self.put(IMAGE, "image.json")
        self.assertIn("the input would be overwritten", program.run("analyze", path, "-o", "image.json", cwd=self.folder).err)
        with open(path, "rb") as opened:
            self.assertEqual(opened.read(), IMAGE)

    def test_links_are_not_written_through(self):
        target = self.put(b"mine", "mine.txt")
        os.symlink(target, os.path.join(self.folder, "r.txt"))
        self.assertIn("a symbolic link stands there", self.usage("-o", "r.txt"))
        with open(target, "rb") as opened:
            self.assertEqual(opened.read(), b"mine")

    def test_a_report_is_replaced_whole_and_keeps_its_mode(self):
        path = self.put(b"old" * 100_000, "r.json")
        os.chmod(path, 0o600)
        self.analyze(IMAGE, "-o", "r.json")
        with open(path, "rb") as opened:
            self.assertEqual(json.load(opened)["schema"], "cloudrun-tune/analyze/v1")
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        self.assertEqual(sorted(os.listdir(self.folder)), ["image.tar", "r.json"])

    def test_an_existing_file_stays_where_the_folder_is_read_only(self):
        wrapper = []
        if os.geteuid() == 0:  # root may write anywhere
            setpriv = shutil.which("setpriv")
            if setpriv is None:
                self.skipTest("setpriv is not installed and root may write anywhere")
            wrapper = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"]
            probe = subprocess.run([*wrapper, program.binary(), "--version"], capture_output=True, check=False)
            if probe.returncode != 0:
                self.skipTest("another user may not run the program here")
        os.chmod(self.folder, 0o755)
        locked, free = os.path.join(self.folder, "locked"), os.path.join(self.folder, "free")
        os.mkdir(locked)
        os.mkdir(free)
        os.chmod(free, 0o777)
        path = self.put(b"old", "locked/r.json")
        os.chmod(locked, 0o555)
        self.addCleanup(os.chmod, locked, 0o755)
        outcome = self.analyze(IMAGE, "-o", path, "-o", os.path.join(free, "r.sarif"), status=3, wrapper=wrapper)
        self.assertIn("locked", outcome.err)
        self.assertEqual(outcome.out, "")
        self.assertEqual(os.listdir(free), ["r.sarif"])
        self.assertEqual(os.listdir(locked), ["r.json"])
        with open(path, "rb") as opened:
            self.assertEqual(opened.read(), b"old")

    def test_a_full_disk_leaves_the_old_report(self):
        # A limit on the size of files stands in for a full disk.
        path = self.put(b"old", "r.json")
        wrapper = ["sh", "-c", "trap '' XFSZ; ulimit -f 1 && exec \"$@\"", "sh"]
        image = self.put(docker_archive(Image([tar.archive(*(tar.file(f"f{i}", "x") for i in range(200)))])))
        outcome = program.run("analyze", image, "--files", "-o", path, cwd=self.folder, wrapper=wrapper)
        self.assertEqual((outcome.status, outcome.out), (3, ""), outcome.err)
        with open(path, "rb") as opened:
            self.assertEqual(opened.read(), b"old")


if __name__ == "__main__":
    program.main()
