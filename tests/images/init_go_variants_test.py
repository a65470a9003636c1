"""Builds and runs what init writes for Go programs with C code, in a workspace, and with a front end to build first.

Skipped, with the reason, where buildah, docker or the base images are not there."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import init_build_test as base
from init_build_test import PROGRAM, run, works

sys.path.insert(0, str(base.ROOT / "tests/support"))
import go_layouts  # noqa: E402

GLIBC = "gcr.io/distroless/base-debian12:nonroot"
NODE = "docker.io/library/node:18-bookworm-slim"
# name, tree, folder, context, options of init, options of the build, base image beside the usual ones, static, answer
CASES = [
    ("sqlite", go_layouts.SQLITE, ".", ".", [], [], None, True, "sqlite 3."),
    ("sqlite-empty", go_layouts.SQLITE, ".", ".", ["--base", "static"], [], None, True, "sqlite 3."),
    ("own-c", go_layouts.OWN_C, ".", ".", [], [], None, True, "sum 42"),
    ("shared-c", go_layouts.SHARED_C, ".", ".", [], [], GLIBC, False, "loads true 42"),
    ("workspace", go_layouts.WORKSPACE, "api", ".", [], [], None, True, "hello, workspace"),
    ("front-end", go_layouts.FRONT_END, ".", ".", [], ["--build-arg", "COMMIT=abc123"], NODE, True,
     "built page dev abc123 with extra"),
]


def make_base(name: str) -> bool:
    """A stand-in for the base image: what it must hold, from images that are there."""
    if works("buildah", "inspect", "--type", "image", name):
        return True
    if name == GLIBC:
        return works("buildah", "tag", "docker.io/library/debian:bookworm-slim", name)
    maker = pathlib.Path(os.environ.get("CRT_SHARED", base.ROOT.parent / "shared")) / "tools/base-images.sh"
    return maker.exists() and works("bash", str(maker), "node") and works("buildah", "inspect", "--type", "image", name)


def program_is_static(archive: pathlib.Path, work: pathlib.Path) -> bool:
    import tarfile
    with tarfile.open(archive) as outer:
        for member in outer.getmembers():
            if not member.name.endswith(".tar") or not member.isfile():
                continue
            with tarfile.open(fileobj=outer.extractfile(member)) as layer:
                for entry in layer.getmembers():
                    if entry.isfile() and entry.name.lstrip("./").startswith("usr/local/bin/"):
                        (work / "program").write_bytes(layer.extractfile(entry).read())
    headers = run("readelf", "-lS", "-d", str(work / "program"))
    assert ".symtab" not in headers and ".debug_info" not in headers, "the program is not stripped"
    return "INTERP" not in headers and "NEEDED" not in headers


def check_case(case: tuple, environment: list, work: pathlib.Path) -> None:
    name, tree, module, context, options, build_options, _, static, expected = case
    folder = work / name
    go_layouts.write(tree, folder)
    run(PROGRAM, "init", str(folder / module), *options)
    document = json.loads(run(PROGRAM, "init", str(folder / module), *options, "--dry-run", "--format", "json"))
    assert [file["action"] for file in document["files"]] == ["unchanged"] * 3, document["files"]
    image = f"localhost/cloudrun-tune-test-{name}:{os.getpid()}"
    ignore = folder / module / "Dockerfile.dockerignore"
    more = ["--ignorefile", str(ignore)] if ignore.exists() else []
    run("buildah", "bud", "--isolation=chroot", "--layers=false", *environment, *build_options, *more, "-t", image, "-f",
        str(folder / module / "Dockerfile"), str(folder / context))
    archive = work / f"{name}.tar"
    container = None
    try:
        run("buildah", "push", image, f"docker-archive:{archive}:{image}")
        run("docker", "load", "-i", str(archive))
        assert program_is_static(archive, work) == static, "static" if not static else "dynamic"
        findings = json.loads(run(PROGRAM, "analyze", str(archive), "--format", "json"))["findings"]
        wrong = [finding for finding in findings if finding.get("severity") == "error"]
        assert not wrong, wrong
        port = base.free_port()
        container = run("docker", "run", "-d", "-e", "PORT=8080", "-p", f"127.0.0.1:{port}:8080", image).strip()
        try:
            base.wait_for(port, expected)
        except AssertionError as problem:
            logs = subprocess.run(["docker", "logs", container], capture_output=True, text=True)
            raise AssertionError(f"{problem}\n{logs.stdout}{logs.stderr}") from None
        print(f"ok: {name}, {archive.stat().st_size / 1e6:.1f} MB", flush=True)
    finally:
        if container:
            subprocess.run(["docker", "rm", "-f", container], capture_output=True)
        subprocess.run(["docker", "rmi", "-f", image], capture_output=True)
        subprocess.run(["buildah", "rmi", "-f", image], capture_output=True)


def main() -> int:
    base.check_machine()
    environment = base.build_environment()
    failures = 0
    wanted = sys.argv[2:]
    with tempfile.TemporaryDirectory() as work:
        for case in CASES:
            if wanted and case[0] not in wanted:
                continue
            if case[6] and not make_base(case[6]):
                print(f"skipped: {case[0]}: there is no image {case[6]}", flush=True)
                continue
            try:
                check_case(case, environment, pathlib.Path(work))
            except AssertionError as problem:
                failures += 1
                print(f"FAILED: {case[0]}: {problem}", flush=True)
    return 1 if failures else 0


sys.exit(main())
