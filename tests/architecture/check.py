"""Enforces the table of who may include whom, and the size of files."""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])

# room -> the rooms of core it may include besides itself
MAY_INCLUDE = {
    "base": set(),
    "model": {"base"},
    "platform": {"base"},
    "source": {"base", "model", "platform"},
    "secret": {"base", "model"},
    "binary": {"base", "model"},
    "inspect": {"base", "model", "binary", "secret"},
    "analysis": {"base", "model", "secret"},
    "diff": {"base", "model"},
    "report": {"base", "model"},
    "project": {"base", "model"},
    "generate": {"base", "model"},
}
# header -> the rooms that may name it; everything outside the C++ library and these is refused
PACKAGES = {
    "fmt/": set(MAY_INCLUDE) | {"cli"},
    "tl/": {"base"},
    "kainjow/": {"generate"},
    "CLI/": {"cli"},
    "immintrin.h": {"secret"},
}
SYSTEM = re.compile(r"^(sys/|fcntl|unistd|signal|poll|archive|curl|openssl|zstd|isa-l|xxhash|yaml-cpp|nlohmann|toml|archive_entry)")
CALLS_OUT = re.compile(r"std::(cout|cerr|clog)|\bprintf\(|\bputs\(|std::exit|std::abort|\bgetenv\(|std::getenv")

problems = []


def check(path: pathlib.Path, room: str, in_core: bool) -> None:
    lines = path.read_text().splitlines()
    relative = path.relative_to(ROOT)
    if len(lines) > 400:
        problems.append(f"{relative}: {len(lines)} lines, the limit is 400")
    if re.search(r"(util|common|helper|misc)", path.stem):
        problems.append(f"{relative}: name the file after what it holds")
    for number, line in enumerate(lines, 1):
        where = f"{relative}:{number}"
        if in_core and CALLS_OUT.search(line):
            problems.append(f"{where}: core never prints, exits or reads the environment")
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if not match:
            continue
        kind, header = match.groups()
        if kind == '"':
            if in_core and header.startswith("core/"):
                other = header.split("/")[1]
                if other != room and other not in MAY_INCLUDE[room]:
                    problems.append(f"{where}: {room} may not include {other}")
            elif in_core:
                problems.append(f"{where}: core may not include {header}")
        elif "/" in header or header.endswith((".h", ".hpp")):
            allowed = next((rooms for prefix, rooms in PACKAGES.items() if header.startswith(prefix)), None)
            if allowed is not None:
                if room not in allowed:
                    problems.append(f"{where}: {room} may not include <{header}>")
            elif room not in ("platform", "cli") or (room == "cli" and not header.startswith(("sys/", "unistd", "signal", "malloc"))):
                problems.append(f"{where}: {room} may not include <{header}>")


for path in sorted((ROOT / "core").rglob("*.[ch]pp")):
    check(path, path.relative_to(ROOT / "core").parts[0], True)
for path in sorted((ROOT / "cli").rglob("*.[ch]pp")):
    check(path, "cli", False)

print("\n".join(problems) or "the architecture holds")
sys.exit(1 if problems else 0)
