"""Images of every shape, generation and packing: all give the same result."""

import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import compression
import image_builder as build
import program
import tar_bytes as tar
from image_builder import Image, pack

LAYERS = [tar.archive(tar.folder("etc"), tar.file("etc/os", "one" * 50), tar.file("app", "a" * 3000), tar.file("old", "o" * 700)),
          tar.archive(tar.file("app", "a" * 3000, mode=0o755)),
          tar.archive(tar.whiteout("old"), tar.file("etc/os", "two" * 50))]
EXPECTED = {"overwritten": 150, "metadata_only": 3000, "deleted": 700, "repeated": 0}
SAME_EVERYWHERE = ("reclaimable", "dive", "files", "waste", "duplicates")


def image(*codecs, **options):
    return Image(LAYERS, codecs=list(codecs), **options)


class Inputs(program.Scenario):
    def same(self, content, *arguments, **options):
        report = self.report(content, "--files", *arguments, **options)
        self.assertEqual(report["reclaimable"]["by_cause"], EXPECTED)
        self.assertEqual([layer["diff_id"] for layer in report["layers"]], Image(LAYERS).diff_ids)
        return report

    def everywhere(self, members, *arguments):
        """The archive as a file, on standard input and wrapped: one result."""
        archive = pack(members)
        first = self.same(archive, *arguments)
        wrapped = {"gzip": compression.gzip_bytes(archive), "members": compression.gzip_bytes(archive, 7),
                   "zstd": compression.zstd_bytes(archive), "plain": archive}
        for name, content in wrapped.items():
            for source in ("-", self.put(content, name)):
                other = self.same(source, *arguments, stdin=content)
                self.assertEqual({**other, "image": None}, {**first, "image": None}, f"{name} {source}")
        return first

    def test_a_shells_pipe(self):
        archive = build.docker_archive(image())
        for path in ("/dev/stdin", "/dev/fd/0"):
            with subprocess.Popen(["cat", self.put(archive)], stdout=subprocess.PIPE) as writer:
                self.same(path, stdin=writer.stdout)

    def test_docker_before_25(self):
        report = self.everywhere(build.docker_members(image()))
        self.assertEqual(report["image"]["names"], ["app:latest"])
        self.assertEqual(report["image"]["digest"], "sha256:" + build.sha256(image().config()))
        self.assertIsNone(report["size"]["compressed"])

    def test_manifest_before_and_after_the_layers(self):
        for last in (True, False):
            self.same(build.docker_archive(image(), manifest_last=last))

    def test_members_with_a_leading_dot(self):
        members = [("./" + name, content) for name, content in build.docker_members(image())]
        self.everywhere(members)

    def test_manifest_that_names_members_with_a_leading_dot(self):
        members = build.docker_members(image())
        manifest = members[-1][1].replace(b'"Layers": ["', b'"Layers": ["./')
        self.same(pack(members[:-1] + [("manifest.json", manifest)]))

    def test_layers_that_are_links(self):
        layers = [LAYERS[0], LAYERS[1], LAYERS[0]]
        linked = self.report(pack(build.linked_members(Image(layers))))
        plain = self.report(build.docker_archive(Image(layers)))
        self.assertEqual(linked["layers"], plain["layers"])
        streamed = self.report("-", stdin=pack(build.linked_members(Image(layers))))
        self.assertEqual(linked["layers"], streamed["layers"])

    def test_layers_that_are_hard_links(self):
        member, layer = build.docker_members(Image(LAYERS[:1]))[0]
        both = Image([LAYERS[0]] * 2)
        manifest = build.dump([{"Config": "c.json", "RepoTags": None, "Layers": [member, "second"]}])
        content = tar.archive(tar.file(member, layer), tar.hardlink("second", member), tar.file("c.json", both.config()),
                              tar.file("manifest.json", manifest))
        self.assertEqual(len(self.report(content)["layers"]), 2)
        self.assertEqual(len(self.report("-", stdin=content)["layers"]), 2)

    def test_the_same_layer_twice(self):
        for members in (build.docker_members(Image([LAYERS[0]] * 3)), build.oci_members(Image([LAYERS[0]] * 3, codecs=["gzip"] * 3))):
            report = self.report(pack(members))
            self.assertEqual(report["reclaimable"]["by_cause"]["metadata_only"], 2 * (150 + 3000 + 700))

    def test_docker_25(self):
        report = self.everywhere(build.docker25_members(image()))
        self.assertEqual(report["image"]["digest"], "sha256:" + build.sha256(build.dump(build.manifest_of(image()))))

    def test_docker_25_whose_oci_manifest_has_no_layers(self):
        members = [each for each in build.docker25_members(image()) if each[0] != "index.json" and b"manifests" not in each[1]]
        hollow = {**build.manifest_of(image()), "layers": []}
        index = build.index_of([build.descriptor(build.dump(hollow))])
        self.same(pack(members + [build.blob(build.dump(hollow)), ("index.json", build.dump(index))]))

    def test_docker_29_with_absent_platforms_and_attestations(self):
        report = self.everywhere(build.docker29_members(image("gzip", "zstd", "raw")))
        self.assertEqual(report["size"]["compressed"], sum(len(each) for each in image("gzip", "zstd", "raw").stored))

    def test_an_index_alone_with_absent_platforms(self):
        self.everywhere(build.without(build.docker29_members(image()), "manifest.json"))

    def test_present_attestations_are_passed_over(self):
        proof = build.dump({"schemaVersion": 2, "config": build.descriptor(b"{}"), "layers": []})
        row = build.descriptor(proof, platform={"os": "unknown", "architecture": "unknown"})
        self.same(pack(build.oci_members(image(), more=[row], blobs=[build.blob(proof), build.blob(b"{}")])))

    def test_before_docker_1_10(self):
        members = build.legacy_members(Image(LAYERS))
        for content, source in ((pack(members), None), (pack(members), "-")):
            report = self.report(source or content, stdin=content)
            self.assertEqual(report["reclaimable"]["by_cause"], EXPECTED)
            self.assertEqual([layer["created_by"] for layer in report["layers"]], [f"/bin/sh -c step {i}" for i in range(3)])
            self.assertEqual(report["layers"][0]["diff_id"], None)

    def test_kaniko_crane_ko_and_podman(self):
        self.everywhere(build.kaniko_members(image("gzip", "gzip", "members")))
        self.everywhere(build.podman_members(image()))

    def test_untagged(self):
        content = build.docker_archive(image(tags=None))
        self.assertEqual(self.same(content)["image"]["names"], [])

    def test_oci_archive_and_folder(self):
        members = build.oci_members(image("gzip", "raw", "zstd"))
        archive = self.everywhere(members)
        folder = build.write_folder(members, os.path.join(self.folder, "layout"))
        for source in (folder, folder + "/", "oci:" + folder):
            other = self.same(source)
            self.assertEqual({**other, "image": None}, {**archive, "image": None})

    def test_nested_indexes(self):
        for depth in (1, 2, 3):
            self.same(pack(build.oci_members(image(), nested=depth)))

    def test_raw_and_compressed_layers_give_the_same(self):
        plain = self.same(build.docker_archive(image()))
        for codecs in (("gzip",) * 3, ("zstd",) * 3, ("members",) * 3, ("gzip", "zstd", "raw"), ("raw", "members", "zstd")):
            for members in (build.docker_members(image(*codecs)), build.oci_members(image(*codecs))):
                other = self.same(pack(members))
                self.assertEqual([other[key] for key in SAME_EVERYWHERE], [plain[key] for key in SAME_EVERYWHERE])
                self.assertEqual([layer["compression"] for layer in other["layers"]],
                                 [{"raw": "none", "members": "gzip"}.get(codec, codec) for codec in codecs])

    def test_media_types_are_noted_but_not_trusted(self):
        wrong = build.manifest_of(image("gzip", "raw", "zstd"), [build.LAYER, build.LAYER + "+gzip", build.LAYER + "+gzip"])
        members = build.oci_members(image("gzip", "raw", "zstd"))
        rows = [build.descriptor(build.dump(wrong))]
        members = build.replaced(members, "index.json", build.dump(build.index_of(rows))) + [build.blob(build.dump(wrong))]
        report = self.same(pack(members))
        self.assertEqual(sum("its media type says" in note for note in report["notes"]), 3)

    def test_chunked_and_lazy_layers(self):
        layer = tar.archive(tar.file(".prefetch.landmark", "\x0f"), tar.file("x", "x" * 900), tar.file("stargz.index.json", "{}"))
        members = b"".join(compression.gzip_bytes(layer[at:at + 512]) for at in range(0, len(layer), 512))
        chunked = compression.zstd_bytes(layer) + compression.zstd_skippable(b"toc" * 40)
        leading = compression.zstd_skippable(b"") + compression.zstd_bytes(layer[:700]) + compression.zstd_bytes(layer[700:])
        for stored in (members, chunked, leading):
            one = Image([layer])
            one.stored = [stored]
            self.assertEqual(self.report(build.docker_archive(one))["size"]["uncompressed"], 903)

    def test_empty_layers(self):
        layers = [tar.archive(), b"", LAYERS[0], tar.archive()]
        for codecs in (["raw"] * 4, ["gzip"] * 4, ["zstd"] * 4):
            one = Image(layers, codecs=codecs)
            for members in (build.docker_members(one), build.oci_members(one)):
                for source in (pack(members), "-"):
                    self.assertEqual(len(self.report(source, stdin=pack(members))["layers"]), 4)

    def test_no_layers_at_all(self):
        report = self.report(build.docker_archive(Image([])), "--files")
        self.assertEqual((report["layers"], report["size"]["uncompressed"], report["files"]), ([], 0, []))

    def test_prefixes_and_content_decides(self):
        docker, oci = self.put(build.docker_archive(image()), "a.gz"), self.put(pack(build.oci_members(image())), "b.txt")
        for source in ("docker-archive:" + docker, "oci-archive:" + oci, "oci-archive:" + docker, "docker-archive:" + oci, docker, oci):
            self.same(source)

    def test_a_path_that_is_not_ascii(self):
        path = self.put(build.docker_archive(image()), "bild-ü-画像.tar")
        self.assertEqual(self.same(path)["image"]["source"], path)

    def test_standard_input_from_a_pipe_and_a_file(self):
        content = build.docker_archive(image())
        with open(self.put(content), "rb") as opened:
            from_file = self.same("-", stdin=opened)
        self.assertEqual(from_file, self.same("-", stdin=content))


class Selection(program.Scenario):
    ONE = Image([tar.archive(tar.file("x", "1" * 10))], tags=["one:1", "alias:2"])
    TWO = Image([tar.archive(tar.file("x", "2" * 20))], tags=["example.com/two:latest"])
    BARE = Image([tar.archive(tar.file("x", "3" * 30))], tags=None)

    def size(self, content, *arguments, **options):
        return self.report(content, *arguments, **options)["size"]["uncompressed"]

    def test_several_images_need_a_choice(self):
        for members in (build.docker_members(self.ONE, self.TWO), build.oci_members(self.ONE, self.TWO)):
            outcome = self.analyze(pack(members), status=2)
            self.assertIn("2 images are inside", outcome.err)
            self.assertIn("one:1", outcome.err)
            self.assertIn("example.com/two:latest", outcome.err)
            self.assertEqual(outcome.out, "")

    def test_by_name(self):
        docker = build.docker_archive(self.ONE, self.TWO, self.BARE)
        for name, size in (("one:1", 10), ("alias:2", 10), ("example.com/two:latest", 20), ("example.com/two", 20),
                           ("docker.io/library/one:1", 10)):
            self.assertEqual(self.size(docker, "--image", name), size)
            self.assertEqual(self.size("-", "--image", name, stdin=docker), size)
        self.assertEqual(self.size(pack(build.oci_members(self.ONE, self.TWO)), "--image", "one:1"), 10)

    def test_by_identity(self):
        docker = build.docker_archive(self.ONE, self.TWO, self.BARE)
        identity = build.sha256(self.BARE.config())
        for name in (identity, identity[:12], "sha256:" + identity):
            self.assertEqual(self.size(docker, "--image", name), 30)
        digest = "sha256:" + build.sha256(build.dump(build.manifest_of(self.TWO)))
        self.assertEqual(self.size(pack(build.oci_members(self.ONE, self.TWO)), "--image", digest), 20)

    def test_unknown_name(self):
        for members in (build.docker_members(self.ONE, self.TWO), build.oci_members(self.ONE), build.legacy_members(self.ONE)):
            outcome = self.analyze(pack(members), "--image", "three", status=2)
            self.assertIn("there is no image 'three' inside", outcome.err)

    def test_legacy_by_name(self):
        self.assertEqual(self.size(pack(build.legacy_members(self.ONE)), "--image", "alias:2"), 10)

    def test_platforms(self):
        arm = Image([tar.archive(tar.file("x", "4" * 40))], platform="linux/arm64", tags=["one:1"])
        content = pack(build.oci_members(self.ONE, arm, with_platform=True))
        self.assertEqual(self.size(content), 10)
        self.assertEqual(self.size(content, "--platform", "linux/arm64"), 40)
        self.assertEqual(self.size("-", "--platform", "linux/arm64", stdin=content), 40)
        outcome = self.analyze(content, "--platform", "linux/s390x", status=2)
        self.assertIn("linux/amd64, linux/arm64", outcome.err)

    def test_a_sole_platform_is_taken_with_a_note(self):
        arm = Image([tar.archive(tar.file("x", "4" * 40))], platform="linux/arm64")
        for members in (build.oci_members(arm, with_platform=True), build.oci_members(arm), build.docker_members(arm)):
            report = self.report(pack(members))
            self.assertEqual((report["size"]["uncompressed"], report["image"]["platform"]), (40, "linux/arm64"))
            self.assertTrue(any("linux/arm64" in note for note in report["notes"]), report["notes"])

    def test_a_sole_platform_is_taken_where_another_was_asked_for(self):
        arm = Image([tar.archive(tar.file("x", "4" * 40))], platform="linux/arm64", tags=["app:1"])
        for members in (build.oci_members(arm, with_platform=True), build.oci_members(arm), build.docker_members(arm),
                        build.legacy_members(arm)):
            content = pack(members)
            self.assertEqual(self.size(content, "--platform", "linux/arm64"), 40)
            for wanted in ("linux/amd64", "windows/arm64"):
                for source in ("-", self.put(content)):
                    outcome = self.analyze(source, "--platform", wanted, "--format", "json", stdin=content)
                    self.assertEqual(outcome.json()["image"]["platform"], "linux/arm64")
                    note = f"the only platform inside is linux/arm64, not {wanted}"
                    self.assertTrue(any(note in text for text in outcome.json()["notes"]), outcome.json()["notes"])

    def test_variants(self):
        arm = Image([tar.archive(tar.file("x", "4" * 40))], platform="linux/arm64/v8")
        content = pack(build.oci_members(arm, with_platform=True))
        self.assertEqual(self.size(content, "--platform", "linux/arm64"), 40)
        self.assertEqual(self.size(content, "--platform", "linux/arm64/v8"), 40)


if __name__ == "__main__":
    program.main()
