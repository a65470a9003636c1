"""What analyze finds in the contents of files: the same in every form of an image, and no more than it should read."""

import io
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import program
import tar_bytes as tar
from compression import CODECS
from image_builder import Image, docker_archive, docker_members, oci_members, pack, write_folder

# Put together here, so that no scanner takes this file for the owner of a key.
AWS_ID = "AKIA" + "QYLPMN5HHHFPZAM2"
AWS_SECRET = "fake" + "0123456789+/abcdefghijklmnopqrstuvwx"
GOOGLE_KEY = "AI" + "za" + "SyD3kV9xQ2mT7bLw0RjN5cUe1HfYpG8oZsA"
BASE_HISTORY = [{"created_by": "ADD rootfs.tar /"}, {"created_by": 'CMD ["bash"]', "empty_layer": True}]


def image(*layers, history=None, run=None, **options):
    return Image([tar.archive(*entries) for entries in layers], history=history, run=run or {}, **options)


def based(base, *layers, **options):
    """An image whose lowest layer came with a base image."""
    return image(base, *layers, history=BASE_HISTORY + [f"COPY {i} /" for i in range(len(layers))], **options)


def key_file(name="app/settings.yaml"):
    return tar.file(name, f"maps:\n  key: {GOOGLE_KEY}\n".encode())


class Contents(program.Scenario):
    def findings(self, content, *arguments, rule="", **options):
        rows = self.report(content, *arguments, **options)["findings"]
        return [row for row in rows if row["rule"].startswith(rule)]

    def secrets(self, content, *arguments, **options):
        rows = self.findings(content, *arguments, rule="SEC", **options)
        return sorted((row["rule"], row["layer"], row["path"], row["line"], row["column"]) for row in rows)

    def test_secret_is_found_in_every_form(self):
        """Raw, gzip and zstd layers; archives, streams, wrapped files and folders."""
        expected = [("SEC103", 0, "/app/settings.yaml", 2, 8)]
        for codec in ("raw", "gzip", "zstd", "members"):
            made = image([key_file(), tar.file("other", b"x" * 5000)], codecs=[codec])
            archive = docker_archive(made)
            oci = pack(oci_members(made))
            for name, content in (("docker", archive), ("oci", oci), ("wrapped", CODECS["gzip"](archive))):
                with self.subTest(codec=codec, form=name):
                    self.assertEqual(self.secrets(content), expected)
            with self.subTest(codec=codec, form="stream"):
                self.assertEqual(self.secrets("-", stdin=archive), expected)
            with self.subTest(codec=codec, form="folder"):
                folder = write_folder(oci_members(made), os.path.join(self.folder, codec))
                self.assertEqual(self.secrets(folder), expected)

    def test_no_report_shows_the_value(self):
        made = docker_archive(image([key_file()], run={"Env": ["API_KEY=" + GOOGLE_KEY], "Labels": {"k": GOOGLE_KEY}},
                                    history=[f"RUN |1 TOKEN={GOOGLE_KEY} /bin/sh -c make"]))
        for name in ("text", "json", "markdown", "sarif", "junit", "github"):
            outcome = self.analyze(made, "--format", name, "--top", "100")
            self.assertNotIn(GOOGLE_KEY[4:], outcome.out, name)
            self.assertNotIn(GOOGLE_KEY[4:], outcome.err)

    def test_a_secret_that_stands_twice_is_hidden_twice(self):
        words = ["/x", "--password", AWS_SECRET, "--token=" + GOOGLE_KEY, "again", "--token=" + GOOGLE_KEY]
        made = docker_archive(image([tar.file("x", b"x")], run={"Cmd": words, "Healthcheck": {"Test": ["CMD", *words]}}))
        for name in ("text", "json", "markdown", "html"):
            self.assertNotIn(GOOGLE_KEY[4:], self.analyze(made, "--format", name, "--top", "100").out, name)

    def test_two_runs_give_the_same_bytes(self):
        made = docker_archive(image([key_file("a"), key_file("b"), tar.file("c", f"k={AWS_ID}\n{AWS_SECRET}\n".encode())]))
        for name in ("text", "json", "sarif", "html"):
            runs = {self.analyze(made, "--format", name, environment={"SOURCE_DATE_EPOCH": "1700000000"}).out for _ in range(3)}
            self.assertEqual(len(runs), 1, name)

    def test_deleted_and_replaced_secrets_are_still_shipped(self):
        deleted = docker_archive(image([key_file()], [tar.whiteout("app/settings.yaml")]))
        found = self.findings(deleted, rule="SEC103")
        self.assertEqual([row["layer"] for row in found], [0])
        self.assertIn("deletes", found[0]["message"])
        replaced = docker_archive(image([key_file()], [tar.file("app/settings.yaml", b"key: none\n")]))
        self.assertIn("replaces", self.findings(replaced, rule="SEC103")[0]["message"])

    def test_base_layers_are_read_on_demand_only(self):
        made = based([key_file("etc/base.yaml")], [key_file("app/own.yaml")])
        for codecs in (["raw", "raw"], ["gzip", "gzip"]):
            archive = docker_archive(Image(made.layers, codecs=codecs, history=made.history))
            for content, stdin in ((archive, b""), ("-", archive)):
                paths = sorted(row[2] for row in self.secrets(content, stdin=stdin))
                self.assertEqual(paths, ["/app/own.yaml"])
                deep = sorted(row[2] for row in self.secrets(content, "--deep", stdin=stdin))
                self.assertEqual(deep, ["/app/own.yaml", "/etc/base.yaml"])

    def test_named_base_is_exact(self):
        base = image([key_file("etc/base.yaml")])
        made = image([key_file("etc/base.yaml")], [key_file("app/own.yaml")])
        path = self.put(docker_archive(base), "base.tar")
        report = self.report(docker_archive(made), "--base", path)
        self.assertEqual([layer["base"] for layer in report["layers"]], [True, False])
        self.assertEqual([row[2] for row in self.secrets(docker_archive(made), "--base", path)], ["/app/own.yaml"])
        other = self.put(docker_archive(image([tar.file("x", b"other")])), "other.tar")
        outcome = self.analyze(docker_archive(made), "--base", other, status=2)
        self.assertIn("is not built on it", outcome.err)

    def test_large_and_binary_files_are_no_texts(self):
        large = b"x\n" * (600 << 10) + GOOGLE_KEY.encode()
        binary = b"\0\1\2" * 400 + GOOGLE_KEY.encode()
        self.assertEqual(self.secrets(docker_archive(image([tar.file("large", large), tar.file("binary", binary)]))), [])

    def test_configuration_and_history(self):
        made = docker_archive(image([tar.file("x", b"x")], run={"Env": ["MAPS=" + GOOGLE_KEY, "MODE=production"]},
                                    history=[f"RUN curl -H 'Authorization: Bearer {GOOGLE_KEY}' https://example.com"]))
        messages = [row["message"] for row in self.findings(made, rule="SEC")]
        self.assertTrue(any("variable MAPS" in text for text in messages), messages)
        self.assertTrue(any("history" in text for text in messages), messages)

    def test_findings_fail_only_where_asked(self):
        made = docker_archive(image([key_file()], run={"User": "65532"}))
        self.analyze(made)
        self.analyze(made, "--fail-on", "none")
        self.analyze(made, "--fail-on", "error", status=1)
        clean = docker_archive(image([tar.file("x", b"x")], run={"User": "65532", "Entrypoint": ["/x"]}))
        self.analyze(clean, "--fail-on", "none")

    def test_ignores_need_a_reason_and_can_end(self):
        made = docker_archive(image([key_file()]))

        def policy(text):
            self.put(text.encode(), ".cloudrun-tune.yaml")
        policy("ignore:\n  - rule: SEC103\n    path: /app/**\n    reason: a key for tests\n")
        row = self.findings(made, rule="SEC103")[0]
        self.assertEqual(row["ignored"], "a key for tests")
        policy("ignore:\n  - rule: SEC103\n    reason: until the move\n    expires: 2026-03-31\n")
        on_the_day = {"SOURCE_DATE_EPOCH": "1774915200"}  # 2026-03-31
        after = {"SOURCE_DATE_EPOCH": "1775001600"}
        self.assertEqual(self.findings(made, rule="SEC103", environment=on_the_day)[0]["ignored"], "until the move")
        report = self.report(made, environment=after)
        self.assertIsNone([row for row in report["findings"] if row["rule"] == "SEC103"][0]["ignored"])
        self.assertIn("ended on 2026-03-31", " ".join(report["notes"]))
        policy("ignore:\n  - rule: SEC103\n")
        self.assertIn(".cloudrun-tune.yaml:2:5", self.analyze(made, status=2).err)
        policy("ignore:\n  - rule: SEC103\n    reason: x\n    expires: tomorrow\n")
        self.assertIn("'tomorrow' is no day", self.analyze(made, status=2).err)


class Executables(program.Scenario):
    def program_bytes(self):
        with open("/proc/self/exe", "rb") as file:
            return file.read()

    def test_executable_stands_alone(self):
        path = self.put(self.program_bytes(), "server")
        report = json.loads(program.run("analyze", path, "--format", "json").out)
        self.assertIsNone(report["image"])
        row = report["binaries"][0]
        self.assertEqual((row["path"], row["size"]), (path, os.path.getsize(path)))
        self.assertEqual(sum(owner["bytes"] for owner in row["owners"]), row["size"])
        self.assertTrue(all(finding["rule"].startswith(("BIN", "SEC")) for finding in report["findings"]))
        text = self.analyze(path).out
        self.assertIn("Bytes by", text)

    def test_entrypoint_is_read_wherever_it_is(self):
        """Through links, in a base layer, and in layers that can only be read in order."""
        content = self.program_bytes()
        base = [tar.folder("usr/bin"), tar.file("usr/bin/tool1.2", content, mode=0o755), tar.symlink("usr/bin/tool", "tool1.2")]
        for codec in ("raw", "gzip"):
            made = based(base, [tar.file("x", b"x")], codecs=[codec, codec], run={"Entrypoint": ["tool"], "Env": ["PATH=/usr/bin"]})
            for content_, stdin in ((docker_archive(made), b""), ("-", docker_archive(made))):
                rows = self.report(content_, stdin=stdin)["binaries"]
                self.assertEqual([row["path"] for row in rows], ["/usr/bin/tool1.2"])
                self.assertEqual(rows[0]["layer"], 0)

    def test_other_formats_are_called_by_their_name(self):
        for content, name in ((b"MZ" + bytes(600), "PE"), (b"#!/bin/sh\necho\n", "script"),
                              (b"\xcf\xfa\xed\xfe" + bytes(600), "Mach-O")):
            outcome = program.run("analyze", self.put(content, "file"))
            self.assertEqual(outcome.status, 3, outcome.out)
            self.assertIn(name, outcome.err)

    def test_damaged_executable_is_reported_and_counted(self):
        content = b"\x7fELF" + bytes(100)
        report = self.report(docker_archive(image([tar.file("app", content, mode=0o755)])))
        self.assertEqual(report["size"]["uncompressed"], 104)


class Views(program.Scenario):
    def made(self):
        return docker_archive(image([tar.file("a/large", b"x" * 3000), tar.file("a/b/small", b"y" * 1000), tar.file("c", b"z" * 500)],
                                    [tar.file("c", b"w" * 700)]))

    def test_tree(self):
        self.assertEqual(self.analyze(self.made(), "--tree").out,
                         "4.70 kB in 3 files of the final file system\n"
                         "    4.00 kB   85.1 %  a/  2 files\n"
                         "    3.00 kB   63.8 %    large\n"
                         "    1.00 kB   21.3 %    b/  1 file\n"
                         "      700 B   14.9 %  c\n")
        self.assertNotIn("large", self.analyze(self.made(), "--tree", "1").out)

    def test_layer_and_path(self):
        self.assertEqual(self.analyze(self.made(), "--layer", "0", "--path", "/c").out,
                         "500 B in 1 file of layer 0 that match /c\n      500 B  /c  layer 0  overwritten\n")
        self.assertIn("there is no layer 7", self.analyze(self.made(), "--layer", "7", status=2).err)
        self.assertEqual(self.analyze(self.made(), "--path", "a/**", "--top", "1").out,
                         "4.00 kB in 2 files of the final file system that match a/**\n"
                         "    3.00 kB  /a/large  layer 0\n  … and 1 more (--top 2)\n")


if __name__ == "__main__":
    program.main()
