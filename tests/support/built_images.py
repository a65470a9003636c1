"""What tests that build, run and ask an image share."""
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77


def skip(reason: str) -> None:
    print(f"SKIPPED: {reason}")
    sys.exit(SKIPPED)


def run(*command: str, **more) -> str:
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)} failed with {done.returncode}\n{done.stdout[-1500:]}\n{done.stderr[-2500:]}")
    return done.stdout


def works(*command: str) -> bool:
    return subprocess.run(command, capture_output=True).returncode == 0


def check_machine(bases: list, made_by: str) -> None:
    """Ends the test as skipped where a tool or one of `bases` is missing; `made_by` names what makes them."""
    for tool in ("buildah", "docker"):
        if shutil.which(tool) is None:
            skip(f"{tool} is not installed")
    if not works("docker", "info"):
        skip("no Docker daemon answers")

    def missing() -> list:
        return [base for base in bases if not works("buildah", "inspect", "--type", "image", base)]

    maker = pathlib.Path(os.environ.get("CRT_SHARED", ROOT.parent / "shared")) / "tools/base-images.sh"
    if missing() and maker.exists():
        subprocess.run(["bash", str(maker), *made_by.split()], capture_output=True)
    if missing():
        skip(f"these base images are not in buildah's store: {', '.join(missing())}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, expected: str) -> None:
    last = None
    for _ in range(60):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as reply:
                text = reply.read().decode()
            assert expected in text, text
            return
        except OSError as problem:
            last = problem
        time.sleep(0.25)
    raise AssertionError(f"no answer: {last}")
