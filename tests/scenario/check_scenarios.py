"""Runs check on small trees and compares stdout, stderr, status and the files that it writes.

    check_scenarios.py PROGRAM [--update]     --update writes what is expected anew, to be read before it is committed
"""
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
import go_layouts as go  # noqa: E402
import native_layouts as native  # noqa: E402
import script_layouts as scripts  # noqa: E402

PROGRAM = sys.argv[1]
UPDATE = "--update" in sys.argv
EXPECTED = HERE / "expected" / "check"

GOOD = ("FROM debian:12-slim@sha256:" + "0" * 64 + "\nCOPY --chmod=755 app /app\nUSER 65532:65532\n"
        "COPY --from=certs:1 /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nENTRYPOINT [\"/app\"]\n")
POOR = """# syntax=docker/dockerfile:1
FROM golang:1.21 as Build
WORKDIR /src
COPY . .
# a comment that stays
RUN go build -o /app main.go
FROM debian:12-slim
RUN apt-get update && apt-get install curl \\

    wget
ADD conf.json /etc/conf.json
COPY --from=Build /app /app
ARG API_TOKEN
RUN curl -H "Authorization: $API_TOKEN" https://example.com/x | sh
EXPOSE 9000
CMD /app --port 8080
"""
SERVICE = ("apiVersion: serving.knative.dev/v1\nkind: Service\nspec:\n  template:\n    spec:\n      containers:\n"
           "        - image: x\n          ports:\n            - containerPort: 8080\n")
TREE = {"Dockerfile": POOR, "conf.json": "{}\n", "service.yaml": SERVICE, "go.mod": "module example.com/a\n\ngo 1.25\n",
        "main.go": 'package main\n\nimport "net/http"\n\nfunc main() { panic(http.ListenAndServe(":8080", nil)) }\n',
        "more.go": "package main\n", ".env": "DB_PASSWORD=k3Jx9vQ2mW7pLs4T\n"}
SECRET = "k3Jx9vQ2mW7pLs4TzB5n"

# name: (tree, options after "check"); options may name DIR
CASES = {
    "good": ({"Dockerfile": GOOD, "app": "x"}, []),
    "poor": (TREE, []),
    "poor-json": (TREE, ["--format", "json"]),
    "poor-markdown": (TREE, ["--format", "markdown"]),
    "poor-github": (TREE, ["--format", "github"]),
    "fix": (TREE, ["--fix"]),
    "fix-unsafe": (TREE, ["--fix", "--unsafe"]),
    "fix-dry-run": (TREE, ["--fix", "--unsafe", "--dry-run"]),
    "several": ({"a/Dockerfile": GOOD, "a/app": "x", "b/api.Dockerfile": "FROM x\n", "b/Dockerfile.dev": "FROM y\n", "c/Containerfile": "RUN\n",
                 "node_modules/d/Dockerfile": "FROM z\n", "e/Dockerfile.dockerignore": "x\n", "e/Dockerfile.md": "x\n"}, []),
    "fail-on-none": ({"Dockerfile": "RUN x\n"}, ["--fail-on", "none"]),
    "fail-on-warning": ({"Dockerfile": "FROM debian\n"}, ["--fail-on", "warning"]),
    "ignored": ({"Dockerfile": "FROM debian\n"}, ["--ignore", "**/Dockerfile=known", "--fail-on", "info"]),
    "secret": ({"Dockerfile": f"FROM a:1\nENV DB_PASSWORD={SECRET}\nENV A b\nUSER 1\n"}, ["--fix"]),
    "none": ({"README": "x\n"}, []),
    "missing": ({}, ["DIR/nothing"]),
    "binary": ({"Dockerfile": b"\x7fELF\0\1\2\xff"}, []),
    "not-utf8": ({"Dockerfile": b"FROM a:1\nLABEL a=\xff\xfe\nUSER 1\n"}, []),
    "long-line": ({"Dockerfile": "FROM a:1\nRUN " + "x" * 70000 + "\n"}, []),
    "cyclic": ({"Dockerfile": "FROM b AS a\nCOPY --from=a /x /y\nFROM a AS b\nCOPY --from=c /x /y\nFROM b AS c\nUSER 1\n"}, []),
    "control": ({"Dockerfile": "FROM a:1\nRUN \x1b[2J\x07 \u202e\n\x1b[31mX y\n"}, []),
    "unsafe-alone": ({"Dockerfile": GOOD}, ["--unsafe"]),
    "explain": ({}, ["--explain", "DF105"]),
    "explain-unknown": ({}, ["--explain", "DF10"]),
    "trusted": ({"Dockerfile": GOOD, "app": "x"}, ["--trusted-registry", "gcr.io"]),
    "context": ({"docker/Dockerfile": GOOD, "app": "x"}, ["DIR/docker"]),
}


def run(*arguments: str, folder=None) -> subprocess.CompletedProcess:
    return subprocess.run([PROGRAM, "check", *arguments], capture_output=True, env={"LC_ALL": "C", "COLUMNS": "100", "SOURCE_DATE_EPOCH": "1"},
                          cwd=folder, timeout=120)


def write(tree: dict, folder: pathlib.Path) -> None:
    for path, content in tree.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())


def observe(name: str, folder: pathlib.Path) -> dict:
    tree, options = CASES[name]
    write(tree, folder)
    options = [option.replace("DIR", str(folder)) for option in options]
    if not any(option.startswith(str(folder)) for option in options) and "--explain" not in options:
        options.append(str(folder))
    done = run(*options)
    # "not UTF-8" is told of, never printed.
    seen = {stream: text.decode().replace(str(folder), "DIR") for stream, text in (("stdout", done.stdout), ("stderr", done.stderr))}
    seen["status"] = f"{done.returncode}\n"
    for path, before in tree.items():
        after = (folder / path).read_bytes()
        if after != (before if isinstance(before, bytes) else before.encode()):
            assert "--fix" in options and "--dry-run" not in options, f"{name}: {path} was written"
            seen["file-" + path] = after.decode()
    if "--fix" in options:
        again = run(*options)
        assert "--dry-run" in options or b"+++" not in again.stdout, f"{name}: a second run changes something"
    if "--format" in options and "json" in options:
        json.loads(seen["stdout"])
    if name != "secret":
        return seen
    assert SECRET not in seen["stdout"] + seen["stderr"] and SECRET in seen["file-Dockerfile"], "the secret was shown, or lost"
    seen["file-Dockerfile"] = seen["file-Dockerfile"].replace(SECRET, "SECRET")
    return seen


def compare(name: str, seen: dict) -> list:
    place = EXPECTED / name
    if UPDATE:
        place.mkdir(parents=True, exist_ok=True)
        for old in place.iterdir():
            old.unlink()
        for file, text in seen.items():
            (place / file).write_text(text)
        return []
    expected = {path.name: path.read_text() for path in place.iterdir()} if place.is_dir() else {}
    return [f"{name}: {file} differs:\n--- expected\n{expected.get(file, '')}--- seen\n{seen.get(file, '')}"
            for file in sorted(expected.keys() | seen.keys()) if expected.get(file) != seen.get(file)]


def what_init_writes_passes() -> list:
    layouts = {name: getattr(go, name) for name in ("ROOT_MAIN", "THREE_MAINS", "LOCAL_REPLACE", "REPLACE_ABOVE", "GRPC", "VENDORED")}
    # Its source listens on the loopback address, which is an error of the source and not of what is written.
    shared = {path: text.replace("127.0.0.1", "0.0.0.0") for path, text in native.CPP_SHARED.items()}
    layouts |= native.LAYOUTS | {"shared": shared, "vcpkg": native.CPP_VCPKG, "crates": native.RUST_CRATES}
    layouts |= {name: getattr(scripts, name) for name in (
        "NODE_PLAIN", "NODE_BUILD", "EXPRESS", "TYPESCRIPT", "NEXT", "PAGE", "PYTHON_PLAIN", "PYTHON_SRC", "FASTAPI", "FLASK",
        "DJANGO", "POETRY", "JAVA_PLAIN", "JAVA_GRADLE", "SPRING", "SPRING_GRADLE", "DOTNET", "DOTNET_MVC", "SITE", "SITE_BELOW")}
    problems = []
    for name, tree in layouts.items():
        written = 0
        for base in ("static", "distroless", "debian-slim"):
            for profile in ("bursty", "steady", "strict-latency"):
                with tempfile.TemporaryDirectory() as work:
                    folder = pathlib.Path(work) / "src"
                    go.write(tree, folder)
                    module = folder / "svc" if name == "REPLACE_ABOVE" else folder
                    made = subprocess.run([PROGRAM, "init", str(module), "--base", base, "--profile", profile], capture_output=True, text=True)
                    if made.returncode == 2:
                        continue  # a base that cannot hold this program
                    written += 1
                    checked = run("--fail-on", "warning", str(module))
                    if made.returncode != 0 or checked.returncode != 0:
                        problems.append(f"init of {name} {base} {profile}: {made.stderr}{checked.stdout.decode()}")
        if written == 0:
            problems.append(f"init of {name} wrote nothing")
    return problems


def hostile_trees() -> list:
    problems = []
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        write({"Dockerfile": "FROM a:1\nCOPY . .\nUSER 1\n", "d/x": "x"}, folder)
        (folder / "d" / "loop").symlink_to("..")
        (folder / "d" / "self").symlink_to("self")
        os.mkfifo(folder / "pipe")
        (folder / "link.Dockerfile").symlink_to("Dockerfile")
        deep = folder
        for _ in range(60):
            deep = deep / "n"
            deep.mkdir()
        done = run(str(folder))
        if done.returncode != 0 or b"in 1 file" not in done.stdout:
            problems.append(f"loops of links: {done}")
        done = run("--fix", str(folder / "link.Dockerfile"))
        if not (folder / "link.Dockerfile").is_symlink():
            problems.append(f"a link was replaced: {done}")
    return problems


def speed() -> list:
    """10,000 files; processor time, for the machine may have other work."""
    if os.environ.get("CRT_SANITIZED") == "1":
        return []
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        write(TREE, folder)
        for number in range(10_000):
            place = folder / f"assets/{number % 100:02}"
            place.mkdir(parents=True, exist_ok=True)
            (place / f"{number}.txt").write_text("x")
        best = 99.0
        for _ in range(5):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            run(str(folder))
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return [] if best <= 0.15 else [f"a tree of 10,000 files took {best:.3f} s of processor time"]


def main() -> None:
    problems = []
    for name in CASES:
        with tempfile.TemporaryDirectory() as work:
            problems += compare(name, observe(name, pathlib.Path(work)))
    problems += what_init_writes_passes() + hostile_trees() + speed()
    print("\n".join(problems) or f"{len(CASES)} cases")
    sys.exit(1 if problems else 0)


main()
