"""Images of real builders, read by the program and by tools that share nothing with it: docker export, skopeo, tar.

Status 77 where docker, skopeo or their images are missing; what it makes carries its own names and is removed again.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))

import program

TAG = f"crt-real-images:{os.getpid()}"
BASES = ("debian:bookworm-slim", "gcr.io/distroless/static-debian12:nonroot")
DOCKERFILE = """\
FROM {base}
COPY data /srv/data
COPY tool /srv/tool
RUN chmod 0755 /srv/tool
RUN rm /srv/data/old && rm -r /srv/data/folder
RUN mkdir /srv/new && echo other > /srv/data/kept && ln /srv/tool /srv/linked && ln -s ../data /srv/new/link
RUN rm -r /srv/new && mkdir /srv/new && echo again > /srv/new/file
RUN chown -R 65532:65532 /srv/data
RUN rm /srv/tool
ENTRYPOINT ["/srv/linked"]
USER 65532
"""


def tool(*words, **options):
    return subprocess.run(words, capture_output=True, check=False, timeout=600, **options)


def must(*words, **options):
    done = tool(*words, **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(words)}: {done.stderr.decode()}")
    return done.stdout


def names_in(archive):
    """What lies in a flat file system: {path: kind}, hard links counted as files."""
    with tarfile.open(archive) as files:
        return {"/" + os.path.normpath(each.name): "dir" if each.isdir() else "symlink" if each.issym() else "file"
                for each in files if os.path.normpath(each.name) != "."}


def live_in(report):
    """The same from our report; folders that no layer names are added."""
    words = {"dir": "dir", "symlink": "symlink"}
    found = {}
    for row in report["files"]:
        if row["state"] == "live" and row["type"] not in ("whiteout", "opaque"):
            found[row["path"]] = words.get(row["type"], "file")
    for path in list(found):
        while (path := os.path.dirname(path)) != "/":
            found.setdefault(path, "dir")
    found.pop("/", None)
    return found


# What the engine lays into every container it makes.
OF_THE_ENGINE = re.compile(r"^/(\.dockerenv|dev|proc|sys|etc/(hostname|hosts|resolv\.conf|mtab))(/|$)")


class RealImages(program.Scenario):
    @classmethod
    def setUpClass(cls):
        for word in ("docker", "skopeo"):
            if shutil.which(word) is None:
                raise unittest.SkipTest(f"{word} is not installed")
        if tool("docker", "image", "inspect", BASES[0]).returncode != 0:
            raise unittest.SkipTest(f"no docker daemon with {BASES[0]}")
        cls.work = tempfile.TemporaryDirectory(prefix="crt-real-")
        context = os.path.join(cls.work.name, "context")
        os.makedirs(os.path.join(context, "data", "folder"))
        for name, size in (("data/kept", 5_000), ("data/old", 70_000), ("data/folder/inner", 40_000), ("tool", 300_000)):
            with open(os.path.join(context, name), "wb") as out:
                out.write(hashlib.sha256(name.encode()).digest() * (size // 32))
        with open(os.path.join(context, "Dockerfile"), "w", encoding="ascii") as out:
            out.write(DOCKERFILE.format(base=BASES[0]))
        build = tool("docker", "build", "-t", TAG, context, env={**os.environ, "DOCKER_BUILDKIT": "0"})
        if build.returncode != 0:
            raise unittest.SkipTest("docker cannot build here: " + build.stderr.decode()[-200:])
        cls.saved = os.path.join(cls.work.name, "saved.tar")
        must("docker", "save", "-o", cls.saved, TAG)

    @classmethod
    def tearDownClass(cls):
        if hasattr(cls, "work"):
            tool("docker", "image", "rm", TAG)
            cls.work.cleanup()

    def check_against_export(self, source, name, *arguments):
        """The final file system as the engine shows it."""
        report = self.report(source, "--files", *arguments, seconds=120)
        container = must("docker", "create", name, "/none").decode().strip()
        try:
            exported = os.path.join(self.folder, "export.tar")
            must("docker", "export", "-o", exported, container)
        finally:
            tool("docker", "rm", container)
        ours = {path: kind for path, kind in live_in(report).items() if not OF_THE_ENGINE.match(path)}
        theirs = {path: kind for path, kind in names_in(exported).items() if not OF_THE_ENGINE.match(path)}
        self.assertEqual(sorted(set(theirs.items()) - set(ours.items())), [])
        # A live row whose name is gone keeps another name's bytes alive: a file that was linked and removed.
        extra = {path for path in set(ours) - set(theirs) if not self.lives_by_a_link(report, path)}
        self.assertEqual(extra, set())
        return report

    @staticmethod
    def lives_by_a_link(report, path):
        return path == "/srv/tool" and any(row["path"] == "/srv/linked" for row in report["files"])

    def test_final_files_are_those_of_docker_export(self):
        report = self.check_against_export(self.saved, TAG)
        wasted = {(row["path"], row["cause"]): row["bytes"] for row in report["waste"]}
        self.assertEqual(wasted["/srv/tool", "metadata_only"], 300_000)
        self.assertEqual(wasted["/srv/data/old", "deleted"], 70_000 // 32 * 32)
        self.assertEqual(wasted["/srv/data/folder/inner", "deleted"], 40_000)
        self.assertEqual(wasted["/srv/data/kept", "overwritten"], 5_000 // 32 * 32)
        culprits = {row["path"]: row["culprit"] for row in sorted(report["waste"], key=lambda row: -row["layer"])}
        self.assertIn("chmod 0755 /srv/tool", culprits["/srv/tool"])
        self.assertIn("rm /srv/data/old", culprits["/srv/data/old"])

    def test_base_images(self):
        for name in BASES:
            if tool("docker", "image", "inspect", name).returncode == 0:
                path = os.path.join(self.folder, "base.tar")
                must("docker", "save", "-o", path, name)
                self.check_against_export(path, name)

    def test_the_daemon_tells_the_same(self):
        saved = self.report(self.saved, "--files", seconds=120)
        daemon = self.report("docker-daemon:" + TAG, "--files", seconds=120)
        for key in ("layers", "files", "waste", "reclaimable", "dive", "size"):
            self.assertEqual(daemon[key], saved[key], key)
        outcome = program.run("analyze", "docker-daemon:crt-no-such-image:1", seconds=60)
        self.assertEqual(outcome.status, 3, outcome.err)
        self.assertIn("crt-no-such-image", outcome.err)

    def test_layers_against_tar(self):
        report = self.report(self.saved, seconds=120)
        with tarfile.open(self.saved) as archive:
            manifest = json.load(archive.extractfile("manifest.json"))[0]
            for layer, member in zip(report["layers"], manifest["Layers"]):
                data = archive.extractfile(member).read()
                self.assertEqual(layer["tar_bytes"], len(data))
                self.assertEqual(layer["diff_id"], "sha256:" + hashlib.sha256(data).hexdigest())
                path = self.put(data, "layer.tar")
                with tarfile.open(path) as entries:
                    members = entries.getmembers()
                self.assertEqual(layer["size"], sum(each.size for each in members if each.isreg()))
                self.assertEqual(layer["entries"], len(members))

    def copies(self):
        """The image in every form that skopeo writes."""
        base, source = os.path.join(self.folder, "copy"), "docker-archive:" + self.saved
        forms = {"oci": ("oci:" + base + "-oci:app", []), "oci zstd": ("oci:" + base + "-zstd:app", ["--dest-compress-format", "zstd"]),
                 "oci archive": ("oci-archive:" + base + ".oci.tar:app", []), "docker archive": ("docker-archive:" + base + ".docker.tar:app:1", [])}
        for name, (target, options) in forms.items():
            done = tool("skopeo", "--insecure-policy", "copy", "-q", *options, source, target)
            if done.returncode != 0 and "zstd" in name:
                continue
            self.assertEqual(done.returncode, 0, done.stderr)
            yield name, target, re.sub(r":app(:1)?$", "", target)

    def test_skopeo_copies_give_the_same(self):
        saved = self.report(self.saved, "--files", seconds=120)
        seen = set()
        for name, target, source in self.copies():
            with self.subTest(name):
                report = self.report(source, "--files", "--verify", seconds=120)
                for key in ("files", "waste", "reclaimable", "dive"):
                    self.assertEqual(report[key], saved[key], f"{name}: {key}")
                self.assertEqual([layer["diff_id"] for layer in report["layers"]], [layer["diff_id"] for layer in saved["layers"]])
                seen |= {layer["compression"] for layer in report["layers"]}
                if target.startswith("oci"):
                    raw = must("skopeo", "inspect", "--raw", target)
                    self.assertEqual(report["image"]["digest"], "sha256:" + hashlib.sha256(raw).hexdigest())
                    sizes = [layer["size"] for layer in json.loads(raw)["layers"]]
                    self.assertEqual([layer["stored_bytes"] for layer in report["layers"]], sizes)
                    self.assertEqual(report["size"]["compressed"], sum(sizes))
        self.assertLessEqual({"none", "gzip"}, seen)
        if b"--dest-compress-format" in tool("skopeo", "copy", "--help").stdout:
            self.assertIn("zstd", seen)

    def test_wrapped_in_gzip(self):
        with open(self.saved, "rb") as plain:
            path = self.put(gzip.compress(plain.read(), 1), "saved.tar.gz")
        self.assertEqual(self.report(path, "--files", seconds=120)["files"], self.report(self.saved, "--files", seconds=120)["files"])

    def test_buildah(self):
        if shutil.which("buildah") is None:
            self.skipTest("buildah is not installed")
        root = ["--root", os.path.join(self.work.name, "storage"), "--runroot", os.path.join(self.work.name, "run"), "--storage-driver", "vfs"]
        context = os.path.join(self.work.name, "context")
        recipe = os.path.join(self.folder, "Dockerfile")
        with open(recipe, "w", encoding="ascii") as out:
            out.write("FROM scratch\nCOPY data /data\nCOPY tool /data/kept\nCOPY --chmod=0700 tool /tool\nCOPY tool /tool\n")
        build = tool("buildah", *root, "bud", "--isolation=chroot", "--layers", "-t", "crt-real", "-f", recipe, context)
        if build.returncode != 0:
            self.skipTest("buildah cannot build here: " + build.stderr.decode()[-200:])
        expected = {"/data/kept": "overwritten", "/tool": "metadata_only"}
        for kind, name in (("oci", "layout"), ("oci-archive", "b.oci.tar"), ("docker-archive", "b.docker.tar")):
            path = os.path.join(self.folder, name)
            must("buildah", *root, "push", "-q", "crt-real", f"{kind}:{path}:crt-real:1" if kind != "oci" else f"{kind}:{path}:one")
            report = self.report(path, "--verify", seconds=120)
            self.assertEqual({row["path"]: row["cause"] for row in report["waste"]}, expected, kind)


if __name__ == "__main__":
    program.main()
