"""Builds what init writes for Node.js, Python, Java and static sites, runs it, and looks at the image.

    script_build_test.py PROGRAM [CASE...]

Skipped, with the reason, where buildah, docker or the base images are not there."""
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/support"))
import built_image as images  # noqa: E402
import script_layouts as layouts  # noqa: E402

PROGRAM = sys.argv[1]
BASES = [("debian:bookworm-slim", "debian"), ("node:18-bookworm-slim", "node"), ("python:3.11-slim-bookworm", "python"),
         ("eclipse-temurin:17-jdk", "java")]
# Bases that cannot be pulled here: from Debian's packages, under their names.
INSTALL = "RUN apt-get update && apt-get install -y --no-install-recommends {} && rm -rf /var/lib/apt/lists/*"
STAND_INS = {
    "gcr.io/distroless/java-base-debian13:nonroot": ["USER 65532"],
    "nginx:stable-alpine-slim": [INSTALL.format("nginx-light"), "CMD [\"nginx\"]"],
    "gcr.io/distroless/nodejs22-debian13:nonroot": [INSTALL.format("nodejs"),
                                                    "RUN mkdir /nodejs && ln -s /usr/bin /nodejs/bin", "USER 65532"],
}
# name: tree, folder of the project, context, options of init, port inside, variables, what the answer holds
CASES = {
    "node-plain": (layouts.NODE_PLAIN, ".", ".", [], 8080, ["PORT=8080"], "node: plain"),
    "node-default-port": (layouts.NODE_PLAIN, ".", ".", ["--base", "debian-slim"], 3000, [], "node: plain"),
    "python-plain": (layouts.PYTHON_PLAIN, ".", ".", [], 8080, ["PORT=8080"], "python: plain"),
    "python-src": (layouts.PYTHON_SRC, ".", ".", ["--port", "8080"], 8080, [], "python: src"),
    "java-plain": (layouts.JAVA_PLAIN, ".", ".", [], 8080, ["PORT=8080"], "java: plain"),
    "java-gradle": (layouts.JAVA_GRADLE, ".", ".", ["--base", "debian-slim"], 8000, [], "java: gradle"),
    "site-root": (layouts.SITE, ".", ".", [], 8080, ["PORT=8080"], "static: root"),
    "site-below": (layouts.SITE_BELOW, ".", ".", ["--port", "9191"], 9191, [], "static: public"),
    "node-distroless": (layouts.NODE_22, ".", ".", [], 8080, ["PORT=8080"], "node: plain"),
    "node-build": (layouts.NODE_BUILD, ".", ".", ["--port", "8080"], 8080, [], "node: built"),
}


def check(name: str, work: pathlib.Path) -> None:
    tree, project, context, options, inside, variables, expected = CASES[name]
    folder = work / name
    layouts.write(tree, folder)
    images.run(PROGRAM, "init", str(folder / project), *options)
    assert "unchanged  Dockerfile" in images.run(PROGRAM, "init", str(folder / project), *options)
    with images.Built(name, folder / project, folder / context, work) as built:
        environment = [word for variable in variables for word in ("-e", variable)]
        container, port = built.start(inside, *environment)
        try:
            seconds = images.wait_for(port, expected)
        except AssertionError as problem:
            raise AssertionError(f"{problem}\n{built.logs()}") from None
        found = images.findings(PROGRAM, built.archive, images.base_of(folder / project / "Dockerfile"))
        assert not found, "\n".join(found)
        stopped = images.stop_time(container)
        assert stopped < 5, f"SIGTERM took {stopped:.1f} s"
        size = built.archive.stat().st_size
        print(f"ok: {name}: {size / 1e6:.1f} MB with its base, first answer after {seconds:.2f} s, stopped in {stopped:.2f} s", flush=True)


def main() -> int:
    images.check_machine(BASES, ROOT)
    for image, lines in STAND_INS.items():
        images.stand_in(image, lines)
    failures = 0
    with tempfile.TemporaryDirectory() as work:
        for name in sys.argv[2:] or CASES:
            try:
                check(name, pathlib.Path(work))
            except AssertionError as problem:
                failures += 1
                print(f"FAILED: {name}: {problem}", flush=True)
    return 1 if failures else 0


sys.exit(main())
