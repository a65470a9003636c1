"""Builds a Dockerfile with buildah, runs the image with Docker, and looks at it with the program under test."""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

SKIPPED = 77


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


def full_name(image: str) -> str:
    """As buildah's store has it: docker.io/library/ in front of official images."""
    if "." in image.split("/")[0]:
        return image
    return f"docker.io/{image}" if "/" in image else f"docker.io/library/{image}"


def in_store(image: str) -> bool:
    return works("buildah", "inspect", "--type", "image", full_name(image))


def check_machine(bases: list, root: pathlib.Path) -> None:
    """Skips the test where its tools or base images are missing; `bases` are (image, name for base-images.sh)."""
    for tool in ("buildah", "docker"):
        if shutil.which(tool) is None:
            skip(f"{tool} is not installed")
    if not works("docker", "info"):
        skip("no Docker daemon answers")
    missing = [base for base in bases if not in_store(base[0])]
    maker = pathlib.Path(os.environ.get("CRT_SHARED", root.parent / "shared")) / "tools/base-images.sh"
    if missing and maker.exists():
        subprocess.run(["bash", str(maker), *sorted({name for _, name in missing})], capture_output=True)
        missing = [base for base in bases if not in_store(base[0])]
    if missing:
        skip(f"these base images are not in buildah's store: {', '.join(image for image, _ in missing)}")


def stand_in(image: str, lines: list) -> None:
    """Makes `image` from debian:bookworm-slim where there is none: for bases that cannot be pulled here."""
    if in_store(image):
        return
    text = "FROM docker.io/library/debian:bookworm-slim\n" + "\n".join(lines) + "\n"
    run("buildah", "bud", "--isolation=chroot", "--layers=false", "-t", full_name(image), "-f", "-", ".", input=text, cwd="/var/empty" if pathlib.Path("/var/empty").exists() else "/tmp")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(port: int, path: str = "/") -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as reply:
        return reply.read().decode()


def wait_for(port: int, expected: str, path: str = "/") -> float:
    """Seconds until the answer came."""
    started, last = time.monotonic(), None
    while time.monotonic() - started < 20:
        try:
            text = fetch(port, path)
            assert expected in text, text
            return time.monotonic() - started
        except OSError as problem:
            last = problem
        time.sleep(0.05)
    raise AssertionError(f"no answer: {last}")


def stop_time(container: str) -> float:
    """Seconds from SIGTERM to the end; ten mean that it was killed."""
    started = time.monotonic()
    run("docker", "stop", "-t", "10", container)
    return time.monotonic() - started


def base_of(dockerfile: pathlib.Path) -> str:
    """The image of the last stage."""
    return [line.split()[1] for line in dockerfile.read_text().splitlines() if line.startswith("FROM ")][-1]


def findings(program: str, archive: pathlib.Path, base: str, levels=("warning", "error")) -> list:
    """What analyze finds in the layers above `base`: the stand-ins' own layers are nobody's concern here."""
    stored = archive.with_name("base.tar")
    stored.unlink(missing_ok=True)
    run("buildah", "push", full_name(base), f"docker-archive:{stored}:{base}")
    done = subprocess.run([program, "analyze", str(archive), "--base", str(stored), "--format", "json"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    own = {layer["index"] for layer in document["layers"] if not layer["base"]} | {None}
    return [f"{row['rule']} {row['severity']}: {row['message']}" for row in document["findings"]
            if row["severity"] in levels and row["layer"] in own]


class Built:
    """One image: built, pushed to a file, loaded into Docker, and removed at the end."""

    def __init__(self, name: str, folder: pathlib.Path, context: pathlib.Path, work: pathlib.Path, environment=()):
        self.image = f"localhost/cloudrun-tune-test-{name}:{os.getpid()}"
        self.archive = work / f"{name}.tar"
        self.containers = []
        run("buildah", "bud", "--isolation=chroot", "--layers=false", *environment, "-t", self.image, "-f",
            str(folder / "Dockerfile"), str(context))

    def __enter__(self):
        run("buildah", "push", self.image, f"docker-archive:{self.archive}:{self.image}")
        run("docker", "load", "-i", str(self.archive))
        return self

    def start(self, inside: int, *options: str) -> tuple:
        port = free_port()
        container = run("docker", "run", "-d", "-p", f"127.0.0.1:{port}:{inside}", *options, self.image).strip()
        self.containers.append(container)
        return container, port

    def logs(self) -> str:
        text = ""
        for container in self.containers:
            done = subprocess.run(["docker", "logs", container], capture_output=True, text=True)
            text += done.stdout + done.stderr
        return text

    def __exit__(self, *_):
        for container in self.containers:
            subprocess.run(["docker", "rm", "-f", container], capture_output=True)
        subprocess.run(["docker", "rmi", "-f", self.image], capture_output=True)
        subprocess.run(["buildah", "rmi", "-f", self.image], capture_output=True)
