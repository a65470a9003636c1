"""The rules command: its lists, one rule, what is no rule, and docs/rules.md, which has to be what it prints.

    rules_page.py PROGRAM
"""
import json
import pathlib
import subprocess
import sys

PROGRAM = sys.argv[1]
PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "rules.md"


def rules(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([PROGRAM, "rules", *arguments], capture_output=True, text=True, timeout=60)


def main() -> None:
    page = rules("--format", "markdown")
    assert page.returncode == 0, page
    assert page.stdout == PAGE.read_text(), "docs/rules.md is old: cloudrun-tune rules --format markdown > docs/rules.md"

    listed = json.loads(rules("--format", "json").stdout)
    ids = [rule["id"] for rule in listed]
    assert len(ids) == len(set(ids)) > 20, ids
    assert [line.split()[0] for line in rules().stdout.splitlines()] == ids

    one = rules("img110")
    assert one.returncode == 0 and one.stdout.startswith("IMG110  "), one
    assert "why" in one.stdout and "fix" in one.stdout, one
    assert [rule["id"] for rule in json.loads(rules("IMG110", "--format", "json").stdout)] == ["IMG110"]

    none = rules("IMG999")
    assert none.returncode == 2 and none.stdout == "" and "IMG999" in none.stderr, none


main()
