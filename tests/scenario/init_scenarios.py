"""Runs the real program on small source trees and compares stdout, stderr, status and every file it writes.

    init_scenarios.py PROGRAM [--update]      --update writes what is expected anew, to be read before it is committed
"""
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "support"))
import go_layouts as layouts  # noqa: E402
import native_layouts as native  # noqa: E402
import script_layouts  # noqa: E402

PROGRAM = sys.argv[1]
UPDATE = "--update" in sys.argv
EXPECTED = HERE / "expected" / "init"
MAIN = 'package main\n\nimport "net/http"\n\nfunc main() { panic(http.ListenAndServe(":8080", nil)) }\n'
MOD = "module example.com/app/v2\n\ngo 1.24\n"
TWO = {"go.mod": MOD, "cmd/a/main.go": MAIN, "cmd/b/main.go": MAIN}

# name: (tree, folder of the module, options)
CASES = {
    "root": (layouts.ROOT_MAIN, ".", []),
    "root-static-steady": (layouts.ROOT_MAIN, ".", ["--base", "static", "--profile", "steady", "--region", "europe-west1"]),
    "root-slim-strict": (layouts.ROOT_MAIN, ".", ["--base", "debian-slim", "--profile", "strict-latency", "--service",
                                                  "front", "--image", "europe-docker.pkg.dev/p/r/front:v2"]),
    "root-json": (layouts.ROOT_MAIN, ".", ["--dry-run", "--format", "json"]),
    "three-mains": (layouts.THREE_MAINS, ".", ["--port", "9191"]),
    "local-replace": (layouts.LOCAL_REPLACE, ".", []),
    "replace-above": (layouts.REPLACE_ABOVE, "svc", []),
    "grpc": (layouts.GRPC, ".", []),
    "vendored": (layouts.VENDORED, ".", ["--base", "static"]),
    "dry-run": ({"go.mod": MOD, "main.go": MAIN}, ".", ["--dry-run"]),
    "conflict": ({"go.mod": MOD, "main.go": MAIN, "Dockerfile": "FROM scratch\n"}, ".", []),
    "conflict-json": ({"go.mod": MOD, "main.go": MAIN, "Dockerfile": "FROM scratch\n"}, ".", ["--format", "json"]),
    "force": ({"go.mod": MOD, "main.go": MAIN, "Dockerfile": "FROM scratch\n"}, ".", ["--force"]),
    "choice": (TWO, ".", []),
    "choice-json": (TWO, ".", ["--format", "json"]),
    "chosen": (TWO, ".", ["--main", "./cmd/b"]),
    "wrong-main": (TWO, ".", ["--main", "./cmd/c"]),
    "library": ({"go.mod": MOD, "x.go": "package app\n"}, ".", ["--format", "json"]),
    "command": ({"go.mod": MOD, "main.go": "package main\n\nfunc main() {}\n"}, ".", []),
    "cgo": ({"go.mod": MOD, "main.go": MAIN.replace('import "net/http"', 'import (\n\t"net/http"\n\n\t_ "github.com/mattn/go-sqlite3"\n)')},
            ".", ["--format", "json"]),
    "workspace": ({"go.work": "go 1.26\n\nuse (\n\t./a\n\t./b\n)\n", "a/go.mod": MOD}, ".", []),
    "node": ({"package.json": "{}\n"}, ".", ["--format", "json"]),
    "empty": ({"README": "\n"}, ".", []),
    **{f"{layout}-{base}": (tree, "crates/web" if layout == "rust-member" else ".", ["--base", base])
       for layout, tree in native.LAYOUTS.items() for base in ("distroless", "static", "debian-slim")},
    "cpp-steady": (native.CPP_CMAKE, ".", ["--profile", "steady", "--port", "9000"]),
    "cpp-strict": (native.CPP_CMAKE, ".", ["--profile", "strict-latency"]),
    "cpp-json": (native.CPP_CMAKE, ".", ["--dry-run", "--format", "json"]),
    "rust-json": (native.RUST, ".", ["--dry-run", "--format", "json"]),
    **{f"cpp-shared-{base}": (native.CPP_SHARED, ".", ["--base", base]) for base in ("distroless", "static")},
    "cpp-vcpkg": (native.CPP_VCPKG, ".", []),
    "cpp-conan": ({**native.C_CMAKE, "conanfile.txt": "[requires]\nzlib/1.3.1\n"}, ".", []),
    "cpp-choice": (native.CPP_TWO, ".", ["--format", "json"]),
    "cpp-library": ({"CMakeLists.txt": "project(x)\nadd_library(x x.cpp)\n"}, ".", []),
    "c-make": ({"Makefile": "server: server.c\n\tcc -o $@ $<\n", "server.c": "int main(void) {}\n"}, ".", ["--format", "json"]),
    "rust-crates": (native.RUST_CRATES, ".", []),
    "rust-rocket": (native.RUST_ROCKET, ".", []),
    "rust-bad-toml": ({"Cargo.toml": "[package\n"}, ".", []),
    "bad-service": ({"go.mod": MOD, "main.go": MAIN}, ".", ["--service", "Bad Name\nRUN x"]),
    "bad-base": ({"go.mod": MOD, "main.go": MAIN}, ".", ["--base", "alpine"]),
    "bad-port": ({"go.mod": MOD, "main.go": MAIN}, ".", ["--port", "0"]),
}
CASES.update(script_layouts.SCENARIOS)


def run(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, env={"LC_ALL": "C", "COLUMNS": "100"})


def snapshot(folder: pathlib.Path) -> dict:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def observe(name: str, work: pathlib.Path) -> tuple:
    """What the case gives, as files of the expected folder, and the problems that hold for every case."""
    tree, module, options = CASES[name]
    folder = work / "src"
    layouts.write(tree, folder)
    before = snapshot(folder)
    done = run("init", str(folder / module), *options)
    after = snapshot(folder)
    problems = []
    seen = {"stdout": done.stdout.replace(str(folder), "DIR"), "stderr": done.stderr.replace(str(folder), "DIR"),
            "status": f"{done.returncode}\n"}
    written = {path: text for path, text in after.items() if before.get(path) != text}
    if (done.returncode != 0 or "--dry-run" in options) and written:
        problems.append(f"wrote {sorted(written)}")
    for path, text in written.items():
        # A golden file must not be mistaken for one of the repository's own.
        seen["file-" + pathlib.PurePath(path).name.lstrip(".")] = text
    if "--format" in options:
        document = json.loads(done.stdout)
        if list(document) != ["schema", "service", "evidence", "choices", "files"]:
            problems.append(f"members: {list(document)}")
        if document["schema"] != "cloudrun-tune/init/v1":
            problems.append("schema")
    if done.returncode == 0 and "--dry-run" not in options:
        again = run("init", str(folder / module), *[option for option in options if option != "--force"])
        if again.returncode != 0 or snapshot(folder) != after or again.stdout.count("unchanged") != 3:
            problems.append(f"a second run is not quiet: {again.stdout}{again.stderr}")
    return seen, problems


def compare(name: str, seen: dict) -> list:
    folder = EXPECTED / name
    if UPDATE:
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for file, text in seen.items():
            (folder / file).write_text(text)
        return []
    wanted = {path.name: path.read_text() for path in folder.iterdir()} if folder.exists() else {}
    return [f"{file} differs\n--- expected\n{wanted.get(file)}\n--- seen\n{seen.get(file)}"
            for file in sorted(set(wanted) | set(seen)) if wanted.get(file) != seen.get(file)]


def check_links(work: pathlib.Path) -> list:
    """A link in the tree is neither followed nor written through."""
    folder = work / "links"
    outside = work / "outside"
    layouts.write({"main.go": MAIN, "Dockerfile": "mine\n"}, outside)
    layouts.write({"go.mod": MOD, "main.go": MAIN}, folder)
    (folder / "cmd").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    (folder / "Dockerfile").symlink_to(outside / "Dockerfile")
    done = run("init", str(folder), "--force")
    problems = []
    if done.returncode != 2 or "move it away" not in done.stderr or (outside / "Dockerfile").read_text() != "mine\n" or (folder / "service.yaml").exists():
        problems.append(f"links: {done.returncode} {done.stdout}{done.stderr}")
    return problems


def main() -> int:
    failures = 0
    for name in [*CASES, "links"]:
        with tempfile.TemporaryDirectory() as work:
            if name == "links":
                problems = check_links(pathlib.Path(work))
            else:
                seen, problems = observe(name, pathlib.Path(work))
                problems += compare(name, seen)
        for problem in problems:
            print(f"FAILED: {name}: {problem}")
        failures += bool(problems)
    print(f"{len(CASES) + 1 - failures} of {len(CASES) + 1} scenarios hold")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
