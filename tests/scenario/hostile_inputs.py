"""Image files and folders that lie: refused with the file and, inside a file, the byte; nothing is run or written."""

import os
import stat
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import compression
import image_builder as build
import program
import tar_bytes as tar
from image_builder import Image, pack

MEMORY = 1 << 30
LAYER = tar.archive(tar.file("x", "x" * 700))
IMAGE = Image([LAYER, tar.archive(tar.file("y", "y" * 30))])
GOOD = build.docker_archive(IMAGE)


def with_manifest(manifest):
    return pack(build.replaced(build.docker_members(IMAGE), "manifest.json", build.dump(manifest)))


def with_config(**keys):
    return build.docker_archive(Image(IMAGE.layers, extra=keys))


def entry(**keys):
    return [{**{"Config": "c.json", "RepoTags": None, "Layers": []}, **keys}]


# Name: (the file, words of the message). All are also refused on standard input.
FILES = {
    "empty": (b"", "is empty"),
    "one byte": (b"x", "ends within a header"),
    "512 zeros": (bytes(512), "no image is inside"),
    "zeros": (bytes(10240), "no image is inside"),
    "text": (b"hello world\n" * 100, "wrong checksum"),
    "tar without an image": (tar.archive(tar.file("README", "hello")), "no image is inside"),
    "manifest null": (with_manifest(b"null"), "not a list of images"),
    "manifest empty list": (with_manifest(b"[]"), "lists no image"),
    "manifest object": (with_manifest(b"{}"), "not a list of images"),
    "manifest text": (with_manifest(b'"x"'), "manifest.json"),
    "manifest empty": (with_manifest(b""), "not valid JSON"),
    "manifest of two documents": (with_manifest(b"[] []"), "not valid JSON"),
    "manifest with garbage behind": (with_manifest(b"[]x"), "not valid JSON"),
    "manifest with a mark": (with_manifest(b"\xef\xbb\xbf[]"), "manifest.json"),
    "manifest with a comment": (with_manifest(b"[/* */]"), "not valid JSON"),
    "manifest with NaN": (with_manifest(b'[{"Config": NaN}]'), "not valid JSON"),
    "manifest with a number over all": (with_manifest(b'[{"Config": 1e999}]'), "not valid JSON"),
    "manifest not UTF-8": (with_manifest(b'[{"Config": "\xff"}]'), "not valid JSON"),
    "manifest with half a surrogate": (with_manifest(b'[{"Config": "\\ud800"}]'), "not valid JSON"),
    "key twice": (with_manifest(b'[{"Config": "a", "Config": "b"}]'), "'Config' stands twice"),
    "key twice, in other case": (with_manifest(b'[{"Config": "a", "config": "b"}]'), "'config' stands twice"),
    "a million brackets": (with_manifest(b"[" * 1_000_000), "nested deeper than 64"),
    "a million objects": (with_manifest(b'{"a":' * 1_000_000), "nested deeper than 64"),
    "a million values": (with_manifest([0] * 1_000_001), "over 1000000 values"),
    "manifest over 8 MiB": (with_manifest(b'["' + b"x" * (8 << 20) + b'"]'), "limit is 8388608"),
    "1,025 images": (with_manifest(entry() * 1025), "over 1024 images"),
    "1,025 layers": (with_manifest(entry(Layers=["x"] * 1025)), "over 1024 layers"),
    "no configuration": (with_manifest([{"Layers": []}]), "names no configuration"),
    "absent configuration": (with_manifest(entry(Config="no.json")), "'no.json', which is not in the archive"),
    "configuration is a folder": (pack(build.replaced(build.docker_members(IMAGE), "manifest.json", build.dump(entry(Config="d")))
                                       + [("d/f", b"")]), "'d', which is not in the archive"),
    "absolute configuration": (with_manifest(entry(Config="/etc/passwd")), "outside the image"),
    "climbing configuration": (with_manifest(entry(Config="../../etc/passwd")), "outside the image"),
    "climbing layer": (with_manifest(entry(Config=build.docker_members(IMAGE)[-2][0], Layers=["a/../../x"])), "outside the image"),
    "layer name with NUL": (with_manifest(entry(Config=build.docker_members(IMAGE)[-2][0], Layers=["a\0b"])), "outside the image"),
    "layers are no list": (with_manifest(entry(Config=build.docker_members(IMAGE)[-2][0], Layers="x")), "Layers is not a list"),
    "layer is a number": (with_manifest(entry(Config=build.docker_members(IMAGE)[-2][0], Layers=[1])), "not text"),
    "absent layer": (pack(build.without(build.docker_members(IMAGE), build.docker_members(IMAGE)[0][0])), "which is not in the archive"),
    "layer is JSON": (pack(build.replaced(build.docker_members(IMAGE), build.docker_members(IMAGE)[0][0], b"{}" * 300)), "error"),
    "fewer diff IDs than layers": (with_config(rootfs={"diff_ids": IMAGE.diff_ids[:1]}), "2 layers, the configuration 1 diff IDs"),
    "more diff IDs than layers": (with_config(rootfs={"diff_ids": IMAGE.diff_ids * 2}), "2 layers, the configuration 4 diff IDs"),
    "no rootfs": (with_config(rootfs=None), "2 layers, the configuration 0 diff IDs"),
    "diff IDs are no digests": (with_config(rootfs={"diff_ids": ["md5:1"] * 2}), "'md5:1' is not a digest"),
    "diff ID in capitals": (with_config(rootfs={"diff_ids": ["sha256:" + "A" * 64] * 2}), "is not a digest"),
    "diff IDs are no list": (with_config(rootfs={"diff_ids": "x"}), "rootfs.diff_ids is not a list"),
    "configuration is a list": (pack(build.replaced(build.docker_members(IMAGE), build.docker_members(IMAGE)[-2][0], b"[]")), "not an object"),
    "configuration cut": (pack(build.replaced(build.docker_members(IMAGE), build.docker_members(IMAGE)[-2][0], IMAGE.config()[:50])), "not valid JSON"),
    "Env of numbers": (with_config(config={"Env": [1]}), "Env holds something that is not text"),
    "Entrypoint of text": (with_config(config={"Entrypoint": "x"}), "Entrypoint is not a list"),
    "user of 2^32": (with_config(config={"User": "4294967296:0"}), "is over 2147483647"),
    "group of 2^32": (with_config(config={"User": "0:4294967296"}), "is over 2147483647"),
    "history of text": (with_config(history="x"), "history is not a list"),
    "100,001 rows of history": (with_config(history=[{}] * 100_001), "history of over 100000 rows"),
    "member twice": (pack(build.docker_members(IMAGE), last=b"") + tar.file("manifest.json", "[]") + tar.END, "two members are called 'manifest.json'"),
    "member twice, other spelling": (pack(build.docker_members(IMAGE), last=b"") + tar.file("./manifest.json", "[]") + tar.END, "two members"),
    "manifest is a circle of links": (tar.archive(tar.symlink("manifest.json", "a"), tar.symlink("a", "manifest.json")), "error"),
    "layer is a circle of links": (tar.archive(tar.symlink("a", "b"), tar.symlink("b", "a"), tar.file("c.json", Image([LAYER]).config()),
                                               tar.file("manifest.json", build.dump(entry(Layers=["a"])))), "over 32 others"),
    "cut in a header": (GOOD[:200], "ends within a header"),
    "cut in a layer": (GOOD[:1500], "ends"),
    "cut before manifest.json": (GOOD[:GOOD.index(b"manifest.json")], "no image is inside"),
    "cut in manifest.json": (GOOD[:GOOD.index(b"manifest.json") + 600], "ends"),
    "gzip cut": (compression.gzip_bytes(GOOD)[:-30], "gzip stream"),
    "gzip in gzip": (compression.gzip_bytes(compression.gzip_bytes(GOOD)), "error"),
    "zstd cut": (compression.zstd_bytes(GOOD)[:-30], "zstd stream ends too early"),
    "xz": (b"\xfd7zXZ\0" + bytes(600), "not gzip or zstd"),
    "bzip2": (b"BZh91AY&SY" + bytes(600), "not gzip or zstd"),
    "uuencoded": (b"begin 644 x.tar\n" + b"M" * 600, "wrong checksum"),
    "legacy circle": (pack(build.replaced(build.legacy_members(Image([LAYER] * 2), ids=["a", "b"]), "a/json", b'{"parent": "b"}')), "circle"),
    "legacy parent outside": (pack(build.replaced(build.legacy_members(Image([LAYER] * 2), ids=["a", "b"]), "b/json", b'{"parent": "../.."}')), "outside"),
    "legacy without images": (tar.archive(tar.file("repositories", "{}")), "lists no image"),
    "sparse member": (tar.archive(tar.entry("x", b"data", kind="S", form="gnu")), "sparse"),
}


def oci(change):
    """An OCI layout whose parts `change` may spoil; it returns the manifest (bytes or a dict), or nothing."""
    image = Image([LAYER], codecs=["gzip"])
    parts = {"manifest": build.manifest_of(image), "index": None, "blobs": dict(build.image_blobs(image)), "image": image}
    change(parts)
    manifest = build.dump(parts["manifest"])
    index = parts["index"] or build.index_of([build.descriptor(manifest)])
    blobs = {**parts["blobs"], build.blob(manifest)[0]: manifest}
    return [("oci-layout", b'{"imageLayoutVersion": "1.0.0"}'), ("index.json", build.dump(index)), *blobs.items()]


def set_layer(**keys):
    return lambda parts: parts["manifest"]["layers"][0].update(keys)


def set_config(**keys):
    return lambda parts: parts["manifest"]["config"].update(keys)


def set_index(index):
    return lambda parts: parts.update(index=index)


def swap_layer(data):
    def change(parts):
        parts["blobs"][build.blob(parts["image"].stored[0])[0]] = data
    return change


def loop(parts):
    """An index that lists itself cannot be made, its digest would have to hold itself; five levels can."""
    inner = build.dump(build.index_of([build.descriptor(build.dump(parts["manifest"]))]))
    for _ in range(5):
        parts["blobs"][build.blob(inner)[0]] = inner
        inner = build.dump(build.index_of([build.descriptor(inner, build.INDEX)]))
    parts["index"] = inner


OTHER = compression.gzip_bytes(tar.archive(tar.file("x", "z" * 700)))
SAME_SIZE = (lambda stored: stored[:9] + b"\x07" + stored[10:])(Image([LAYER], codecs=["gzip"]).stored[0])
ABSENT = {"digest": "sha256:" + "0" * 64, "size": 1}
LAYOUTS = {
    "layer size too large": (set_layer(size=1 << 40), "its descriptor says"),
    "layer size too small": (set_layer(size=1), "its descriptor says 1"),
    "layer size negative": (set_layer(size=-1), "not a whole number"),
    "layer size of 2^63": (set_layer(size=1 << 63), "whole number"),
    "layer size a fraction": (set_layer(size=1.5), "not a whole number"),
    "layer size a text": (set_layer(size="12"), "not a whole number"),
    "layer digest climbs": (set_layer(digest="sha256:../../../../etc/passwd"), "is not a digest"),
    "layer digest in capitals": (set_layer(digest="sha256:" + "A" * 64), "is not a digest"),
    "layer digest of 63 digits": (set_layer(digest="sha256:" + "a" * 63), "is not a digest"),
    "layer digest md5": (set_layer(digest="md5:" + "a" * 32), "is not a digest"),
    "layer digest without colon": (set_layer(digest="sha256"), "is not a digest"),
    "layer digest empty": (set_layer(digest=""), "is not a digest"),
    "layer absent": (set_layer(**ABSENT), "which is not in the"),
    "foreign layer": (set_layer(**ABSENT, urls=["http://169.254.169.254/"]), "which is not in the"),
    "layer of other bytes": (swap_layer(OTHER), "error: the layer"),
    "layer of other bytes, same size": (swap_layer(SAME_SIZE), "digest is"),
    "configuration absent": (set_config(**ABSENT), "which is not in the"),
    "configuration size": (set_config(size=3), "its descriptor says 3"),
    "configuration digest": (set_config(digest="x"), "is not a digest"),
    "manifest size": (lambda parts: set_index(build.index_of([{**build.descriptor(build.dump(parts["manifest"])), "size": 5}]))(parts), "its descriptor says 5"),
    "manifest absent": (set_index(build.index_of([build.descriptor(b"nothing")])), "no image is inside"),
    "manifest is a list": (lambda parts: parts.update(manifest=b"[]"), "error"),
    "manifest without layers": (lambda parts: parts["manifest"].pop("layers"), "without a list of layers"),
    "index is null": (set_index(b"null"), "without a list of manifests"),
    "index without manifests": (set_index({"schemaVersion": 2}), "without a list of manifests"),
    "index is a manifest too": (set_index({"manifests": [], "layers": []}), "both an index and a manifest"),
    "index of nothing": (set_index(build.index_of([])), "no image is inside"),
    "indexes five deep": (loop, "nested deeper than 4"),
    "1,025 descriptors": (set_index(build.index_of([build.descriptor(b"nothing")] * 1025)), "over 1024 images"),
    "1,025 layers": (lambda parts: parts["manifest"].update(layers=parts["manifest"]["layers"] * 1025), "over 1024 layers"),
    "key twice": (lambda parts: parts.update(manifest=build.dump(parts["manifest"])[:-1] + b', "config": {}}'), "'config' stands twice"),
}


class Files(program.Scenario):
    def refused(self, source, words, stdin=b"", arguments=(), label=None):
        outcome = program.run("analyze", source, *arguments, stdin=stdin, memory=MEMORY, cwd=self.folder)
        self.assertEqual((outcome.status, outcome.out), (3, ""), outcome.err)
        self.assertIn(words, outcome.err)
        self.assertTrue(outcome.err.startswith(label or source), outcome.err)
        self.assertIn(": error: ", outcome.err)
        return outcome

    def test_files(self):
        for name, (content, words) in FILES.items():
            with self.subTest(name):
                self.refused(self.put(content), words)
            with self.subTest(name + " on standard input"):
                outcome = program.run("analyze", "-", stdin=content, memory=MEMORY)
                self.assertEqual((outcome.status, outcome.out), (3, ""), outcome.err)
                self.assertTrue(outcome.err.startswith("standard input"), outcome.err)

    def test_layouts_as_files_streams_and_folders(self):
        for name, (change, words) in LAYOUTS.items():
            members = oci(change)
            folder = build.write_folder(members, os.path.join(self.folder, name.replace("/", "-")))
            with self.subTest(name):
                self.refused(self.put(pack(members)), words)
                self.refused(folder, words)
                self.refused("-", words, stdin=pack(members), label="standard input")

    def test_the_layouts_would_be_good_if_left_alone(self):
        self.report(pack(oci(lambda parts: None)))

    def test_bytes_are_named(self):
        for content, byte in ((b"hello world\n" * 100, 0), (GOOD[:200], 200), (with_manifest(b"[]x"), 2), (b"", 0)):
            self.assertIn(f"at byte {byte}\n", self.refused(self.put(content), "error").err)

    def test_manifest_and_index_that_disagree(self):
        other = Image([tar.archive(tar.file("x", "other"))])
        rows = [{"Config": build.blob(IMAGE.config())[0], "RepoTags": IMAGE.tags, "Layers": [build.blob(other.stored[0])[0]] * 2}]
        self.refused(self.put(pack(build.docker25_members(IMAGE, rows) + [build.blob(other.stored[0])])), "different layers at place 0")

    def test_verify_checks_what_is_not_read_anyway(self):
        wrong = Image(IMAGE.layers, extra={"rootfs": {"diff_ids": IMAGE.diff_ids[::-1]}})
        for codec in ("raw", "gzip", "zstd"):
            spoiled = Image(IMAGE.layers, codecs=[codec] * 2, extra=wrong.extra)
            for members in (build.docker_members(spoiled), build.oci_members(spoiled), build.docker25_members(spoiled)):
                self.refused(self.put(pack(members)), "not the diff ID", arguments=["--verify"])
                self.refused("-", "not the diff ID", arguments=["--verify"], stdin=pack(members), label="standard input")
                self.report(pack(build.oci_members(Image(IMAGE.layers, codecs=[codec] * 2))), "--verify")
        flipped = LAYER.replace(b"x" * 700, b"x" * 699 + b"y")
        members = build.replaced(build.oci_members(IMAGE), build.blob(LAYER)[0], flipped)
        self.refused(self.put(pack(members)), "digest is", arguments=["--verify"])

    def test_zeros_without_end(self):
        path = os.path.join(self.folder, "zeros")
        with open(path, "wb") as out:
            out.truncate(256 << 20)
        self.refused(path, "no image is inside")

    def test_what_is_no_file(self):
        os.mkfifo(os.path.join(self.folder, "fifo"))
        self.refused(os.path.join(self.folder, "fifo"), "not a regular file")
        self.refused("/dev/null", "not a regular file")
        self.refused(os.path.join(self.folder, "none"), "cannot open")
        self.refused(self.folder, "no image is inside")
        hint = program.run("analyze", "app").err
        self.assertIn("docker-daemon:app", hint)

    def test_blobs_of_a_layout_that_are_no_files(self):
        image = Image([LAYER], codecs=["gzip"])
        config, layer, manifest = (build.blob(data)[0] for data in (image.config(), image.stored[0], build.dump(build.manifest_of(image))))
        for number, blob in enumerate((config, layer, manifest, "index.json", "blobs", "blobs/sha256")):
            for kind in ("fifo", "symlink", "folder"):
                if kind != "symlink" and "/" not in blob[6:]:
                    continue
                folder = build.write_folder(build.oci_members(image), os.path.join(self.folder, f"{number}{kind}"))
                path = os.path.join(folder, blob)
                os.rename(path, os.path.join(self.folder, f"kept{number}{kind}"))
                {"fifo": os.mkfifo, "folder": os.mkdir,
                 "symlink": lambda at: os.symlink(os.path.join(self.folder, f"kept{number}{kind}"), at)}[kind](path)
                with self.subTest(f"{blob} {kind}"):
                    self.refused(folder, "error")

    def test_labels_may_differ_in_case_alone(self):
        self.report(with_config(config={"Labels": {"Version": "1", "version": "2"}}))


class NothingHappens(program.Scenario):
    def test_no_program_of_the_path_is_run(self):
        trap = os.path.join(self.folder, "bin")
        os.mkdir(trap)
        for name in ("lrzip", "lzop", "grzip", "gzip", "zstd", "xz", "bzip2", "uudecode", "tar", "sh"):
            path = os.path.join(trap, name)
            with open(path, "w", encoding="ascii") as out:
                out.write(f"#!/bin/sh\ntouch {self.folder}/ran\n")
            os.chmod(path, stat.S_IRWXU)
        for magic in (b"LRZI\0\6", b"LZOP", b"\x89LZO\0\r\n\x1a\n", b"GRZipII\0\2\4:)", b"begin 644 x\n", b"BZh9", b"\x1f\x9d"):
            for content in (magic + bytes(1000), build.docker_archive(Image([magic + bytes(1000)]))):
                for source in (self.put(content), "-"):
                    outcome = program.run("analyze", source, stdin=content, environment={"PATH": trap})
                    self.assertEqual(outcome.status, 3, outcome.err)
        self.assertFalse(os.path.exists(os.path.join(self.folder, "ran")))

    def test_names_in_errors_are_made_harmless(self):
        content = with_manifest(entry(Config="a\x1b[31mb\n\x07"))
        outcome = program.run("analyze", self.put(content))
        self.assertEqual(outcome.status, 3)
        self.assertNotIn("\x1b", outcome.err)
        self.assertNotIn("\x07", outcome.err)


if __name__ == "__main__":
    program.main()
