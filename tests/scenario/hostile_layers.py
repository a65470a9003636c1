"""Layers that lie: every one is refused with the file and the byte where it does, in bounded time and memory."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import compression
import program
import tar_bytes as tar
from image_builder import Image, docker_archive

MEMORY = 1 << 30
GOOD = tar.file("good", "g" * 10)  # takes 1024 bytes
AFTER = 1024  # where what follows GOOD stands
INNER = -AFTER  # the same, but the error always counts from the layer's start, as it names the layer


def special(records, kind="x", then=None):
    return GOOD + tar.pax(records, kind) + (tar.file("x") if then is None else then)


# Name: (the layer without its end, words of the message, byte in the layer; None: it is not compared)
REFUSED = {
    "checksum": (GOOD + tar.header("x", checksum=1234), "wrong checksum", AFTER),
    "checksum field empty": (GOOD + tar.header("x", checksum=b"        "), "wrong checksum", AFTER),
    "text instead of a header": (GOOD + b"not a header".ljust(512, b"!"), "wrong checksum", AFTER),
    "negative size": (GOOD + tar.header("x", size=tar.base256(-1, 12)), "size is not a usable number", AFTER),
    "size of 2^62": (GOOD + tar.header("x", size=tar.base256(1 << 62, 12)), "ends within an entry", None),
    "size of 2^63": (GOOD + tar.header("x", size=tar.base256((1 << 63) - 1, 12)), "size is not a usable number", AFTER),
    "size over 63 bits": (GOOD + tar.header("x", size=b"\x80" + b"\xff" * 11), "size is not a usable number", AFTER),
    "size with letters": (GOOD + tar.header("x", size=b"12x4"), "size is not a usable number", AFTER),
    "size with inner spaces": (GOOD + tar.header("x", size=b"1 2 3"), "size is not a usable number", AFTER),
    "uid of 2^32": (GOOD + tar.header("x", uid=1 << 32), "uid is not a usable number", AFTER),
    "negative gid": (GOOD + tar.header("x", gid=tar.base256(-1, 8)), "gid is not a usable number", AFTER),
    "device major of 2^32": (GOOD + tar.header("x", "3", major=tar.base256(1 << 32, 8)), "device major", AFTER),
    "mtime of letters": (GOOD + tar.header("x", mtime=b"soon"), "mtime is not a usable number", AFTER),
    "unknown type with data": (GOOD + tar.entry("x", b"data", kind="Z"), "unknown type 'Z'", AFTER),
    "multi-volume": (GOOD + tar.entry("x", b"data", kind="M"), "unknown type 'M'", AFTER),
    "old GNU sparse": (GOOD + tar.entry("x", b"data", kind="S", form="gnu"), "sparse", AFTER),
    "sparse 0.1": (special({"GNU.sparse.map": "0,1"}), "sparse", None),
    "sparse 1.0": (special({"GNU.sparse.major": "1", "GNU.sparse.minor": "0"}), "sparse", None),
    "Solaris holes": (special({"SUN.holesdata": "1 2"}), "sparse", None),
    "folder that holds data": (GOOD + tar.header("x/", size=4) + tar.padded(b"data"), "a folder that holds data", AFTER),
    "entry without a name": (GOOD + tar.header(""), "without a name", AFTER),
    "pax path with NUL": (special({"path": b"safe.txt\0/../etc/passwd"}), "'path' with a NUL", None),
    "pax linkpath with NUL": (special({"linkpath": b"a\0b"}), "'linkpath' with a NUL", None),
    "pax uname with NUL": (special({"uname": b"a\0b"}), "'uname' with a NUL", None),
    "pax key with NUL": (special({b"a\0b": "c"}), "NUL", None),
    "pax size not a number": (special({"size": "12x"}), "size is not usable", None),
    "pax size negative": (special({"size": "-1"}), "size is not usable", None),
    "pax size of 2^63": (special({"size": str(1 << 63)}), "size is not usable", None),
    "pax mtime": (special({"mtime": "soon"}), "mtime is not a time", None),
    "pax mtime with an exponent": (special({"mtime": "1e400"}), "mtime is not a time", None),
    "pax uid": (special({"uid": "99999999999"}), "uid is not usable", None),
    "pax length too long": (special(b"99 path=x\n"), "wrong length", None),
    "pax length too short": (special(b"3 p=x\n"), "wrong length", None),
    "pax length of zero": (special(b"0 path=x\n"), "wrong length", None),
    "pax length negative": (special(b"-9 path=x\n"), "wrong length", None),
    "pax length missing": (special(b"path=x\n"), "wrong length", None),
    "pax length huge": (special(b"99999999999999999999999 path=x\n"), "wrong length", None),
    "pax record without newline": (special(b"9 path=xy"), "without its newline", None),
    "pax record without a key": (special(b"5 =x\n"), "without a key", None),
    "pax record without equals": (special(b"8 pathx\n"), "without a key", None),
    "pax key twice": (special(tar.pax_record("path", "a") + tar.pax_record("path", "b")), "'path' twice", None),
    "global path": (special({"path": "everything"}, "g"), "global pax header that sets path", None),
    "global linkpath": (special({"linkpath": "everything"}, "g"), "global pax header that sets linkpath", None),
    "global size": (special({"size": "1"}, "g"), "global pax header that sets size", None),
    "global between a header and its entry": (GOOD + tar.pax({"path": "a"}) + tar.pax({"comment": "b"}, "g") + tar.file("x"),
                                              "global pax header between", None),
    "pax header at the end": (GOOD + tar.pax({"path": "a"}), "without its entry", None),
    "GNU long name at the end": (GOOD + tar.gnu_long("L", "a" * 200), "without its entry", None),
    "pax body over 1 MiB": (special({"SCHILY.xattr.user.a": b"v" * (1 << 20)}), "limit is 1048576", AFTER),
    "pax body said to be 1 TiB": (GOOD + tar.header("x", "x", size=1 << 40), "limit is 1048576", AFTER),
    "17 extended headers": (GOOD + tar.pax({"comment": "a"}) * 17 + tar.file("x"), "over 16 extended", None),
    "100,000 pax headers": (GOOD + tar.pax({"comment": "a"}) * 100_000 + tar.file("x"), "over 16 extended", None),
    "100,000 GNU names": (GOOD + tar.gnu_long("L", "a") * 100_000 + tar.file("x"), "over 16 extended", None),
    "name over 4096 bytes": (GOOD + tar.file("/".join(["d" * 200] * 25)), "name of 5024 bytes", None),
    "component over 255 bytes": (GOOD + tar.file("c" * 256), "file name of 256 bytes", None),
    "GNU name over 4096 bytes": (GOOD + tar.gnu_long("L", "/".join(["d" * 200] * 25)) + tar.file("x"), "name of 5024 bytes", None),
    "path of 1,000 folders": (GOOD + tar.file("/".join(["d"] * 1000)), "deeper than 512", None),
    "path of 10,000 folders": (GOOD + tar.file("/".join(["d"] * 10_000)), "name of 19999 bytes", None),
    "link target over 4096 bytes": (GOOD + tar.symlink("x", "t" * 5000), "link target of 5000 bytes", None),
    "hard link to itself": (GOOD + tar.hardlink("x", "./x"), "a hard link to itself", INNER),
    "hard link to a folder": (GOOD + tar.folder("d") + tar.hardlink("x", "d"), "a hard link to a folder", INNER - 512),
    "hard link to the root": (GOOD + tar.hardlink("x", "/"), "a hard link to a folder", INNER),
    "whiteout of nothing": (GOOD + tar.file("d/.wh."), "names nothing that can be removed", INNER),
    "whiteout of dot": (GOOD + tar.file(".wh.."), "names nothing that can be removed", INNER),
    "whiteout of dot dot": (GOOD + tar.file("d/.wh..."), "names nothing that can be removed", INNER),
    "lone block of zeros": (GOOD + bytes(512) + GOOD, "lone block of zeros", AFTER),
    "cut in a header": (GOOD + tar.header("x")[:300], "ends within a header", AFTER + 300),
    "cut in content": (GOOD + tar.header("x", size=2000) + b"x" * 700, "ends within an entry", AFTER + 512 + 700),
    "cut in padding": (GOOD + tar.header("x", size=100) + b"x" * 100, "ends within an entry", AFTER + 512 + 100),
    "cut in a pax body": (GOOD + tar.pax({"path": "y"})[:520], "ends within an extended header", AFTER + 520),
    "cut after a pax header": (GOOD + tar.pax({"path": "y"}), "ends after an extended header", AFTER + 1024),
}
NO_END = {name for name in REFUSED if name.startswith("cut ") or name in ("size of 2^62", "pax body said to be 1 TiB")}


class Layers(program.Scenario):
    def refused(self, layer, words, offset=None, stored=None, sources=("file", "-"), codec="raw"):
        image = Image([tar.archive(tar.file("base", "b" * 600)), layer], codecs=["raw", codec])
        if stored is not None:
            image.stored[1] = stored
        content = docker_archive(image)
        for source in sources:
            path = self.put(content)
            outcome = program.run("analyze", path if source == "file" else "-", stdin=content, memory=MEMORY, cwd=self.folder)
            self.assertEqual((outcome.status, outcome.out), (3, ""), outcome.err)
            self.assertIn(words, outcome.err)
            self.assertRegex(outcome.err, r"^\S.*: error: ")
            self.assertRegex(outcome.err, "^" + (re.escape(path) if source == "file" else "(standard input|-:)"))
            if offset is not None:
                begin = content.index(layer) if codec == "raw" and source == "file" and offset >= 0 else 0
                self.assertIn(f" at byte {begin + abs(offset)}\n", outcome.err)
        return outcome

    def test_refused(self):
        for name, (body, words, offset) in REFUSED.items():
            with self.subTest(name):
                self.refused(body if name in NO_END else body + tar.END, words, offset)

    def test_refused_when_compressed(self):
        for name, (body, words, offset) in REFUSED.items():
            with self.subTest(name):
                self.refused(body if name in NO_END else body + tar.END, words, offset, codec="gzip", sources=("file",))

    def test_gzip(self):
        good = compression.gzip_bytes(tar.archive(GOOD * 50))
        cases = {"cut": good[:-20], "cut in the trailer": good[:-4], "header only": good[:10], "two bytes": good[:2],
                 "wrong checksum": good[:-8] + b"\0\0\0\0" + good[-4:], "wrong length": good[:-4] + b"\0\0\0\0",
                 "damaged": good[:20] + b"\xff" * 8 + good[28:], "unknown method": b"\x1f\x8b\x07" + good[3:],
                 "garbage behind": good + b"garbage", "second member cut": good + good[:-9]}
        for name, stored in cases.items():
            with self.subTest(name):
                outcome = self.refused(b"?", "gzip stream", stored=stored)
                self.assertIn("(unpacked)", outcome.err)

    def test_zstd(self):
        good = compression.zstd_bytes(tar.archive(GOOD * 50))
        wide = compression.zstd_frame([(0, 3, b"abc")], window=(28 - 10) << 3)
        dictionary = compression.ZSTD_MAGIC + b"\x01\x50\x07" + good[6:]
        cases = {"cut": (good[:-20], "ends too early"), "cut in the header": (good[:5], "ends too early"),
                 "magic only": (good[:4], "ends too early"), "reserved block": (compression.zstd_frame([(3, 3, b"abc")]), "damaged"),
                 "window over 128 MiB": (wide, "window over 128 MiB"), "dictionary": (dictionary, "dictionary"),
                 "garbage behind": (good + b"garbage!", "damaged"), "skippable frame cut": (good + b"\x50\x2a\x4d\x18\xff\0\0\0x", "too early")}
        for name, (stored, words) in cases.items():
            with self.subTest(name):
                self.refused(b"?", words, stored=stored)

    def test_unknown_compression(self):
        for magic in (b"\xfd7zXZ\0\0\0", b"BZh91AY&", b"\x04\x22\x4d\x18\0\0\0\0", b"LZIP\x01\0\0\0", b"LRZI\0\6\0\0"):
            self.refused(b"?", "not gzip or zstd", stored=magic + bytes(600), sources=("file", "-"))

    def test_gzip_in_gzip_is_no_layer(self):
        self.refused(b"?", "wrong checksum", stored=compression.gzip_bytes(compression.gzip_bytes(os.urandom(2000))))

    def test_compression_that_is_a_bomb(self):
        def archive_of(size):
            image = Image([b""])
            image.stored = [compression.zstd_of_zeros(tar.header("zeros", size=size), size, tar.END)]
            return docker_archive(image)
        # 512 MiB of zeros in 16 KiB are honest as such, and are read in little memory.
        size = 512 << 20
        self.assertEqual(self.report(archive_of(size), memory=MEMORY, seconds=30)["size"]["uncompressed"], size)
        if program.SANITIZED:
            return
        outcome = program.run("analyze", self.put(archive_of(9 << 30)), memory=MEMORY, seconds=60)
        self.assertEqual(outcome.status, 3)
        self.assertIn("more than 200 times", outcome.err)

    def test_zeros_after_the_end(self):
        bomb = compression.zstd_of_zeros(tar.archive(GOOD), 256 << 20)
        image = Image([b""])
        image.stored = [bomb]
        report = self.report(docker_archive(image), memory=MEMORY, seconds=30)
        self.assertEqual(report["size"]["uncompressed"], 10)

    def test_streams_of_nothing(self):
        gzip_of_nothing, zstd_of_nothing = compression.gzip_bytes(b""), compression.zstd_bytes(b"")
        self.refused(b"?", "empty gzip members", stored=gzip_of_nothing * 70_000)
        self.refused(b"?", "empty zstd frames", stored=zstd_of_nothing * 70_000)
        self.refused(b"?", "empty zstd frames", stored=compression.zstd_skippable(b"") * 70_000)

    def test_many_names_are_no_trouble(self):
        cases = {"one name 50,000 times": tar.file("x") * 50_000,
                 "a folder and a file in turn": (tar.folder("x") + tar.file("x")) * 20_000,
                 "files over folders with children": (tar.file("x/y/z") + tar.file("x")) * 20_000,
                 "20,000 whiteouts of one name": tar.whiteout("base") * 20_000,
                 "deep folders": b"".join(tar.file("/".join(["d"] * depth) + "/f") for depth in range(1, 500)),
                 "20,000 forward links": b"".join(tar.hardlink(f"l{i}", f"l{i + 1}") for i in range(20_000)) + tar.file("l20000", "x"),
                 "links to links": b"".join(tar.symlink(f"l{i}", f"l{i + 1}") for i in range(5_000)) + tar.file("l0/x", "x")}
        for name, body in cases.items():
            with self.subTest(name):
                image = Image([tar.archive(tar.file("base", "b")), body + tar.END], codecs=["raw", "gzip"])
                self.report(docker_archive(image), memory=MEMORY)

    def test_links_that_lead_far(self):
        ups = [tar.symlink(f"d/l{i}", "a/../" * 700 + f"l{i + 1}") for i in range(39)]
        steps = [tar.folder("d"), tar.folder("d/a"), *ups, tar.symlink("d/l39", "a"), *(tar.file(f"d/l0/{i}/f") for i in range(20_000))]
        deep = [tar.symlink("l0", "x/" * 500), *(tar.symlink(f"l{i}", f"l{i - 1}/" + "y/" * 500) for i in range(1, 20)), tar.file("l19/f")]
        for words, entries in (("steps along symbolic links", steps), ("a path deeper than 1024 folders", deep)):
            content = docker_archive(Image([tar.archive(*entries)], codecs=["gzip"]))
            # 50 million steps are 1.4 s of a release build and 30 s of a debug one.
            outcome = program.run("analyze", self.put(content), memory=MEMORY, seconds=120)
            self.assertEqual(outcome.status, 3, outcome.err)
            self.assertIn(words, outcome.err)

    def test_a_large_layer_a_thousand_times(self):
        image = Image([tar.archive(*(tar.file(f"{i:06}") for i in range(20_000)))], codecs=["gzip"])
        for rows in (image.layers, image.stored, image.diff_ids):
            rows *= 1000
        content = docker_archive(image, name_layer=lambda *_: "layer.tar.gz")
        outcome = program.run("analyze", self.put(content), memory=MEMORY)
        self.assertEqual(outcome.status, 3, outcome.err)
        self.assertIn("over 5000000 entries in one image", outcome.err)

    def test_odd_but_honest(self):
        layer = GOOD + tar.pax({"comment": "by git"}, "g") + tar.file("é\x1b[31m\n", "x") + tar.file(b"\xff\xfe", "y") + tar.END + b"trailing"
        report = self.report(docker_archive(Image([layer, GOOD])))
        text = " ".join(report["notes"])
        for words in ("global pax header", "data follows the end", "lacks its two closing blocks"):
            self.assertIn(words, text)

    def test_nested_header_behind_a_pax_size(self):
        inner = tar.file("hidden", "h" * 20)
        body = tar.pax({"size": str(len(inner))}) + tar.header("outer.bin", size=0) + inner + tar.file("after", "a")
        rows = self.report(docker_archive(Image([body + tar.END])), "--files")["files"]
        self.assertEqual([(row["path"], row["size"]) for row in rows], [("/outer.bin", len(inner)), ("/after", 1)])

    def test_names_that_climb_are_read_below_the_root(self):
        layer = tar.archive(tar.file("../../etc/passwd", "x"), tar.symlink("out", "/../.."), tar.file("out/y", "y"))
        report = self.report(docker_archive(Image([layer])), "--files")
        self.assertIn("/etc/passwd", [row["path"] for row in report["files"]])
        self.assertIn("1 names climb above the root", " ".join(report["notes"]))

    def test_terminal_codes_never_reach_the_terminal(self):
        layer = tar.archive(tar.file("a\x1b[31m\u202eb\nc\x9b", "x" * 99), tar.file("\x07"))
        image = Image([layer, tar.archive(tar.whiteout("a\x1b[31m\u202eb\nc\x9b"))], tags=["a\x1b[0m:b"], history=["RUN \x1b[2J", "\x1b]0;"],
                      run={"User": "\x1b[1m", "Entrypoint": ["\x1b[7m"]})
        text = self.analyze(docker_archive(image)).out
        self.assertFalse([letter for letter in text if ord(letter) < 32 and letter != "\n" or letter in "\x7f\x9b\u202e"])


if __name__ == "__main__":
    program.main()
