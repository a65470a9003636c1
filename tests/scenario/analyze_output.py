"""What is printed, to the byte, and what never happens: files, programs, sockets, differences between two runs."""

import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import image_builder as build
import program
import tar_bytes as tar
from image_builder import Image, docker_archive, oci_members, pack

IMAGE = Image(
    [tar.archive(tar.folder("etc"), tar.file("etc/os", "os" * 600), tar.file("bin/tool", "t" * 2500)),
     tar.archive(tar.file("app/server", "s" * 40_000), tar.file("app/cache.bin", "c" * 9000)),
     tar.archive(tar.file("app/server", "s" * 40_000, mode=0o755)),
     tar.archive(tar.whiteout("app/cache.bin"), tar.file("etc/os", "so" * 600))],
    codecs=["gzip"] * 4, tags=["shop:1.2"], run={"Entrypoint": ["/app/server"], "Cmd": ["--port", "8080"], "User": "65532"},
    history=[{"created_by": "/bin/sh -c #(nop) ADD file:1 in / "}, {"created_by": '/bin/sh -c #(nop)  CMD ["sh"]', "empty_layer": True},
             {"created_by": "COPY . /app # buildkit"}, {"created_by": "ENV PORT=8080", "empty_layer": True},
             {"created_by": "RUN /bin/sh -c chmod +x /app/server # buildkit"},
             {"created_by": "RUN |1 TOKEN=secret /bin/sh -c rm /app/cache.bin && touch /etc/os # buildkit"}])

TEXT = """\
shop:1.2
digest       {digest}
platform     linux/amd64
size         93.9 kB uncompressed, {compressed} B compressed, 4 layers, 8 entries
entrypoint   /app/server --port 8080
user         65532

layer       size                reclaimable  instruction
    0    3.70 kB  ▉                 1.20 kB  base: ADD <source> /
    1    49.0 kB  ████████████      49.0 kB  COPY . /app
    2    40.0 kB  █████████▊              -  RUN chmod +x /app/server
    3    1.20 kB  ▎                       -  RUN rm /app/cache.bin && touch /etc/os

50.2 kB of waste (53.5 %)
    40.0 kB  shipped again, only mode changed
             path     /app/server
             made by  layer 1: COPY . /app
             wasted   layer 2: RUN chmod +x /app/server
             fix      COPY --chmod=0755 . /app  and drop the later change
"""


class Text(program.Scenario):
    def expected(self):
        compressed = sum(len(stored) for stored in IMAGE.stored)
        return TEXT.format(digest="sha256:" + build.sha256(IMAGE.config()), compressed=compressed)

    def test_first_screen(self):
        self.assertLess(sum(len(stored) for stored in IMAGE.stored), 1000, "the golden text prints bytes")
        outcome = self.analyze(docker_archive(IMAGE))
        self.assertEqual(outcome.err, "")
        self.assertEqual(outcome.out[:len(self.expected())], self.expected())
        self.assertTrue(outcome.out.endswith("\nverdict: 1 error; 50.2 kB (53.5 %) can go without losing a file\n"), outcome.out)
        self.assertNotIn("secret", outcome.out)

    def test_nothing_wasted(self):
        outcome = self.analyze(docker_archive(Image([tar.archive(tar.file("x", "x"))], history=None, tags=None)))
        self.assertTrue(outcome.out.endswith("verdict: 1 error; nothing is wasted\n"), outcome.out)
        self.assertIn("root (none is set)", outcome.out)

    def test_the_verdict_counts_what_no_service_needs(self):
        lists = tar.archive(tar.file("var/lib/apt/lists/Packages", "x" * 3_000_000), tar.file("app", "#!/app\n", mode=0o755))
        outcome = self.analyze(docker_archive(Image([lists], tags=None)))
        self.assertIn("nothing is wasted, up to 3.00 MB more that no service needs\n", outcome.out)

    def test_top(self):
        content = docker_archive(IMAGE)
        one = self.analyze(content, "--top", "1").out
        self.assertIn("40.0 kB  shipped again", one)
        self.assertNotIn("deleted by", one)
        self.assertIn("… and 2 smaller causes (--top 3)", one)
        self.assertEqual(len(self.report(content, "--top", "1")["waste"]), 3)
        self.assertIn("… and 3 smaller causes", self.analyze(content, "--top", "0").out)

    def test_iec(self):
        self.assertIn("91.7 KiB uncompressed", self.analyze(docker_archive(IMAGE), "--iec").out)

    def test_no_colour_outside_a_terminal(self):
        self.assertNotIn("\x1b", self.analyze(docker_archive(IMAGE), environment={"TERM": "xterm-256color"}).out)


class Json(program.Scenario):
    def test_promised_keys(self):
        report = self.report(pack(oci_members(IMAGE)), "--files")
        self.assertEqual(report["schema"], "cloudrun-tune/analyze/v1")
        self.assertEqual((report["image"]["platform"], report["image"]["entrypoint"], report["image"]["user"]),
                         ("linux/amd64", ["/app/server"], "65532"))
        self.assertEqual(report["image"]["digest"], "sha256:" + build.sha256(build.dump(build.manifest_of(IMAGE))))
        self.assertEqual(report["size"], {"uncompressed": 93900, "compressed": sum(len(s) for s in IMAGE.stored), "entries": 8})
        self.assertEqual([layer["index"] for layer in report["layers"]], [0, 1, 2, 3])
        self.assertEqual([layer["tar_bytes"] for layer in report["layers"]], [len(layer) for layer in IMAGE.layers])
        self.assertEqual([layer["stored_bytes"] for layer in report["layers"]], [len(stored) for stored in IMAGE.stored])
        self.assertEqual([layer["base"] for layer in report["layers"]], [True, False, False, False])
        self.assertEqual([row["bytes"] for row in report["waste"]], [40000, 9000, 1200])
        self.assertEqual([row["culprit_layer"] for row in report["waste"]], [2, 3, 3])
        for row in report["waste"]:
            self.assertLessEqual({"path", "bytes", "cause", "layer", "culprit", "fix"}, set(row))
        self.assertEqual(len(report["files"]), 8)
        self.assertNotIn("files", self.report(pack(oci_members(IMAGE))))

    def test_numbers_are_exact_and_unknown_is_null(self):
        content = docker_archive(Image([tar.archive()], history=[]))
        report = self.report(content)
        self.assertIsNone(report["layers"][0]["created_by"])
        self.assertIsNone(report["size"]["compressed"])
        self.assertIsNone(report["dive"]["user_wasted_percent"])

    def test_duplicates_are_advice_and_not_waste(self):
        data = os.urandom(2 << 20)
        report = self.report(docker_archive(Image([tar.archive(tar.file("a", data), tar.file("b", data), tar.hardlink("c", "a"))])))
        self.assertEqual(report["duplicates"], [{"bytes": 2 << 20, "paths": ["/a", "/b"]}])
        self.assertEqual(report["reclaimable"]["bytes"], 0)

    def test_names_that_are_not_utf_8(self):
        report = self.report(docker_archive(Image([tar.archive(tar.file(b"\xff\xfe", "x"), tar.file("ü\t\"\\", "y"))])), "--files")
        self.assertEqual([row["path"] for row in report["files"]], ["/\ufffd\ufffd", "/ü\t\"\\"])


class History(program.Scenario):
    LAYERS = [tar.archive(tar.file(f"f{i}", "x" * 10)) for i in range(3)]

    def rows(self, *history):
        report = self.report(docker_archive(Image(self.LAYERS, history=list(history))))
        return [(layer["created_by"], layer["base"]) for layer in report["layers"]]

    def test_one_row_a_layer(self):
        self.assertEqual(self.rows("A", "B", "C"), [("A", False), ("B", False), ("C", False)])

    def test_empty_layers_do_not_count(self):
        empty = {"created_by": "ENV A=1", "empty_layer": True}
        self.assertEqual(self.rows(empty, "A", empty, "B", "C", empty), [("A", False), ("B", False), ("C", False)])

    def test_none_and_too_few(self):
        self.assertEqual(self.rows(), [(None, False)] * 3)
        self.assertEqual([row[0] for row in self.rows("B", "C")], [None, "B", "C"])

    def test_too_many(self):
        self.assertEqual([row[0] for row in self.rows("A", "ENV X=1", "B", 'CMD ["x"]', "C")], ["A", "B", "C"])
        self.assertEqual([row[0] for row in self.rows("Z", "A", "B", "C")], ["A", "B", "C"])

    def test_every_row_empty(self):
        self.assertEqual(self.rows(*[{"created_by": "x", "empty_layer": True}] * 5), [(None, False)] * 3)

    def test_rows_without_text(self):
        self.assertEqual([row[0] for row in self.rows({}, {"comment": "Imported from -"}, {"created_by": ""})], [None, "Imported from -", None])

    def test_base_ends_with_its_command(self):
        command = {"created_by": '/bin/sh -c #(nop)  CMD ["bash"]', "empty_layer": True}
        self.assertEqual([base for _, base in self.rows("A", command, "B", "C")], [True, False, False])
        self.assertEqual([base for _, base in self.rows("A", "B", command, "C", command)], [True, True, False])

    def test_many_lines_and_heredocs(self):
        text = self.analyze(docker_archive(Image(self.LAYERS, history=["RUN <<EOF\n\tset -e\nEOF # buildkit", "B", "C"]))).out
        self.assertIn("RUN <<EOF  set -e EOF", text)

    def test_a_hundred_thousand_rows(self):
        self.rows(*[{"created_by": "x"}] * 100_000)


class NothingElse(program.Scenario):
    def test_two_runs_are_the_same(self):
        path = self.put(pack(oci_members(IMAGE)))
        for arguments in ((), ("--format", "json", "--files")):
            first = self.analyze(path, *arguments).out
            for variables in ({}, {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}, {"HOME": "/none"}):
                self.assertEqual(self.analyze(path, *arguments, environment=variables, cwd="/").out, first)

    def test_a_full_disk_is_no_success(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([program.binary(), "analyze", self.put(docker_archive(IMAGE))], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 3)

    def test_the_folder_stays_as_it_was(self):
        path = self.put(docker_archive(IMAGE))
        with open(path, "rb") as opened:
            self.analyze("-", stdin=opened)
        self.analyze(path)
        self.assertEqual(os.listdir(self.folder), ["image.tar"])

    def test_standard_input_where_nothing_can_be_written(self):
        if not shutil.which("unshare"):
            self.skipTest("unshare is not installed")
        wrapper = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c",
                   "mount -t tmpfs -o ro none /tmp && mount -t tmpfs -o ro none /var/tmp && ! touch /tmp/x 2>&- && exec \"$@\"", "sh"]
        if os.path.abspath(program.binary()).startswith("/tmp/"):
            wrapper[6] = "cp \"$1\" /dev/shm/crt-$$ && exec 9</dev/shm/crt-$$ && rm /dev/shm/crt-$$ && " + wrapper[6].replace(
                'exec "$@"', 'shift && exec /proc/self/fd/9 "$@"')
        probe = subprocess.run([*wrapper[:6], "mount -t tmpfs -o ro none /tmp"], capture_output=True, check=False)
        if probe.returncode != 0 or program.SANITIZED:
            self.skipTest("no mount namespaces here: " + probe.stderr.decode().strip())
        content = docker_archive(IMAGE)
        self.assertEqual(self.analyze("-", stdin=content, wrapper=wrapper, cwd="/").out, self.analyze("-", stdin=content).out)

    def test_no_program_socket_or_file_is_touched(self):
        strace = shutil.which("strace")
        if strace is None or program.SANITIZED:
            self.skipTest("strace is not installed, or would see the sanitizer")
        log = os.path.join(self.folder, "log")
        wrapper = [strace, "-f", "-qq", "-o", log, "-e", "trace=execve,execveat,socket,connect,open,openat,creat,unlink,rename,mkdir,fork,vfork"]
        content = pack(oci_members(IMAGE))
        for source in (self.put(content), "-", build.write_folder(oci_members(IMAGE), os.path.join(self.folder, "layout"))):
            outcome = program.run("analyze", source, "--verify", stdin=content, wrapper=wrapper, seconds=60)
            if outcome.status != 0 and "ptrace" in outcome.err:
                self.skipTest("strace may not trace here")
            self.assertEqual(outcome.status, 0, outcome.err)
            with open(log, encoding="utf-8", errors="replace") as lines:
                calls = lines.read()
            self.assertEqual(calls.count("execve("), 1, calls)
            for word in ("socket(", "connect(", "O_CREAT", "O_WRONLY", "O_RDWR", "creat(", "unlink(", "rename(", "mkdir(", "fork("):
                self.assertNotIn(word, calls)


if __name__ == "__main__":
    program.main()
