"""Builds what init writes, runs it, and looks at the image: the only proof that a Dockerfile is right.

Skipped, with the reason, where buildah, docker or the base images are not there."""
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import go_layouts  # noqa: E402

PROGRAM = sys.argv[1]
SKIPPED = 77
BASES = ["docker.io/library/golang:1.26-bookworm", "docker.io/library/golang:1.26.8-bookworm",
         "gcr.io/distroless/static-debian12:nonroot", "docker.io/library/debian:bookworm-slim"]
# layout, tree, module folder, context, options of init, port inside, what the answer holds (None: HTTP/2)
CASES = [
    ("embed", go_layouts.ROOT_MAIN, ".", ".", [], 8080, "template: embedded"),
    ("embed-static", go_layouts.ROOT_MAIN, ".", ".", ["--base", "static"], 8080, "template: embedded"),
    ("three-mains", go_layouts.THREE_MAINS, ".", ".", ["--base", "static", "--port", "9191"], 9191, "three mains"),
    ("replace", go_layouts.LOCAL_REPLACE, ".", ".", [], 7070, "local replace"),
    ("replace-above", go_layouts.REPLACE_ABOVE, "svc", ".", ["--base", "debian-slim"], 7070, "local replace"),
    ("grpc", go_layouts.GRPC, ".", ".", [], 50051, None),
    ("vendor", go_layouts.VENDORED, ".", ".", [], 8081, "vendored"),
]


def skip(reason: str) -> None:
    print(f"SKIPPED: {reason}")
    sys.exit(SKIPPED)


def run(*command: str, **more) -> str:
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)} failed with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def works(*command: str) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


def check_machine() -> None:
    for tool in ("buildah", "docker", "readelf"):
        if shutil.which(tool) is None:
            skip(f"{tool} is not installed")
    if not works("docker", "info"):
        skip("no Docker daemon answers")
    missing = [base for base in BASES if not works("buildah", "inspect", "--type", "image", base)]
    shared = pathlib.Path(os.environ.get("CRT_SHARED", ROOT.parent / "shared"))
    maker = shared / "tools/base-images.sh"
    if missing and maker.exists():
        subprocess.run(["bash", str(maker)], capture_output=True)
        missing = [base for base in BASES if not works("buildah", "inspect", "--type", "image", base)]
    if missing:
        skip(f"these base images are not in buildah's store: {', '.join(missing)}")


def build_environment() -> list:
    """The module proxy of this machine, for the build only."""
    options = []
    if shutil.which("go"):
        for name in ("GOPROXY", "GONOSUMDB", "GOSUMDB"):
            value = run("go", "env", name, cwd="/").strip()
            if value:
                options += ["--env", f"{name}={value}"]
    return options


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as reply:
        return reply.read().decode()


def speaks_http2(port: int) -> bool:
    with socket.create_connection(("127.0.0.1", port), timeout=2) as peer:
        peer.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0")
        head = peer.recv(9)
        return len(head) == 9 and head[3] == 4  # SETTINGS


def wait_for(port: int, expected) -> None:
    last = None
    for _ in range(60):
        try:
            if expected is None:
                if speaks_http2(port):
                    return
            else:
                text = answer(port)
                assert expected in text, text
                return
        except OSError as problem:
            last = problem
        time.sleep(0.25)
    raise AssertionError(f"no answer: {last}")


def check_image(archive: pathlib.Path, scratch: pathlib.Path) -> int:
    """The program is static and stripped, nothing but what is needed is there; returns its size."""
    names = {}
    with tarfile.open(archive) as outer:
        for member in outer.getmembers():
            if not member.name.endswith(".tar") or not member.isfile():
                continue
            with tarfile.open(fileobj=outer.extractfile(member)) as layer:
                for entry in layer.getmembers():
                    if entry.isfile():
                        names[entry.name.lstrip("./")] = entry.size
                        if entry.name.lstrip("./").startswith("usr/local/bin/"):
                            (scratch / "program").write_bytes(layer.extractfile(entry).read())
    headers = run("readelf", "-lS", "-d", str(scratch / "program"))
    assert "INTERP" not in headers and "NEEDED" not in headers, "the program is dynamic"
    assert ".symtab" not in headers and ".debug_info" not in headers, "the program is not stripped"
    waste = [name for name in names if name.endswith(".go") or name.split("/")[-1] in (".env", "go.mod", "Dockerfile")]
    assert not waste, f"in the image: {waste}"
    return sum(names.values())


def check_case(case: tuple, environment: list, work: pathlib.Path) -> None:
    name, tree, module, context, options, inside, expected = case
    folder = work / name
    go_layouts.write(tree, folder)
    run(PROGRAM, "init", str(folder / module), *options)
    again = run(PROGRAM, "init", str(folder / module), *options)
    assert "unchanged  Dockerfile" in again, again
    image = f"localhost/cloudrun-tune-test-{name}:{os.getpid()}"
    run("buildah", "bud", "--isolation=chroot", "--layers=false", *environment, "-t", image, "-f",
        str(folder / module / "Dockerfile"), str(folder / context))
    archive = work / f"{name}.tar"
    container = None
    try:
        run("buildah", "push", image, f"docker-archive:{archive}:{image}")
        run("docker", "load", "-i", str(archive))
        size = check_image(archive, work)
        port = free_port()
        container = run("docker", "run", "-d", "-p", f"127.0.0.1:{port}:{inside}", image).strip()
        try:
            wait_for(port, expected)
        except AssertionError as problem:
            logs = subprocess.run(["docker", "logs", container], capture_output=True, text=True)
            raise AssertionError(f"{problem}\n{logs.stdout}{logs.stderr}") from None
        limit = 100e6 if "debian-slim" in options else 25e6
        assert size < limit, f"{size} bytes"
        print(f"ok: {name}, {size / 1e6:.1f} MB", flush=True)
    finally:
        if container:
            subprocess.run(["docker", "rm", "-f", container], capture_output=True)
        subprocess.run(["docker", "rmi", "-f", image], capture_output=True)
        subprocess.run(["buildah", "rmi", "-f", image], capture_output=True)


def main() -> int:
    check_machine()
    environment = build_environment()
    failures = 0
    wanted = sys.argv[2:]
    with tempfile.TemporaryDirectory() as work:
        for case in CASES:
            if wanted and case[0] not in wanted:
                continue
            try:
                check_case(case, environment, pathlib.Path(work))
            except AssertionError as problem:
                failures += 1
                print(f"FAILED: {case[0]}: {problem}", flush=True)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
