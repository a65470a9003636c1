"""init --check tells what has drifted from the source and touches nothing; init --all writes each service."""
import json
import pathlib
import sys
import tempfile

import init_scenarios as base
from init_scenarios import MAIN, MOD, run, snapshot

sys.path.insert(0, str(base.HERE.parent / "support"))
import go_layouts as layouts  # noqa: E402

problems = []


def expect(what: str, holds: bool, seen: object = "") -> None:
    if not holds:
        problems.append(f"{what}: {seen}")


def check(folder: pathlib.Path, status: int, *lines: str) -> None:
    before = snapshot(folder)
    done = run("init", str(folder), "--check")
    expect(f"status {status}", done.returncode == status, f"{done.returncode} {done.stdout}{done.stderr}")
    for line in lines:
        expect(f"says {line}", line in done.stdout.splitlines(), done.stdout)
    expect("--check writes nothing", snapshot(folder) == before)


def change(path: pathlib.Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text, (path, old)
    path.write_text(text.replace(old, new))


def drift(work: pathlib.Path) -> None:
    folder = work / "drift"
    layouts.write({"go.mod": MOD, "cmd/a/main.go": MAIN, "page.html": "x\n"}, folder)
    check(folder, 1, "Dockerfile: is not there", ".dockerignore: is not there", "service.yaml: is not there")
    run("init", str(folder), "--base", "static", "--profile", "steady", "--port", "9000", "--region", "europe-west1")
    # The options need not be said again.
    check(folder, 0, "Nothing has drifted: init would write the same today.")
    (folder / "Dockerfile").write_text("# ours\n" + (folder / "Dockerfile").read_text())
    check(folder, 0)
    change(folder / "go.mod", "go 1.24", "go 1.27")
    change(folder / "cmd/a/main.go", "func main() {", 'var _, _ = os.ReadFile("page.html")\n\nfunc main() {')
    change(folder / "cmd/a/main.go", 'import "net/http"', 'import (\n\t"net/http"\n\t"os"\n)')
    check(folder, 1, "Dockerfile:6: needs: FROM golang:1.27-bookworm AS build", "        version: go 1.27 (go.mod:3)",
          "Dockerfile: lacks: COPY page.html /app/", "        runtime file: page.html (cmd/a/main.go:8)",
          ".dockerignore: lacks: !page.html")
    document = json.loads(run("init", str(folder), "--check", "--format", "json").stdout)
    expect("drift in JSON", {"Dockerfile", ".dockerignore"} <= {row["file"] for row in document["drift"]}, document["drift"])
    layouts.write({"cmd/b/main.go": MAIN}, folder)
    check(folder, 1, "Dockerfile: init would not write this: 2 main packages listen")
    done = run("init", str(folder), "--check", "--force")
    expect("--check takes no --force", done.returncode == 2, done.stderr)


def all_services(work: pathlib.Path) -> None:
    folder = work / "all"
    layouts.write(layouts.WORKSPACE, folder)
    done = run("init", str(folder), "--all")
    expect("all are written", done.returncode == 0, done.stdout + done.stderr)
    for service in ("api", "jobs"):
        expect(service, (folder / service / "service.yaml").exists())
    expect("a library is none", not (folder / "lib/Dockerfile").exists())
    expect("a second run is quiet", run("init", str(folder), "--all").stdout.count("unchanged") == 6)
    document = json.loads(run("init", str(folder), "--all", "--dry-run", "--format", "json").stdout)
    expect("document", [row["directory"] for row in document["services"]] == ["api", "jobs"], document)
    expect("members", list(document["services"][0])[1:] == ["service", "evidence", "choices", "files"])
    expect("no drift", run("init", str(folder), "--all", "--check").returncode == 0)
    (folder / "jobs/Dockerfile").write_text("FROM scratch\n")
    (folder / "api/Dockerfile").unlink()
    done = run("init", str(folder), "--all")
    expect("one conflict stops all", done.returncode == 2 and not (folder / "api/Dockerfile").exists(), done.stderr)
    expect("drift in one", run("init", str(folder), "--all", "--check").returncode == 1)
    expect("--main is about one", run("init", str(folder), "--all", "--main", ".").returncode == 2)
    same = work / "same"
    layouts.write({f"{place}/go.mod": "module example.com/svc\n" for place in ("a/x", "b/x")}, same)
    layouts.write({f"{place}/main.go": MAIN for place in ("a/x", "b/x")}, same)
    run("init", str(same), "--all")
    names = [line for place in ("a/x", "b/x") for line in (same / place / "service.yaml").read_text().splitlines()
             if line.startswith("  name: ")]
    expect("names differ", names == ["  name: a-x", "  name: b-x"], names)
    empty = work / "empty"
    empty.mkdir()
    expect("nothing there", run("init", str(empty), "--all").returncode == 2)


with tempfile.TemporaryDirectory() as place:
    drift(pathlib.Path(place))
    all_services(pathlib.Path(place))
print("\n".join(f"FAILED: {problem}" for problem in problems) or "init --check and --all hold")
sys.exit(1 if problems else 0)
