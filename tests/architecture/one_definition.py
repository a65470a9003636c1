"""Refuses two definitions of one function in the library: the linker takes the first it meets and says nothing."""
import collections
import subprocess
import sys

listing = subprocess.run(["nm", "--defined-only", "-P", "-A", "-C", sys.argv[1]], check=True, capture_output=True, text=True)
members = collections.defaultdict(set)
for line in listing.stdout.splitlines():
    place, rest = line.split(": ", 1)
    name, kind = rest.rsplit(None, 3)[0:2] if rest.count(" ") >= 3 else (rest, "")
    # T: a function that is neither inline nor local.
    if kind == "T":
        members[name].add(place)
problems = [f"{name}: {', '.join(sorted(places))}" for name, places in sorted(members.items()) if len(places) > 1]
print("\n".join(problems) if problems else f"{len(members)} functions, each defined once")
sys.exit(1 if problems or not members else 0)
