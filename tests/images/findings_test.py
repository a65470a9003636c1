"""Builds small images and compares what analyze says of their start with what docker run does.

Skipped, with the reason, where docker, go or the base images are not there."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

PROGRAM = sys.argv[1]
SKIPPED = 77
DEBIAN = "debian:bookworm-slim"
STATIC = "gcr.io/distroless/static-debian12"
LABEL = "cloudrun-tune-findings-test"
GO_MAIN = """package main

import (
\t"fmt"
\t"net"
)

func main() {
\taddresses, _ := net.LookupHost("localhost")
\tfmt.Println("started", len(addresses) > 0)
}
"""

failures = []


def skip(reason):
    print(f"SKIPPED: {reason}")
    sys.exit(SKIPPED)


def run(*command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(map(str, command))} failed with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def check(name, holds, what):
    if not holds:
        failures.append(f"{name}: {what}")


def check_machine():
    for tool in ("docker", "go", "gcc", "python3"):
        if shutil.which(tool) is None:
            skip(f"{tool} is not installed")
    if subprocess.run(["docker", "info"], capture_output=True).returncode != 0:
        skip("no Docker daemon answers")
    for base in (DEBIAN, STATIC):
        if subprocess.run(["docker", "image", "inspect", base], capture_output=True).returncode != 0:
            skip(f"the image {base} is not there")


def go_build(folder, out, *flags, cgo="0"):
    environment = {**os.environ, "CGO_ENABLED": cgo, "GOFLAGS": "-mod=mod -buildvcs=false", "GOOS": "linux", "GOARCH": "amd64"}
    run("go", "build", *flags, "-o", str(out), ".", cwd=folder, env=environment)


class Bench:
    """A folder with the built programs, and images made from it."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.images = []

    def image(self, dockerfile):
        output = run("docker", "build", "-q", "--label", LABEL, "-f", "-", str(self.folder), input=dockerfile,
                     env={**os.environ, "DOCKER_BUILDKIT": "0"})
        image = output.split()[-1]
        self.images.append(image)
        return image

    def analyze(self, image):
        archive = self.folder.parent / f"{image.split(':')[-1]}.tar"
        run("docker", "save", "-o", str(archive), image)
        try:
            return json.loads(run(PROGRAM, "analyze", str(archive), "--format", "json"))
        finally:
            archive.unlink()

    def starts(self, image):
        """Whether the program began to run; runtimes and shells answer 125 to 127 where it did not, the loader 127."""
        done = subprocess.run(["docker", "run", "--rm", "--network=none", image], capture_output=True, text=True, timeout=60)
        return done.returncode == 0, (done.stdout + done.stderr).strip()

    def remove(self):
        for image in self.images:
            subprocess.run(["docker", "rmi", "-f", image], capture_output=True)


# name, Dockerfile, the rule of the error that is to be told (None: none), a text of its message or fix
STARTS = [
    ("static", f"FROM {STATIC}\nCOPY static /server\nUSER 65532:65532\nENTRYPOINT [\"/server\"]", None, ""),
    ("scratch", "FROM scratch\nCOPY static /server\nENTRYPOINT [\"/server\"]", None, ""),
    ("cgo on debian", f"FROM {DEBIAN}\nCOPY cgo /server\nENTRYPOINT [\"/server\"]", None, ""),
    ("cgo on distroless/static", f"FROM {STATIC}\nCOPY cgo /server\nENTRYPOINT [\"/server\"]", "IMG303", "CGO_ENABLED=0"),
    ("wrong path", f"FROM {STATIC}\nCOPY static /app/server\nENTRYPOINT [\"/app/servre\"]", "IMG301", "/app/server"),
    ("no command", f"FROM {STATIC}\nCOPY static /server", "IMG301", ""),
    ("not in PATH", f"FROM {DEBIAN}\nWORKDIR /app\nCOPY static server\nCMD [\"server\"]", "IMG301", "/app/server"),
    ("in the working directory", f"FROM {DEBIAN}\nWORKDIR /app\nCOPY static server\nCMD [\"./server\"]", None, ""),
    ("not executable", f"FROM {STATIC}\nCOPY plain /server\nENTRYPOINT [\"/server\"]", "IMG302", "0755"),
    ("another's", f"FROM {DEBIAN}\nCOPY static /server\nRUN chmod 0700 /server\nUSER 65532\nENTRYPOINT [\"/server\"]",
     "IMG302", "65532"),
    ("closed folder", f"FROM {DEBIAN}\nCOPY static /app/server\nRUN chmod 0700 /app\nUSER 65532\nENTRYPOINT [\"/app/server\"]",
     "IMG302", "/app"),
    ("missing library", f"FROM {DEBIAN}\nCOPY needy /server\nENTRYPOINT [\"/server\"]", "IMG304", "libcloudrun.so.1"),
    ("library elsewhere", f"FROM {DEBIAN}\nCOPY needy /server\nCOPY libcloudrun.so.1 /opt/l/\nENV LD_LIBRARY_PATH=/opt/l\n"
     "ENTRYPOINT [\"/server\"]", None, ""),
    ("library of ldconfig", f"FROM {DEBIAN}\nCOPY needy /server\nCOPY libcloudrun.so.1 /opt/l/\n"
     "RUN echo /opt/l > /etc/ld.so.conf.d/l.conf && ldconfig\nENTRYPOINT [\"/server\"]", None, ""),
    ("missing user", f"FROM {STATIC}\nCOPY static /server\nUSER app\nENTRYPOINT [\"/server\"]", "IMG307", "app"),
    ("missing group", f"FROM {DEBIAN}\nCOPY static /server\nUSER root:app\nENTRYPOINT [\"/server\"]", "IMG307", "app"),
    ("known user", f"FROM {STATIC}\nCOPY static /server\nUSER nobody\nENTRYPOINT [\"/server\"]", None, ""),
    ("script", f"FROM {DEBIAN}\nCOPY script /start\nCOPY static /server\nENTRYPOINT [\"/start\"]", None, ""),
    ("script without a shell", f"FROM {STATIC}\nCOPY script /start\nCOPY static /server\nENTRYPOINT [\"/start\"]", "IMG303", "/bin/sh"),
    ("script with CR LF", f"FROM {DEBIAN}\nCOPY crlf /start\nCOPY static /server\nENTRYPOINT [\"/start\"]", "IMG303", "CR LF"),
    ("script without #!", f"FROM {DEBIAN}\nCOPY bare /start\nENTRYPOINT [\"/start\"]", "IMG309", "#!"),
    ("other machine", f"FROM {STATIC}\nCOPY arm64 /server\nENTRYPOINT [\"/server\"]", "IMG309", "arm64"),
    ("shell form", f"FROM {DEBIAN}\nCOPY static /server\nCMD /server", None, ""),
    ("shell form of nothing", f"FROM {DEBIAN}\nCMD /servre --port 1", "IMG301", "/servre"),
]


def make_files(folder, source):
    source.mkdir()
    (source / "go.mod").write_text("module example.com/server\n\ngo 1.21\n")
    (source / "main.go").write_text(GO_MAIN)
    go_build(source, folder / "static")
    go_build(source, folder / "cgo", cgo="1")
    (folder / "plain").write_bytes((folder / "static").read_bytes())
    (folder / "plain").chmod(0o644)
    # A machine's number is all that the kernel asks.
    other = bytearray((folder / "static").read_bytes())
    other[18:20] = (183).to_bytes(2, "little")
    (folder / "arm64").write_bytes(other)
    (source / "l.c").write_text("int answer(void) { return 42; }\n")
    (source / "m.c").write_text("int answer(void);\nint main(void) { return answer() - 42; }\n")
    run("gcc", "-shared", "-fPIC", "-Wl,-soname,libcloudrun.so.1", "-o", str(folder / "libcloudrun.so.1"), str(source / "l.c"))
    run("gcc", "-o", str(folder / "needy"), str(source / "m.c"), str(folder / "libcloudrun.so.1"))
    (folder / "script").write_text("#!/bin/sh\nexec /server\n")
    (folder / "crlf").write_bytes(b"#!/bin/sh\r\nexec /server\r\n")
    (folder / "bare").write_text("exec /server\n")
    go_build(source, folder / "stripped", "-ldflags=-s -w")
    (folder / "app").mkdir()
    for i in range(3):
        (folder / "app" / f"m{i}.py").write_text(f"x = {i}\n")
    run(sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "timestamp", str(folder / "app"))
    for name in ("arm64", "script", "crlf", "bare"):
        (folder / name).chmod(0o755)


def check_start(bench, name, dockerfile, rule, text):
    image = bench.image(dockerfile)
    errors = [f for f in bench.analyze(image)["findings"] if f["severity"] == "error"]
    started, said = bench.starts(image)
    check(name, started == (rule is None), f"docker run {'starts' if started else 'does not start'} it: {said[:200]}")
    check(name, [f["rule"] for f in errors] == ([rule] if rule else []), f"told {errors}")
    told = " ".join(f["message"] + " " + f["fix"] for f in errors)
    check(name, text in told, f"{text!r} is not in {told!r}")
    print(f"{name}: {'starts' if started else 'fails'}, told {[f['rule'] for f in errors]}")


def check_shell(bench):
    image = bench.image(f"FROM {DEBIAN}\nCMD sleep 5 && true")
    check("shell form", "IMG201" in [f["rule"] for f in bench.analyze(image)["findings"]], "IMG201 is not told")
    container = run("docker", "run", "-d", "--rm", image).strip()
    first = run("docker", "exec", container, "cat", "/proc/1/cmdline")
    subprocess.run(["docker", "rm", "-f", container], capture_output=True)
    check("shell form", first.startswith("/bin/sh"), f"process 1 is {first!r}")


def check_strippable(bench):
    """The bytes told are those that a link with -s -w leaves out, but for what alignment takes."""
    saved = (bench.folder / "static").stat().st_size - (bench.folder / "stripped").stat().st_size
    image = bench.image(f"FROM {STATIC}\nCOPY static /server\nENTRYPOINT [\"/server\"]")
    report = bench.analyze(image)
    found = [f for f in report["findings"] if f["rule"] == "BIN101"]
    check("strip", len(found) == 1, f"told {found}")
    check("strip", found and abs(found[0]["bytes"] - saved) <= 4096, f"told {found[0]['bytes'] if found else None}, a link saves {saved}")
    rules = {f["rule"] for f in report["findings"]}
    # go 1.21 in go.mod switches the container's limit off, whatever Go builds it.
    check("hygiene", {"BIN102", "BIN109"} <= rules, f"told {sorted(rules)}")
    print(f"strip: told {found[0]['bytes'] if found else None}, a link saves {saved}")
    image = bench.image(f"FROM {STATIC}\nCOPY stripped /server\nENTRYPOINT [\"/server\"]")
    check("strip", "BIN101" not in {f["rule"] for f in bench.analyze(image)["findings"]}, "told of a stripped program")


def check_bytecode(bench):
    """Compiled here; fresh as it is, stale after a touch."""
    for name, more, expected in (("fresh", "", 0), ("stale", "RUN touch -d 2020-01-01 /app/m1.py", 1)):
        report = bench.analyze(bench.image(f"FROM {DEBIAN}\nCOPY app /app\n{more}"))
        found = [f for f in report["findings"] if f["rule"] == "IMG204"]
        check(f"{name} bytecode", len(found) == expected, f"told {found}")
        if expected and found:
            check(f"{name} bytecode", "/m1." in found[0]["path"] and "of 3 .pyc files checked" in found[0]["message"], f"told {found}")


def main():
    check_machine()
    with tempfile.TemporaryDirectory() as top:
        folder = pathlib.Path(top) / "context"
        folder.mkdir()
        source = pathlib.Path(top) / "source"
        make_files(folder, source)
        bench = Bench(folder)
        try:
            with ThreadPoolExecutor(4) as pool:
                work = [pool.submit(check_start, bench, *case) for case in STARTS]
                work += [pool.submit(check_shell, bench), pool.submit(check_strippable, bench),
                         pool.submit(check_bytecode, bench)]
            for done in work:
                done.result()
        finally:
            bench.remove()
    for failure in failures:
        print(f"FAILED {failure}")
    sys.exit(1 if failures else 0)


main()
