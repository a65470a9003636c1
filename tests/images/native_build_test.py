"""Builds what init writes for C, C++ and Rust, runs it, asks it over HTTP, and looks at the image with analyze.

Skipped, with the reason, where buildah, docker or the base images are not there; the Rust cases alone where there is
no Rust toolchain to make their base image from."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import go_layouts  # noqa: E402
import native_layouts as layouts  # noqa: E402
from built_image import check_machine, free_port, run, wait_for, works  # noqa: E402

PROGRAM = sys.argv[1]
# gcc:12-bookworm is what the Rust image is made from.
BASES = [("debian:bookworm-slim", "debian"), ("gcr.io/distroless/static-debian12:nonroot", "distroless"), ("gcc:12-bookworm", "gcc")]
# layout, tree, project folder, context, options of init, port inside, what the answer holds
CASES = [
    ("cpp", layouts.CPP_CMAKE, ".", ".", [], 8080, "hello from C++"),
    ("cpp-static", layouts.CPP_CMAKE, ".", ".", ["--base", "static"], 9393, "hello from C++"),
    ("c", layouts.C_CMAKE, ".", ".", ["--base", "static"], 8080, "hello from C"),
    ("meson", layouts.CPP_MESON, ".", ".", [], 8080, "hello, Meson"),
    ("shared", layouts.CPP_FMT, ".", ".", ["--base", "static"], 8080, "hello, Meson"),
    ("rust", layouts.RUST, ".", ".", ["--base", "static"], 8080, "hello from Rust"),
    ("rust-member", layouts.RUST_MEMBER, "crates/web", ".", [], 8080, "hello from a workspace"),
]
# Findings that say what every small service has, and no fault of what init writes.
ACCEPTED = set()


def make_rust_image(work: pathlib.Path) -> str:
    """rust:1.85-bookworm from this machine's toolchain, which may be newer; returns why not, or nothing."""
    tag = "docker.io/library/rust:1.85-bookworm"
    if works("buildah", "inspect", "--type", "image", tag):
        return ""
    if shutil.which("rustc") is None:
        return "there is no rustc"
    gcc = "docker.io/library/gcc:12-bookworm"
    if not works("buildah", "inspect", "--type", "image", gcc):
        return f"{gcc} is not in buildah's store"
    folder = work / "rust-image"
    folder.mkdir()
    shutil.copytree(run("rustc", "--print", "sysroot", cwd="/").strip(), folder / "sysroot", symlinks=True,
                    ignore=shutil.ignore_patterns("doc", "share"))
    (folder / "Dockerfile").write_text(f"FROM {gcc}\nCOPY sysroot /usr/local\nENV CARGO_HOME=/usr/local/cargo\n")
    run("buildah", "bud", "--isolation=chroot", "-t", tag, str(folder))
    shutil.rmtree(folder)
    return ""


def check_report(archive: pathlib.Path, linkage: str) -> int:
    """No error or warning; the program is stripped and linked as it says. Returns the image's size."""
    report = json.loads(run(PROGRAM, "analyze", str(archive), "--format", "json"))
    bad = [(row["rule"], row.get("path"), row.get("message")) for row in report["findings"]
           if row["severity"] in ("error", "warning") and row["rule"] not in ACCEPTED]
    assert not bad, f"findings: {bad}"
    programs = [row for row in report["binaries"] if row["path"].startswith("/usr/local/bin/")]
    assert len(programs) == 1, f"binaries: {[row['path'] for row in report['binaries']]}"
    assert programs[0]["linkage"] == linkage, programs[0]
    assert programs[0]["stripped"] is True, programs[0]
    return report["size"]["uncompressed"]


def check_case(case: tuple, work: pathlib.Path) -> None:
    name, tree, module, context, options, inside, expected = case
    folder = work / name
    go_layouts.write(tree, folder)
    run(PROGRAM, "init", str(folder / module), *options)
    again = run(PROGRAM, "init", str(folder / module), *options)
    assert "unchanged  Dockerfile" in again, again
    image = f"localhost/cloudrun-tune-test-{name}:{os.getpid()}"
    run("buildah", "bud", "--isolation=chroot", "--layers=false", "-t", image, "-f", str(folder / module / "Dockerfile"),
        str(folder / context))
    archive = work / f"{name}.tar"
    container = None
    try:
        run("buildah", "push", image, f"docker-archive:{archive}:{image}")
        run("docker", "load", "-i", str(archive))
        size = check_report(archive, "dynamic" if name.startswith("shared") else "static-pie")
        port = free_port()
        container = run("docker", "run", "-d", "-e", f"PORT={inside}", "-p", f"127.0.0.1:{port}:{inside}", image).strip()
        try:
            wait_for(port, expected)
        except AssertionError as problem:
            logs = subprocess.run(["docker", "logs", container], capture_output=True, text=True)
            raise AssertionError(f"{problem}\n{logs.stdout}{logs.stderr}") from None
        assert size < 12e6, f"{size} bytes"
        print(f"ok: {name}, {size / 1e6:.2f} MB", flush=True)
    finally:
        if container:
            subprocess.run(["docker", "rm", "-f", container], capture_output=True)
        subprocess.run(["docker", "rmi", "-f", image], capture_output=True)
        subprocess.run(["buildah", "rmi", "-f", image], capture_output=True)


def main() -> int:
    check_machine(BASES, ROOT)
    failures = 0
    wanted = sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        for case in CASES:
            if wanted and case[0] not in wanted:
                continue
            if case[0].startswith("rust"):
                reason = make_rust_image(work)
                if reason:
                    print(f"skipped: {case[0]}: {reason}")
                    continue
            try:
                check_case(case, work)
            except AssertionError as problem:
                failures += 1
                print(f"FAILED: {case[0]}: {problem}", flush=True)
    return 1 if failures else 0


sys.exit(main())
