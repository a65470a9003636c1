"""Two images of a real builder compared, and the same by tools that share nothing with the program: docker export, tar, skopeo.

Status 77 where docker, skopeo or the base image are missing; what it makes carries its own names and is removed again.
"""

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

BASE = "debian:bookworm-slim"
TAGS = [f"crt-diff-images:{side}-{os.getpid()}" for side in ("old", "new")]
DOCKERFILES = ["""\
FROM {base}
COPY data /srv/data
RUN ln /srv/data/kept /srv/linked && ln -s data /srv/way && echo old > /srv/way/note
ENV MODE=old
""", """\
FROM {base}
COPY data /srv/data
RUN ln /srv/data/kept /srv/linked && ln -s ./data /srv/way && echo new > /srv/way/note && rm /srv/data/old
RUN rm -r /usr/share/doc && chmod 0700 /srv/data/kept && chown 7:8 /bin/ls && mkdir /srv/more
COPY data/old /bin/copied
ENV MODE=new
"""]
# What the engine lays into every container it makes.
OF_THE_ENGINE = re.compile(r"^/(\.dockerenv|dev|proc|sys|etc/(hostname|hosts|resolv\.conf|mtab))(/|$)")


def tool(*words, **options):
    return subprocess.run(words, capture_output=True, check=False, timeout=600, **options)


def must(*words, **options):
    done = tool(*words, **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(words)}: {done.stderr.decode()}")
    return done.stdout


def model_of(archive):
    """{path: (kind, mode, owner, mtime, link, content)} of a flat file system; a hard link is what it names."""
    out = {}
    with tarfile.open(archive) as files:
        for each in files:
            path = "/" + os.path.normpath(each.name)
            if path == "/." or OF_THE_ENGINE.match(path):
                continue
            named = files.getmember(each.linkname) if each.islnk() else each
            content = hashlib.sha256(files.extractfile(named).read()).hexdigest() if named.isreg() else None
            kind = "dir" if named.isdir() else "symlink" if named.issym() else "file"
            mode = None if kind == "symlink" else named.mode
            out[path] = (kind, mode, (named.uid, named.gid), int(named.mtime), named.linkname if kind == "symlink" else None, content)
    return out


WORDS = ("type", "mode", "owner", "time", "link", "content")


def compare(old, new):
    out = {path: ("removed", None) for path in old.keys() - new.keys()}
    out.update({path: ("added", None) for path in new.keys() - old.keys()})
    for path in old.keys() & new.keys():
        changed = {word for word, a, b in zip(WORDS, old[path], new[path]) if a != b}
        if "type" in changed:
            changed -= {"link", "content"}
        if changed - {"time"}:
            out[path] = ("changed", frozenset(changed - {"time"}))
    return out


class DiffImages(program.Scenario):
    @classmethod
    def setUpClass(cls):
        for word in ("docker", "skopeo"):
            if shutil.which(word) is None:
                raise unittest.SkipTest(f"{word} is not installed")
        if tool("docker", "image", "inspect", BASE).returncode != 0:
            raise unittest.SkipTest(f"no docker daemon with {BASE}")
        cls.work = tempfile.TemporaryDirectory(prefix="crt-diff-")
        context = os.path.join(cls.work.name, "context")
        os.makedirs(os.path.join(context, "data"))
        for name, size in (("data/kept", 5_000), ("data/old", 70_000)):
            with open(os.path.join(context, name), "wb") as out:
                out.write(hashlib.sha256(name.encode()).digest() * (size // 32))
        cls.saved = []
        for tag, text in zip(TAGS, DOCKERFILES):
            with open(os.path.join(context, "Dockerfile"), "w", encoding="ascii") as out:
                out.write(text.format(base=BASE))
            build = tool("docker", "build", "-t", tag, context, env={**os.environ, "DOCKER_BUILDKIT": "0"})
            if build.returncode != 0:
                raise unittest.SkipTest("docker cannot build here: " + build.stderr.decode()[-200:])
            cls.saved.append(os.path.join(cls.work.name, tag.replace(":", "-") + ".tar"))
            must("docker", "save", "-o", cls.saved[-1], tag)

    @classmethod
    def tearDownClass(cls):
        if hasattr(cls, "work"):
            for tag in TAGS:
                tool("docker", "image", "rm", tag)
            cls.work.cleanup()

    def diff(self, *arguments):
        outcome = program.run("diff", *arguments, "--format", "json", cwd=self.folder, seconds=120)
        self.assertEqual(outcome.status, 0, outcome.err)
        return outcome.json()

    def exported(self, tag):
        container = must("docker", "create", tag, "/none").decode().strip()
        try:
            path = os.path.join(self.folder, "export.tar")
            must("docker", "export", "-o", path, container)
        finally:
            tool("docker", "rm", container)
        return model_of(path)

    def test_files_are_those_of_docker_export(self):
        expected = compare(*(self.exported(tag) for tag in TAGS))
        self.assertGreater(len(expected), 5)
        ours = {}
        for row in self.diff(*self.saved)["files"]:
            changed = frozenset(row["changed"]) - {"time"}
            if row["status"] != "changed":
                ours[row["path"]] = (row["status"], None)
            elif changed:
                ours[row["path"]] = ("changed", changed)
        ours = {path: row for path, row in ours.items() if not OF_THE_ENGINE.match(path)}
        self.assertEqual(sorted(set(expected.items()) ^ set(ours.items()), key=str), [])

    def test_push_is_what_the_registry_lacks(self):
        layouts = []
        for path in self.saved:
            layout = os.path.join(self.folder, os.path.basename(path) + ".oci")
            must("skopeo", "--insecure-policy", "copy", "-q", "docker-archive:" + path, f"oci:{layout}:app")
            layouts.append(layout)
        manifests = [json.loads(must("skopeo", "inspect", "--raw", f"oci:{layout}:app")) for layout in layouts]
        held = {layer["digest"] for layer in manifests[0]["layers"]}
        lacking = {layer["digest"]: layer["size"] for layer in manifests[1]["layers"] if layer["digest"] not in held}
        report = self.diff(*layouts)
        self.assertEqual(report["deploy"]["push_bytes"], sum(lacking.values()))
        self.assertTrue(report["deploy"]["push_is_exact"])
        self.assertTrue(report["deploy"]["shared_layers"] >= 1)
        self.assertEqual([(row["name"], row["old"], row["new"]) for row in report["settings"]], [("MODE", "old", "new")])
        # The same image as the engine saves it and as a registry gets it.
        self.assertTrue(self.diff(self.saved[0], layouts[0])["empty"])
        self.assertTrue(self.diff("docker-daemon:" + TAGS[0], layouts[0])["empty"])

    def test_a_report_in_place_of_the_old_image(self):
        saved = os.path.join(self.folder, "baseline.json")
        outcome = program.run("analyze", self.saved[0], "--files", "--format", "json", seconds=120)
        with open(saved, "w", encoding="utf-8") as out:
            out.write(outcome.out)
        live, report = self.diff(*self.saved), self.diff(saved, self.saved[1])
        for key in ("deploy", "growth", "settings", "binaries", "size"):
            self.assertEqual(report[key], live[key], key)
        self.assertTrue(self.diff(saved, self.saved[0])["empty"])


if __name__ == "__main__":
    program.main()
