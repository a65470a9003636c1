"""What init writes for Go programs with C code, workspaces, private modules, link flags and front ends, word for word.

    init_go_variants.py PROGRAM [--update]"""
import pathlib
import sys
import tempfile

import init_scenarios as base
from init_scenarios import MAIN, MOD

sys.path.insert(0, str(base.HERE.parent / "support"))
import go_layouts as layouts  # noqa: E402

EXPECTED = base.HERE / "expected" / "init-go"
ZLIB = MAIN.replace('import "net/http"', '// #cgo LDFLAGS: -lz\nimport "C"\n\nimport "net/http"')
PRIVATE = {"go.mod": "module git.corp.example/team/svc\n\ngo 1.26\n\nrequire git.corp.example/team/lib v1.0.0\n", "go.sum": "",
           "main.go": MAIN}
YARN = {name: text for name, text in layouts.FRONT_END.items() if name not in ("web/package-lock.json", "web/.nvmrc")}
YARN["web/yarn.lock"] = "# yarn lockfile v1\n"

CASES = {
    "sqlite": (layouts.SQLITE, ".", []),
    "sqlite-static": (layouts.SQLITE, ".", ["--base", "static"]),
    "shared": (layouts.SHARED_C, ".", []),
    "shared-static": (layouts.SHARED_C, ".", ["--base", "static"]),
    "zlib": ({"go.mod": MOD, "main.go": ZLIB}, ".", []),
    "unknown-library": ({"go.mod": MOD, "main.go": ZLIB.replace("-lz", "-lnobodyknows")}, ".", ["--format", "json"]),
    "workspace-root": (layouts.WORKSPACE, ".", ["--format", "json"]),
    "workspace-member": (layouts.WORKSPACE, "api", []),
    "front-end": (layouts.FRONT_END, ".", []),
    "front-end-yarn": (YARN, ".", ["--dry-run"]),
    "private": (PRIVATE, ".", []),
    "explain": (layouts.FRONT_END, ".", ["--explain", "--dry-run"]),
    "upper-image": ({"go.mod": MOD, "main.go": MAIN}, ".", ["--image", "UPPER/x"]),
}


def main() -> int:
    base.CASES = CASES
    base.EXPECTED = EXPECTED
    failures = 0
    for name in CASES:
        with tempfile.TemporaryDirectory() as work:
            seen, problems = base.observe(name, pathlib.Path(work))
            problems += base.compare(name, seen)
        for problem in problems:
            print(f"FAILED: {name}: {problem}")
        failures += bool(problems)
    print(f"{len(CASES) - failures} of {len(CASES)} scenarios hold")
    return 1 if failures else 0


sys.exit(main())
