"""Builds small Go programs and compares what is told of them with what the Go tools say."""
import collections
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile

DRIVER = sys.argv[1]
SKIPPED = 77
EMBEDDED = b"page " * 20000

WEB = """package main

import (
	"embed"
	"net/http"
	"os"
	"text/template"
)

//go:embed pages
var pages embed.FS

func main() {
	if len(os.Args) > 1 {
		http.ListenAndServe(":8080", http.FileServer(http.FS(pages)))
	}
	template.Must(template.New("x").Parse("{{.}}")).Execute(os.Stdout, 3)
}
"""
SMALL = """package main

import (
	"fmt"
	"sort"

	"example.com/replaced/lib"
)

type pair[K comparable, V any] struct {
	k K
	v V
}

func sorted[K comparable, V any](m map[K]V, less func(a, b pair[K, V]) bool) []pair[K, V] {
	var out []pair[K, V]
	for k, v := range m {
		out = append(out, pair[K, V]{k, v})
	}
	sort.Slice(out, func(i, j int) bool { return less(out[i], out[j]) })
	return out
}

func main() {
	lib.Print(fmt.Sprint(sorted(map[string]int{"a": 1}, func(a, b pair[string, int]) bool { return a.v < b.v })))
}
"""
LIB = """package lib

import "os"

//go:noinline
func Print(text string) { os.Stdout.WriteString(text + "\\n") }
"""
SMALL_MOD = """module example.com/small

go 1.19

require example.com/replaced v1.2.3

replace example.com/replaced => ../lib
"""

failures = []


def check(condition: bool, what: str) -> None:
    if not condition:
        failures.append(what)
        print("FAILED:", what)


def skip(reason: str) -> None:
    print("skipped:", reason)
    sys.exit(SKIPPED)


def told(path: pathlib.Path) -> dict:
    result = json.loads(subprocess.run([DRIVER, str(path)], check=True, capture_output=True, text=True).stdout)
    check(sum(owner[3] for owner in result["owners"]) == path.stat().st_size, f"{path.name}: the owners add up")
    check(result["notes"] == [], f"{path.name}: no notes, but {result['notes']}")
    check(result["language"] == "go", f"{path.name}: is Go")
    return result


def texts(result: dict) -> dict:
    return {owner[1]: owner[4] for owner in result["owners"] if owner[0] == "package" and owner[4] > 0}


def section_size(path: pathlib.Path, wanted: str) -> int:
    data = path.read_bytes()
    at, = struct.unpack_from("<Q", data, 40)
    stride, count, names = struct.unpack_from("<HHH", data, 58)
    rows = [struct.unpack_from("<IIQQQQ", data, at + i * stride) for i in range(count)]
    for name, _, _, _, _, size in rows:
        start = rows[names][4] + name
        if data[start:data.index(b"\0", start)].decode() == wanted:
            return size
    return 0


def without_section_headers(path: pathlib.Path) -> pathlib.Path:
    data = bytearray(path.read_bytes())
    data[40:48] = bytes(8)
    data[58:64] = bytes(6)
    bare = path.with_name(path.name + "-bare")
    bare.write_bytes(data)
    return bare


def package_of(symbol: str) -> str:
    named = re.match(r"type[:.]\.(eq|hash)\.(?!\[|struct|go\.|noalg)(.*)", symbol)
    if named:
        symbol = named.group(2)
    elif re.match(r"(go|type)[:.]", symbol):
        return ""
    head = re.split(r"[\[({*<=> \",;]", symbol)[0]
    dot = head.find(".", max(head.rfind("/"), 0))
    return re.sub("%([0-9a-f]{2})", lambda m: chr(int(m.group(1), 16)), head[:dot]) if dot > 0 else ""


def nm_texts(path: pathlib.Path) -> tuple:
    """What `go tool nm` says of each package: from each function to the next, as the padding between is owned too."""
    lines = subprocess.run(["go", "tool", "nm", "-size", "-n", str(path)], check=True, capture_output=True, text=True)
    rows = [line.split(None, 3) for line in lines.stdout.splitlines()]
    functions = [(int(row[0], 16), int(row[1]), row[3]) for row in rows if len(row) == 4 and row[2] in "tT" and row[1] != "0"]
    sums = collections.Counter()
    for i, (address, size, name) in enumerate(functions):
        end = functions[i + 1][0] if i + 1 < len(functions) else address + size
        sums[package_of(name)] += end - address
    without_package = sums.pop("", 0)
    return sums, without_package


def nm_codes(path: pathlib.Path) -> collections.Counter:
    """What `go tool nm -size` adds up to for each package in the names of functions."""
    lines = subprocess.run(["go", "tool", "nm", "-size", str(path)], check=True, capture_output=True, text=True)
    rows = [line.split(None, 3) for line in lines.stdout.splitlines()]
    sums = collections.Counter()
    for row in rows:
        if len(row) == 4 and row[2] in "tT" and not re.match(r"(go|type)[:.]", row[3]):
            sums[package_of(row[3])] += int(row[1])
    sums.pop("", None)
    return sums


def compare_code_with_nm(path: pathlib.Path, result: dict) -> None:
    mine = {owner[1]: owner[5] for owner in result["owners"] if owner[0] == "package"}
    theirs = nm_codes(path)
    for package, size in theirs.items():
        if size == 0: continue
        check(abs(mine.get(package, 0) - size) <= 0.01 * size,
              f"{path.name}: {package} has {mine.get(package, 0)} bytes of code without padding, nm -size says {size}")
    both = sum(mine.values())
    check(abs(both - sum(theirs.values())) <= 0.001 * both, f"{path.name}: {both} bytes of code, nm -size says {sum(theirs.values())}")


def compare_with_nm(path: pathlib.Path, result: dict) -> None:
    mine = texts(result)
    theirs, without_package = nm_texts(path)
    # Assembly has no package in its name; the function table tells which one it stands in.
    for package, size in theirs.items():
        surplus = mine.get(package, 0) - size
        check(-0.01 * size <= surplus <= max(0.01 * size, without_package),
              f"{path.name}: {package} has {mine.get(package, 0)} bytes of code, nm says {size}")
    both = sum(theirs.values()) + without_package
    check(abs(sum(owner[4] for owner in result["owners"]) - both) <= 64, f"{path.name}: all code is nm's {both}")


def check_coverage(path: pathlib.Path, result: dict) -> None:
    all_text = sum(owner[4] for owner in result["owners"])
    share = sum(texts(result).values()) / all_text
    check(share >= 0.995, f"{path.name}: {share:.2%} of .text belong to packages")
    # What of the table is no package's: the section's rest, and what remainders have besides code.
    rest = sum(owner[3] - owner[4] for owner in result["owners"]
               if owner[1] in (".gopclntab", "C and assembly code", "generated code (type equality, hashes)"))
    table = 1 - rest / section_size(path, ".gopclntab")
    check(table >= 0.97, f"{path.name}: {table:.2%} of .gopclntab belong to packages")
    print(f"{path.name}: {share:.3%} of .text and at least {table:.2%} of .gopclntab, {result['seconds']:.3f} s")


def build(folder: pathlib.Path, name: str, *flags: str, **environment: str) -> pathlib.Path:
    out = folder.parent / name
    settings = {"CGO_ENABLED": "0", "GOWORK": "off", "GOFLAGS": "-mod=mod -buildvcs=false", **environment}
    subprocess.run(["go", "build", *flags, "-o", str(out), "."], cwd=folder, check=True, env={**os.environ, **settings})
    return out


def write_sources(root: pathlib.Path) -> None:
    for path, text in {"web/main.go": WEB, "web/go.mod": "module example.com/web\n\ngo 1.19\n", "small/main.go": SMALL,
                       "small/go.mod": SMALL_MOD, "lib/go.mod": "module example.com/replaced\n\ngo 1.19\n",
                       "lib/lib/lib.go": LIB}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    (root / "web/pages").mkdir()
    (root / "web/pages/index.html").write_bytes(EMBEDDED)


def check_web(root: pathlib.Path, version: str) -> None:
    full = build(root / "web", "web-full")
    bare = build(root / "web", "web-stripped", "-ldflags=-s -w")
    of_full, of_bare = told(full), told(bare)
    removed = full.stat().st_size - bare.stat().st_size
    check(abs(of_full["strippable_bytes"] - removed) <= 4096,
          f"-s -w removed {removed} bytes, told were {of_full['strippable_bytes']}")
    check(of_bare["stripped"] and not of_full["stripped"], "stripped or not")
    for result, path in ((of_full, full), (of_bare, bare)):
        check_coverage(path, result)
        check(result["go"]["version"] == version, f"{path.name}: built by {version}")
        check(result["go"]["method_pruning_is_off"], f"{path.name}: templates keep all methods")
        check(result["go"]["method_by_name_callers"] == ["text/template"], f"{path.name}: text/template does it")
        check(result["go"]["embedded_bytes"] == len(EMBEDDED), f"{path.name}: {result['go']['embedded_bytes']} embedded")
        check(result["linkage"] == "static", f"{path.name}: static")
    check(texts(of_full) == texts(of_bare), "stripping changes no package's code")
    check(["-ldflags", "-s -w"] in of_bare["go"]["settings"], "-ldflags are told")
    own = {owner[1]: owner for owner in of_full["owners"]}
    check(own["main"][3] > len(EMBEDDED), "by its symbol, the embedded file is main's")
    check(own["main"][2] == "example.com/web" and own["net/http"][2] == "std", "modules of packages")
    compare_with_nm(full, of_full)
    compare_code_with_nm(full, of_full)
    headless = told(without_section_headers(bare))
    check(texts(headless) == texts(of_bare), "without section headers each package has the same code")


def check_small(root: pathlib.Path) -> None:
    small = build(root / "small", "small-full")
    result = told(small)
    check_coverage(small, result)
    compare_with_nm(small, result)
    compare_code_with_nm(small, result)
    check(not result["go"]["method_pruning_is_off"], "nothing here keeps all methods")
    modules = result["go"]["modules"]
    check([module[:3] for module in modules] == [["example.com/replaced", "v1.2.3", "../lib"]], f"modules: {modules}")
    own = {owner[1]: owner for owner in result["owners"]}
    check(own["example.com/replaced/lib"][2] == "example.com/replaced", "a replaced module keeps its path")
    check(modules[0][4] == own["example.com/replaced/lib"][3] > 0, "a module's bytes are its packages'")
    if shutil.which("gcc") is None:
        print("no gcc: nothing linked by it was tried")
        return
    # Linked by gcc, Go's code is only a part of .text, and the function table may have no section.
    for name, flags in {"external": ["-ldflags=-linkmode=external"],
                        "external-pie": ["-buildmode=pie", "-ldflags=-linkmode=external -s -w"]}.items():
        path = build(root / "small", name, *flags, CGO_ENABLED="1")
        linked = told(path)
        check(texts(linked).get("example.com/replaced/lib", 0) > 0, f"{name}: the library's code")
        check(abs(texts(linked)["fmt"] - texts(result)["fmt"]) < 0.05 * texts(result)["fmt"], f"{name}: fmt's code")
        check(own["fmt"][3] * 0.8 < {o[1]: o[3] for o in linked["owners"]}["fmt"], f"{name}: fmt's bytes")
        check(linked["linkage"] == "dynamic", f"{name}: dynamic")
        if not flags[-1].endswith("-w"):
            theirs, _ = nm_texts(path)
            check(abs(texts(linked)["fmt"] - theirs["fmt"]) <= 0.01 * theirs["fmt"], f"{name}: fmt as nm has it")


def main() -> int:
    if shutil.which("go") is None:
        skip("there is no go")
    version = subprocess.run(["go", "env", "GOVERSION"], check=True, capture_output=True, text=True).stdout.strip()
    print("with", version)
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        write_sources(root)
        check_web(root, version)
        check_small(root)
    print(f"{len(failures)} failures")
    return 1 if failures else 0


sys.exit(main())
