"""What differs between two images: sizes, layers, files, settings, gates, saved reports and hostile ones."""

import copy
import json
import os
import random
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import image_builder as build
import program
import tar_bytes as tar
from image_builder import Image, docker_archive, oci_members, pack

BASE = tar.archive(tar.folder("etc"), tar.file("etc/os", "os" * 600), tar.file("bin/tool", "t" * 2500))
RUN = {"Entrypoint": ["/app/server"], "User": "65532", "Env": ["PORT=8080", "API_TOKEN=aB3dE5fG7hJ9kL1mN3pQ"]}
OLD = Image([BASE, tar.archive(tar.file("app/server", "s" * 40_000, mode=0o755), tar.file("app/old.txt", "o" * 700))],
            tags=["shop:1.0"], run=RUN, history=["ADD file:1 in /", "COPY . /app"])
NEW = Image([BASE, tar.archive(tar.file("app/server", "S" * 60_000, mode=0o755), tar.file("app/new.txt", "n" * 900))],
            tags=["shop:1.1"], history=["ADD file:1 in /", "COPY . /app"],
            run={**RUN, "Env": ["PORT=9090", "API_TOKEN=zY8xW6vU4tS2rQ0pO8nM"], "ExposedPorts": {"9090/tcp": {}}})


class Diff(program.Scenario):
    def diff(self, old, new, *arguments, status=0, **options):
        paths = [self.put(each, name) if isinstance(each, bytes) else each
                 for each, name in ((old, "old.tar"), (new, "new.tar"))]
        outcome = program.run("diff", *paths, *arguments, cwd=self.folder, **options)
        self.assertEqual(outcome.status, status, outcome.err + outcome.out[:3000])
        return outcome

    def json(self, old, new, *arguments, **options):
        report = self.diff(old, new, "--format", "json", *arguments, **options).json()
        self.assertEqual(report["schema"], "cloudrun-tune/diff/v1")
        self.check_schema(report)
        growth = report["new"]["uncompressed"] - report["old"]["uncompressed"]
        self.assertEqual(report["size"]["growth"], growth)
        if report.get("growth") is not None and report.get("files") is not None and len(report["growth"]) < 200:
            parts = sum(part["bytes"] for part in report["growth"]) + report["growth_elsewhere"]
            self.assertEqual(parts, report["size"]["live_growth"])
        return report

    def check_schema(self, report):
        try:
            import jsonschema
        except ImportError:
            return
        with open(os.path.join(program.REPOSITORY, "docs", "schema", "diff-v1.json"), encoding="utf-8") as opened:
            jsonschema.validate(report, json.load(opened))

    def files(self, old, new, **options):
        """{path: status, or what changed}"""
        rows = self.json(archive(old), archive(new), **options)["files"]
        return {row["path"]: set(row["changed"]) if row["status"] == "changed" else row["status"] for row in rows}

    def save(self, image, *arguments, name="saved.json"):
        outcome = self.analyze(image, "--format", "json", *arguments)
        return self.put(outcome.out.encode(), name)


def archive(image):
    if isinstance(image, bytes):
        return image
    return docker_archive(image if isinstance(image, Image) else Image([tar.archive(*image)]))


class Text(Diff):
    def test_first_screen(self):
        out = self.diff(docker_archive(OLD), docker_archive(NEW)).out
        head = """\
shop:1.0 → shop:1.1
size         44.4 kB → 64.6 kB, +20.2 kB (+45.5 %) uncompressed
push         at most {tar} in 1 of 2 layers, uncompressed: the push compresses them
import       {tar} unpacked in 1 new layer; 1 layer is shared by diff ID
files        1 added, 1 removed, 1 changed (content 1)

Layers
  =     0    3.70 kB        shared
  -     1    40.7 kB        COPY . /app
  +     1    60.9 kB  push  COPY . /app

What the container sees: +20.2 kB
""".format(tar=f"{len(NEW.layers[1]) / 1000:.1f} kB")
        self.assertEqual(out[:len(head)], head)
        self.assertIn("   +20.0 kB  /app/server\n", out)
        self.assertIn("  ~ environment  PORT: 8080 → 9090\n", out)
        self.assertIn("  ~ environment  API_TOKEN: changed (the value is hidden)\n", out)
        self.assertIn("  + port         9090/tcp\n", out)
        self.assertTrue(out.endswith(" to push\n") or "verdict: " in out.splitlines()[-1], out)
        for secret in ("aB3dE5fG7hJ9kL1mN3pQ", "zY8xW6vU4tS2rQ0pO8nM"):
            self.assertNotIn(secret, out)

    def test_no_difference(self):
        out = self.diff(docker_archive(OLD), docker_archive(OLD)).out
        self.assertTrue(out.endswith("\nverdict: no difference\n"), out)

    def test_no_secret_in_any_format(self):
        for form in ("text", "json", "markdown", "html", "sarif", "junit", "github"):
            out = self.diff(docker_archive(OLD), docker_archive(NEW), "--format", form).out
            self.assertNotIn("aB3dE5fG7hJ9kL1mN3pQ", out, form)
            self.assertNotIn("zY8xW6vU4tS2rQ0pO8nM", out, form)

    def test_markdown(self):
        out = self.diff(docker_archive(OLD), docker_archive(NEW), "--format", "markdown").out
        self.assertIn("## ⚠️ `shop:1.0` → `shop:1.1`: 20.2 kB larger", out)
        self.assertIn("| `/app/server` | +20.0 kB |", out)

    def test_hostile_names(self):
        name = "a\x1b[31m`</details>|@all\n"
        out = self.diff(archive([tar.file("x")]), archive([tar.file(name, "x" * 50)])).out
        self.assertNotIn("\x1b", out)
        out = self.diff(archive([tar.file("x")]), archive([tar.file(name, "x" * 50)]), "--format", "markdown").out
        self.assertNotIn("\x1b", out)
        self.assertNotIn("</details>|@all", out)

    def test_outputs_and_usage(self):
        self.diff(docker_archive(OLD), docker_archive(NEW), "-o", "a.md", "-o", "a.json", "-o", "a.html", "-o", "a.sarif", "-o", "a.xml")
        for name in ("a.md", "a.json", "a.html", "a.sarif", "a.xml"):
            self.assertGreater(os.path.getsize(os.path.join(self.folder, name)), 100)
        self.assertIn("standard input", self.diff("-", "-", status=2).err)
        self.assertIn("would be overwritten", self.diff(docker_archive(OLD), docker_archive(NEW), "-o", "x.json", "-o", "x.json",
                                                        status=2).err + self.save_over_input())
        self.diff("absent.tar", docker_archive(NEW), status=3)

    def test_page(self):
        """What the page is given; tests/report/diff_report.py opens it."""
        self.diff(docker_archive(OLD), docker_archive(NEW), "-o", "diff.html")
        with open(os.path.join(self.folder, "diff.html"), encoding="utf-8") as file:
            page = file.read()
        self.assertEqual(page, self.diff(docker_archive(OLD), docker_archive(NEW), "--format", "html").out)
        start = '<script id="data" type="application/json">'
        data = json.loads(page[page.index(start) + len(start):page.index("</script>", page.index(start))])
        self.assertEqual((data["growth"], data["push"]["bytes"], data["push"]["is_bound"]), (20_200, len(NEW.layers[1]), True))
        self.assertEqual(data["counts"], {"added": 1, "removed": 1, "changed": 1, "unknown": 0})
        self.assertIn({"kind": "environment", "name": "API_TOKEN", "hidden": True, "old": "***", "new": "***"}, data["settings"])
        self.assertIn("default-src 'none'; script-src 'sha256-", page)
        self.assertFalse(data["empty"])
        same = self.diff(docker_archive(OLD), docker_archive(OLD), "--format", "html").out
        self.assertIn('"empty": true', same)

    def save_over_input(self):
        report = self.save(docker_archive(OLD))
        return self.diff(report, docker_archive(NEW), "-o", report, status=2).err


class Equal(Diff):
    """diff(a, a) is empty, whatever form either side has."""

    def forms(self):
        image = Image(OLD.layers, codecs=["gzip", "gzip"], tags=OLD.tags, run=OLD.run, history=OLD.history)
        raw = OLD
        yield "docker", docker_archive(raw)
        yield "docker gz", build.CODECS["gzip"](docker_archive(raw))
        yield "kaniko", pack(build.kaniko_members(image))
        yield "podman", pack(build.podman_members(raw))
        yield "oci", pack(oci_members(image))
        yield "oci raw", pack(oci_members(raw))
        yield "docker 25", pack(build.docker25_members(raw))
        yield "docker 29", pack(build.docker29_members(raw))

    def test_every_form_with_itself_and_the_first(self):
        first = docker_archive(OLD)
        for name, content in self.forms():
            for old in (content, first):
                report = self.json(old, content)
                self.assertTrue(report["empty"], (name, report))
                self.assertEqual(report["deploy"]["push_bytes"], 0, name)

    def test_layout_folder_and_standard_input(self):
        path = build.write_folder(oci_members(OLD), os.path.join(self.folder, "layout"))
        self.assertTrue(self.json(path, docker_archive(OLD))["empty"])
        outcome = program.run("diff", path, "-", "--format", "json", stdin=docker_archive(OLD))
        self.assertEqual(outcome.status, 0, outcome.err)
        self.assertTrue(outcome.json()["empty"])

    def test_images_without_diff_ids(self):
        old = Image(OLD.layers, tags=["a:1"])
        content = pack(build.legacy_members(old))
        self.assertTrue(self.json(content, content)["empty"])
        new = Image([OLD.layers[0], NEW.layers[1]], tags=["a:1"])
        report = self.json(content, pack(build.legacy_members(new)))
        self.assertEqual([row["status"] for row in report["layers"]], ["shared", "removed", "added"])

    def test_saved_reports(self):
        content = docker_archive(OLD)
        full = self.save(content, "--files")
        short = self.save(content, name="short.json")
        for old, new in ((full, content), (content, full), (full, full)):
            report = self.json(old, new)
            self.assertTrue(report["empty"], report)
            self.assertEqual(report["files"], [])
        report = self.json(short, content)
        self.assertTrue(report["empty"], report)
        self.assertIsNone(report["files"])
        self.assertIn("lists no files", " ".join(report["notes"]))
        self.assertIn("API_TOKEN", " ".join(report["notes"]))

    def test_twice_the_same_bytes(self):
        for form in ("text", "json", "markdown", "html", "sarif", "junit"):
            runs = {self.diff(docker_archive(OLD), docker_archive(NEW), "--format", form,
                              environment={"SOURCE_DATE_EPOCH": "1700000000"}).out for _ in range(2)}
            self.assertEqual(len(runs), 1, form)


class Files(Diff):
    def test_each_attribute_alone(self):
        plain = dict(data="x" * 100)
        cases = {
            "content": tar.file("f", "y" * 100), "mode": tar.file("f", "x" * 100, mode=0o755),
            "owner": tar.file("f", "x" * 100, uid=7), "time": tar.file("f", "x" * 100, mtime=tar.MTIME + 1),
            "xattrs": tar.file("f", "x" * 100, records={"SCHILY.xattr.user.a": "b"}),
        }
        for word, entry in cases.items():
            self.assertEqual(self.files([tar.file("f", **plain)], [entry]), {"/f": {word}}, word)
        self.assertEqual(self.files([tar.file("f", **plain)], [tar.file("f", "x" * 101)]), {"/f": {"content"}})
        self.assertEqual(self.files([tar.symlink("l", "a")], [tar.symlink("l", "b")]), {"/l": {"link"}})
        self.assertIn("type", self.files([tar.file("f", "abc")], [tar.symlink("f", "b")])["/f"])
        self.assertEqual(self.files([tar.char_device("d", 1, 3)], [tar.char_device("d", 1, 5)]), {"/d": {"device"}})
        self.assertEqual(self.files([tar.file("f", **plain)], [tar.file("f", **plain), tar.file("g")]), {"/g": "added"})

    def test_whiteouts_and_replaced_files(self):
        lower = tar.archive(tar.folder("a"), tar.file("a/x", "x" * 10), tar.file("a/y", "y" * 20))
        old = Image([lower])
        new = Image([lower, tar.archive(tar.whiteout("a/x"), tar.file("a/y", "z" * 20))])
        self.assertEqual(self.files(old, new), {"/a/x": "removed", "/a/y": {"content"}})

    def test_folders_behind_links(self):
        old = Image([tar.archive(tar.folder("usr"), tar.folder("usr/bin"), tar.symlink("bin", "usr/bin")),
                     tar.archive(tar.file("bin/tool", "t" * 9))])
        new = Image([tar.archive(tar.folder("usr"), tar.folder("usr/bin"), tar.symlink("bin", "usr/bin")),
                     tar.archive(tar.file("usr/bin/tool", "t" * 9))])
        self.assertEqual(self.files(old, new), {})

    def test_hard_links_count_once(self):
        one = [tar.file("a", "x" * 1000), tar.hardlink("b", "a")]
        report = self.json(archive(one), archive([tar.file("a", "x" * 1000)]))
        self.assertEqual({row["path"]: row["status"] for row in report["files"]}, {"/b": "removed"})
        self.assertEqual(report["size"]["growth"], 0)
        # The file's own name goes, a link keeps its bytes.
        lower = tar.archive(*one)
        report = self.json(archive(Image([lower])), archive(Image([lower, tar.archive(tar.whiteout("a"))])))
        self.assertEqual(report["size"]["live_growth"], 0)

    def test_same_content_in_another_layer(self):
        data = os.urandom(300_000)
        old = Image([tar.archive(tar.file("big", data))])
        new = Image([tar.archive(tar.file("big", data), tar.file("more", "m"))])
        self.assertEqual(self.files(old, new), {"/more": "added"})
        other = data[:150_000] + b"?" + data[150_001:]
        if other == data:
            other = data[:150_000] + b"!" + data[150_001:]
        self.assertEqual(self.files(old, Image([tar.archive(tar.file("big", other))])), {"/big": {"content"}})
        packed = Image(new.layers, codecs=["gzip"])
        self.assertEqual(self.files(old, packed), {"/more": "added"})

    def test_one_folder_explains_it(self):
        many = [tar.file(f"usr/share/zone/{i}", "z" * 500) for i in range(40)]
        report = self.json(archive([tar.file("a", "a" * 10)]), archive([tar.file("a", "a" * 30), *many]))
        self.assertEqual([(part["path"], part["type"], part["bytes"]) for part in report["growth"]],
                         [("/usr/share/zone", "folder", 20_000), ("/a", "file", 20)])
        self.assertEqual(report["growth"][0]["files"]["added"], 40)

    def test_names_that_are_no_text(self):
        image = archive([tar.file(b"caf\xe9", "x" * 30)])
        self.assertTrue(self.json(self.save(image, "--files"), image)["empty"])


class Deploy(Diff):
    def test_compressed_layers_are_exact(self):
        for codec in ("gzip", "zstd"):
            old = Image(OLD.layers, codecs=[codec] * 2)
            new = Image(NEW.layers, codecs=[codec] * 2)
            deploy = self.json(pack(oci_members(old)), pack(oci_members(new)))["deploy"]
            self.assertEqual(deploy["push_bytes"], len(new.stored[1]))
            self.assertTrue(deploy["push_is_exact"])
            self.assertEqual((deploy["push_layers"], deploy["shared_layers"], deploy["shared_digests"]), (1, 1, 1))
            self.assertEqual(deploy["import_bytes"], len(new.layers[1]))

    def test_compressed_anew_is_pushed_but_not_imported(self):
        old = Image([BASE], codecs=["gzip"])
        new = Image([BASE], codecs=["zstd"])
        report = self.json(pack(oci_members(old)), pack(oci_members(new)))
        self.assertFalse(report["empty"])
        self.assertEqual(report["deploy"]["push_bytes"], len(new.stored[0]))
        self.assertEqual(report["deploy"]["import_bytes"], 0)

    def test_a_layer_that_stands_twice_is_pushed_once(self):
        layer = tar.archive(tar.file("x", "x" * 100))
        new = Image([BASE, layer, layer], codecs=["gzip"] * 3)
        deploy = self.json(pack(oci_members(Image([BASE], codecs=["gzip"]))), pack(oci_members(new)))["deploy"]
        self.assertEqual(deploy["push_bytes"], len(new.stored[1]))

    def test_order_matters(self):
        a, b = tar.archive(tar.file("a", "a")), tar.archive(tar.file("b", "b"))
        report = self.json(docker_archive(Image([a, b])), docker_archive(Image([b, a])))
        self.assertFalse(report["empty"])
        self.assertEqual(report["deploy"]["push_bytes"], 0)


class Gates(Diff):
    OLD_IMAGE, NEW_IMAGE = docker_archive(OLD), docker_archive(NEW)

    def gate(self, *arguments, status):
        return self.json(self.OLD_IMAGE, self.NEW_IMAGE, *arguments, status=status)["gates"]

    def test_growth(self):
        self.assertEqual(self.gate("--max-growth", "20200", status=0)[0]["value"], 20200)
        self.gate("--max-growth", "20199", status=1)
        self.gate("--max-growth", "46%", status=0)
        self.gate("--max-growth", "45%", status=1)
        self.assertEqual(self.json(self.NEW_IMAGE, self.OLD_IMAGE, "--max-growth", "0")["gates"][0]["value"], -20200)

    def test_push(self):
        size = str(len(NEW.layers[1]))
        self.gate("--max-push", size, status=0)
        self.gate("--max-push", str(len(NEW.layers[1]) - 1), status=1)

    def test_new_findings(self):
        clean = docker_archive(Image([BASE], run={"User": "1"}))
        root = docker_archive(Image([BASE]))
        report = self.json(clean, root)
        self.assertTrue(report["findings"])
        self.assertFalse(self.json(root, clean)["findings"])
        self.assertTrue(self.json(root, clean)["fixed_findings"])
        self.diff(clean, root, "--fail-on", "info", status=1)
        self.diff(root, clean, "--fail-on", "info", status=0)
        self.diff(clean, root, "--fail-on", "none", status=0)

    def test_policy_file(self):
        self.put(b"max-growth: 10kB\nmax-push: 1MB\n", ".cloudrun-tune.yaml")
        gates = self.gate(status=1)
        self.assertEqual([(gate["name"], gate["passed"]) for gate in gates], [("max-growth", False), ("max-push", True)])
        self.gate("--max-growth", "1MB", status=0)
        self.put(b"max-growth: lots\n", ".cloudrun-tune.yaml")
        self.assertIn(".cloudrun-tune.yaml:1:13", self.diff(self.OLD_IMAGE, self.NEW_IMAGE, status=2).err)

    def test_bad_limits(self):
        for value in ("-1", "5%%", "%", "nan%", "1e400%"):
            self.diff(self.OLD_IMAGE, self.NEW_IMAGE, "--max-growth=" + value, status=2)

    def test_what_cannot_be_judged_fails(self):
        path = self.save(self.OLD_IMAGE)
        with open(path, encoding="utf-8") as opened:
            report = json.load(opened)
        del report["binaries"]
        old = self.put(json.dumps(report).encode(), "old.json")
        gate = self.json(old, self.NEW_IMAGE, "--max-package-growth", "1MB", status=1)["gates"][0]
        self.assertIsNone(gate["value"])


class Baselines(Diff):
    def test_of_a_changed_image(self):
        for arguments in (("--files",), ()):
            path = self.save(docker_archive(OLD), *arguments)
            report = self.json(path, docker_archive(NEW))
            live = self.json(docker_archive(OLD), docker_archive(NEW))
            for key in ("size", "deploy", "binaries"):
                self.assertEqual(report[key], live[key], key)
            hidden = [row for row in live["settings"] if row["name"] != "API_TOKEN"]
            self.assertEqual(report["settings"], hidden)
            if arguments:
                self.assertEqual(report["growth"], live["growth"])
                self.assertEqual([(row["path"], row["status"]) for row in report["files"]],
                                 [(row["path"], row["status"]) for row in live["files"]])

    def test_content_that_cannot_be_compared(self):
        old = [tar.file("f", "x" * 100)]
        report = self.json(self.save(archive(old), "--files"), archive([tar.file("f", "y" * 100)]))
        self.assertEqual([(row["path"], row["status"]) for row in report["files"]], [("/f", "unknown")])
        self.assertIn("cannot tell the content", " ".join(report["notes"]))

    def test_hostile(self):
        path = self.save(docker_archive(OLD), "--files")
        with open(path, encoding="utf-8") as opened:
            good = json.load(opened)

        def at(*place_and_value):
            *place, key, value = place_and_value
            report = copy.deepcopy(good)
            target = report
            for step in place:
                target = target[step]
            target[key] = value
            return report
        cases = {
            "schema": [at("schema", "cloudrun-tune/analyze/v2"), at("schema", 7), {}, {"schema": None}],
            "size.uncompressed": [at("size", "uncompressed", value) for value in (-1, 1.5, "1", 2**63, 10**30, None, [])],
            "layers": [at("layers", {}), at("layers", 3), at("layers", [])],
            "layers[1].size": [at("layers", 1, "size", "big")],
            "layers[0].diff_id": [at("layers", 0, "diff_id", "sha256:xyz")],
            "layers[0]": [at("layers", 0, 5)],
            "files[2].layer": [at("files", 2, "layer", 99)],
            "files[2].path": [at("files", 2, "path", "../x"), at("files", 2, "path", "/a/../b"), at("files", 2, "path", "/" + "a" * 70000)],
            "files[2].type": [at("files", 2, "type", "socket")],
            "files[2].mode": [at("files", 2, "mode", 99999)],
            "files[2].content_of": [at("files", 2, "content_of", 10**6), at("files", 2, "content_of", 2)],
            "files": [at("files", 2, "size", 1)],
            "reclaimable.bytes": [at("reclaimable", "bytes", 10**10)],
            "settings[0].kind": [at("settings", 0, "kind", "other")],
        }
        for place, reports in cases.items():
            for report in reports:
                old = self.put(json.dumps(report).encode(), "old.json")
                outcome = self.diff(old, docker_archive(NEW), status=3)
                self.assertIn("old.json", outcome.err)
                self.assertIn(place, outcome.err)
                self.assertEqual(outcome.out, "")

    def test_broken_json(self):
        for text in (b"{", b'{"a": ', b"{}", b'{"a":1,"a":2}', b'{"schema":' + b"[" * 100_000, b"{\xff}",
                     b'{"schema":"cloudrun-tune/analyze/v1"}', b'{"schema":"cloudrun-tune/diff/v1"}'):
            outcome = self.diff(self.put(text, "old.json"), docker_archive(NEW), status=3)
            self.assertIn("old.json", outcome.err)


class Mirror(Diff):
    def random_image(self, pick):
        layers = []
        for _ in range(pick.randint(1, 3)):
            entries, used = [], set()
            for _ in range(pick.randint(1, 8)):
                name = pick.choice("ab") + "/" + pick.choice("wxyz")
                if name in used:
                    continue
                used.add(name)
                kind = pick.random()
                if kind < 0.15:
                    entries.append(tar.whiteout(name))
                elif kind < 0.25:
                    entries.append(tar.symlink(name, pick.choice("wxyz")))
                else:
                    entries.append(tar.file(name, pick.choice("pq") * pick.randint(0, 9), mode=pick.choice((0o644, 0o755)),
                                            uid=pick.randint(0, 1), mtime=tar.MTIME + pick.randint(0, 1)))
            layers.append(tar.archive(*entries))
        env = [f"{name}={pick.randint(0, 2)}" for name in "ABC" if pick.random() < 0.6]
        return Image(layers, run={"Env": env, "User": pick.choice(("", "1"))})

    def test_there_and_back(self):
        pick = random.Random(20261124)
        for _ in range(25):
            old, new = (docker_archive(self.random_image(pick)) for _ in "ab")
            there, back = self.json(old, new), self.json(new, old)
            self.assertEqual(there["size"]["growth"], -back["size"]["growth"])
            self.assertEqual(there["empty"], back["empty"])
            self.assertEqual(sum(row["growth"] for row in there["files"]), there["size"]["live_growth"])
            swap = {"added": "removed", "removed": "added"}
            self.assertEqual([(row["path"], row["status"], row["changed"], row["growth"]) for row in there["files"]],
                             [(row["path"], swap.get(row["status"], row["status"]), row["changed"], -row["growth"])
                              for row in back["files"]])
            self.assertEqual([(row["path"], row["bytes"]) for row in there["growth"]],
                             [(row["path"], -row["bytes"]) for row in back["growth"]])
            self.assertEqual([(row["kind"], row["name"], row["old"], row["new"]) for row in there["settings"]],
                             [(row["kind"], row["name"], row["new"], row["old"]) for row in back["settings"]])
            self.assertEqual(there["findings"], back["fixed_findings"])
            self.assertEqual(there["fixed_findings"], back["findings"])


MAIN = """package main

import (
\t"fmt"
\t"os"
%s)

func main() { fmt.Println(os.Args%s) }
"""


class GoBinaries(Diff):
    @classmethod
    def setUpClass(cls):
        if shutil.which("go") is None:
            raise program.unittest.SkipTest("go is not installed")

    def build(self, name, imports="", use=""):
        folder = os.path.join(self.folder, name + "-src")
        os.makedirs(folder)
        for file, text in (("go.mod", "module example.com/shop\n\ngo 1.21\n"), ("main.go", MAIN % (imports, use))):
            with open(os.path.join(folder, file), "w", encoding="utf-8") as out:
                out.write(text)
        target = os.path.join(self.folder, name)
        done = subprocess.run(["go", "build", "-trimpath", "-ldflags=-s -w", "-o", target, "."], cwd=folder, check=False,
                              capture_output=True, env={**os.environ, "CGO_ENABLED": "0", "GOFLAGS": "-mod=mod"})
        if done.returncode != 0:
            raise program.unittest.SkipTest("go build: " + done.stderr.decode()[-200:])
        return target

    def test_package_growth(self):
        old, new = self.build("old"), self.build("new", '\t"encoding/json"\n', ", json.Valid(nil)")
        for a, b in ((old, new), (self.image(old), self.image(new))):
            report = self.json(a, b, seconds=60)
            row, = report["binaries"]
            owners = {owner["name"]: owner for owner in row["owners"]}
            self.assertIsNone(owners["encoding/json"]["old"])
            self.assertGreater(owners["encoding/json"]["new"], 1000)
            self.assertEqual(sum(owner["growth"] for owner in row["owners"]), row["new"]["size"] - row["old"]["size"])
            std = [module for module in row["modules"] if module["path"] == "std"]
            self.assertGreater(std[0]["growth"], 1000)
            self.diff(a, b, "--max-package-growth", "100", status=1, seconds=60)
            self.diff(a, b, "--max-package-growth", "10MB", status=0, seconds=60)
            self.diff(a, b, "--max-package-growth", "900%", status=1, seconds=60)
            self.assertTrue(self.json(a, a, seconds=60)["empty"])
            self.diff(a, b, "--max-growth", "1", status=1, seconds=60)
        saved = self.save(self.image(old))
        self.assertEqual(self.json(saved, self.image(new), seconds=60)["binaries"],
                         self.json(self.image(old), self.image(new), seconds=60)["binaries"])
        saved = self.save(old)
        self.assertTrue(self.json(saved, old, seconds=60)["empty"])
        self.assertIn("executable", self.diff(old, self.image(new), status=2, seconds=60).err)

    def image(self, path):
        with open(path, "rb") as opened:
            return docker_archive(Image([BASE, tar.archive(tar.file("server", opened.read(), mode=0o755))],
                                        run={"Entrypoint": ["/server"]}))


if __name__ == "__main__":
    program.main()
