"""Opens the HTML report of a difference in a headless Chromium: its numbers, keys, colours, escapes, no error, no network."""

import json
import os
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
import chromium
import image_builder as build
import program
import tar_bytes as tar
from html_report import MOST, NASTY, data_of
from large_image import paths

BASE = tar.archive(tar.folder("etc"), tar.file("etc/os", "os" * 600), tar.file("bin/tool", "t" * 2500))
SECRETS = ("aB3dE5fG7hJ9kL1mN3pQ", "zY8xW6vU4tS2rQ0pO8nM")
RUN = {"Entrypoint": ["/app/server"], "User": "65532", "Env": ["PORT=8080", f"API_TOKEN={SECRETS[0]}"]}
OLD = build.Image([BASE, tar.archive(tar.file("app/server", "s" * 40_000, mode=0o755), tar.file("app/old.txt", "o" * 700), tar.file("app/run.sh", "r"),
                                     tar.file("app/lib/a.js", "a" * 9_000), tar.symlink("app/link", "server"))],
                  tags=["shop:1.0"], run=RUN, history=["ADD file:1 in /", "COPY . /app"])
NEW = build.Image([BASE, tar.archive(tar.file("app/server", "S" * 60_000, mode=0o755), tar.file("app/new.txt", "n" * 900),
                                     tar.file("app/run.sh", "r", mode=0o755), tar.file("app/lib/a.js", "b" * 4_000), tar.symlink("app/link", "new.txt"))],
                  tags=["shop:1.1"], history=["ADD file:1 in /", "COPY . /app"],
                  run={**RUN, "User": "", "Env": ["PORT=9090", f"API_TOKEN={SECRETS[1]}"], "ExposedPorts": {"9090/tcp": {}}})


class Page:
    """A page that was opened, its data, and the JSON report of the same run."""

    def __init__(self, path, text, report):
        self.path, self.text, self.report = path, text, report
        begin, end = data_of(text)
        self.json = text[begin:end]
        self.data = json.loads(self.json)


def large_pair(files):
    """Two archives that differ in each of `files` files."""
    names = list(paths(files, 7))
    bulk = bytes(range(32, 127)) * 400
    size = lambda i: 1 + i * i % 997 * (i % 37)
    cut = len(names) // 3
    old = [tar.file(name, bulk[:size(i)]) for i, name in enumerate(names) if i % 10 != 0]
    new = [tar.file(name, bulk[:size(i) + (i % 19 - 9) % size(i)], mode=0o755) for i, name in enumerate(names) if i % 10 != 1]
    image = lambda tag, first, second: build.docker_archive(build.Image([tar.archive(*first), tar.archive(*second)], tags=[tag]))
    return image("large:1", old[:cut], old[cut:]), image("large:2", new[:cut], new[cut:])


@unittest.skipUnless(chromium.program(), "Chromium is not installed")
class Pages(program.Scenario):
    def page(self, old, new, *arguments, status=0):
        old, new = (self.put(each, name) if isinstance(each, bytes) else each for each, name in ((old, "old.tar"), (new, "new.tar")))
        outcome = program.run("diff", old, new, "-o", "page.html", "-o", "page.json", *arguments, cwd=self.folder, seconds=120)
        self.assertEqual(outcome.status, status, outcome.err)
        path = os.path.join(self.folder, "page.html")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(os.path.join(self.folder, "page.json"), encoding="utf-8") as file:
            report = json.load(file)
        self.assertLessEqual(os.path.getsize(path), MOST)
        return Page(path, text, report)

    def check_quiet(self, browser, page):
        browser.settle()
        self.assertEqual(browser.console, [])
        self.assertEqual([url for url in browser.requests if url not in (f"file://{page.path}", "about:blank") and not url.startswith("data:")], [])
        self.assertFalse(browser.run("'broken' in window"))

    def text(self, browser, selector):
        return browser.run(f"document.querySelector({json.dumps(selector)}).innerText")

    def sum(self, browser):
        return int(browser.run("document.querySelector('#file-explorer [data-sum]').dataset.sum"))

    def jump(self, browser, row):
        browser.run(f"""(() => {{ const choice = document.querySelector('#file-explorer select');
            choice.value = {row}; choice.dispatchEvent(new Event('change')); }})()""")

    def show_only(self, browser, colours):
        browser.run(f"""for (const box of document.querySelectorAll('#file-explorer input[data-colour]')) {{
            box.checked = {json.dumps(colours)}.includes(Number(box.dataset.colour)); box.dispatchEvent(new Event('change')); }}""")

    def check_numbers(self, browser, report):
        """What the page shows and what the JSON says."""
        tiles = self.text(browser, "#tiles").replace("−", "-").replace("±", "")
        self.assertIn(f"{report['size']['growth']:+,} byte" if report["size"]["growth"] else "0 bytes", tiles)
        if report["kind"] == "executable" or report["files"] is None or not report["files"]:
            return
        growth = {word: sum(row["growth"] for row in report["files"] if chosen(row)) for word, chosen in (
            ("all", lambda row: True), ("up", lambda row: row["growth"] > 0), ("down", lambda row: row["growth"] < 0),
            ("added", lambda row: row["status"] == "added"), ("removed", lambda row: row["status"] == "removed"))}
        self.jump(browser, 0)
        self.assertEqual(self.sum(browser), growth["all"])
        for colours, word in (((0, 1), "up"), ((2, 3), "down"), ((0,), "added"), ((3,), "removed"), ((0, 1, 2, 3), "all")):
            self.show_only(browser, colours)
            self.assertEqual(self.sum(browser), growth[word], word)
        places = {}
        for place, layer in enumerate(report["layers"]):
            for side in ("old", "new"):
                if layer[side] is not None:
                    places[side, layer[side]] = place + 1
        sums = dict.fromkeys(range(1, len(report["layers"]) + 1), 0)
        for row in report["files"]:
            side = "new" if row["new"] else "old"
            sums[places[side, row[side]["layer"]]] += row["growth"]
        for place, bytes_ in sums.items():
            self.jump(browser, place)
            self.assertEqual(self.sum(browser), bytes_)
        self.jump(browser, 0)
        for status, count in report["file_counts"].items():
            if count > 0:
                self.assertIn(f"{count:,}", self.text(browser, f"#files [data-status={status}]"))

    def test_numbers_in_both_colour_schemes(self):
        page = self.page(build.docker_archive(OLD), build.docker_archive(NEW), "--max-growth", "10kB", "--max-push", "1GB", "--fail-on", "error", status=1)
        grounds = []
        for dark in (False, True):
            with chromium.Browser(dark=dark) as browser:
                browser.open(page.path)
                self.check_numbers(browser, page.report)
                verdict = self.text(browser, "#verdict")
                self.assertIn("1 gate failed: max-growth · 15.2 kB larger", verdict)
                for part in ("✗ fail", "✓ pass"):
                    self.assertIn(part, self.text(browser, "#gates"))
                self.assertIn("/app/server", self.text(browser, "#why"))
                self.assertIn("+20.0 kB", self.text(browser, "#why"))
                grounds.append(browser.run("getComputedStyle(document.body).backgroundColor"))
                browser.run("document.getElementById('theme').click()")
                grounds.append(browser.run("getComputedStyle(document.body).backgroundColor"))
                for width in (360, 800, 3840):
                    browser.resize(width, 900)
                    browser.settle()
                    self.assertLessEqual(browser.run("document.documentElement.scrollWidth"), width)
                self.check_quiet(browser, page)
        self.assertEqual(grounds[0], grounds[3])
        self.assertEqual(grounds[1], grounds[2])
        self.assertNotEqual(grounds[0], grounds[1])

    def test_first_screen_layers_files_and_settings(self):
        page = self.page(build.docker_archive(OLD), build.docker_archive(NEW))
        with chromium.Browser(height=1000) as browser:
            browser.open(page.path)
            for part in ("verdict", "tiles", "why", "gates"):
                self.assertLess(browser.run(f"document.getElementById('{part}').getBoundingClientRect().top"), 900, part)
            layers = self.text(browser, "#layers")
            self.assertIn("1 shared, 1 new, 1 removed. 1 layer has to be pushed, at most", layers)
            files = self.text(browser, "#files")
            for part in ("mode 0644 → 0755", "link server → new.txt", "content, 40.0 kB → 60.0 kB", "/app/old.txt", "added", "removed"):
                self.assertIn(part, files)
            browser.run("document.querySelector('#files [data-status=removed]').click()")
            files = self.text(browser, "#files table")
            self.assertIn("/app/old.txt", files)
            self.assertNotIn("/app/new.txt", files)
            browser.run("document.querySelector('#files tbody button').click()")
            self.assertIn("/app/old.txt", self.text(browser, "#file-explorer .told"))
            settings = self.text(browser, "#settings")
            for part in ("PORT", "8080", "9090", "9090/tcp", "API_TOKEN", "hidden"):
                self.assertIn(part, settings)
            for secret in SECRETS:
                self.assertNotIn(secret, page.text)
            new = self.text(browser, "#new-findings")
            for finding in page.report["findings"]:
                self.assertIn(finding["message"], new)
                self.assertIn((finding["fix"] or "").split("\n")[0], new)
            self.check_quiet(browser, page)

    def test_keys(self):
        page = self.page(build.docker_archive(OLD), build.docker_archive(NEW))
        with chromium.Browser() as browser:
            browser.open(page.path)
            active = lambda: browser.run("document.activeElement.className || document.activeElement.id")
            place = lambda: browser.run("document.querySelector('#file-explorer .crumbs [aria-current]').textContent")
            browser.key("Tab")
            self.assertEqual(active(), "skip")
            browser.run("document.querySelector('#file-explorer .map').focus()")
            self.assertEqual(place(), "shop:1.1")
            browser.key("Enter")
            self.assertEqual(place(), "Layer 1 (new)")
            self.assertIn("byte", browser.run("document.getElementById('said').textContent"))
            browser.key("Escape")
            self.assertEqual(place(), "shop:1.1")
            browser.key("/")
            self.assertEqual(active(), "search")
            browser.type("a.js")
            browser.key("Enter")
            self.assertEqual(active(), "map")
            self.assertIn("/app/lib/a.js", self.text(browser, "#file-explorer .told"))
            browser.key("/")
            browser.run("document.getElementById('search').value = ''")
            browser.type("port")
            browser.key("ArrowDown")
            browser.key("Enter")
            self.assertIn("setting-", browser.run("document.activeElement.id"))
            self.check_quiet(browser, page)

    def test_every_control_has_a_name(self):
        page = self.page(build.docker_archive(OLD), build.docker_archive(NEW))
        with chromium.Browser() as browser:
            browser.open(page.path)
            nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
            nameless = [node for node in nodes if not node.get("ignored") and node["role"]["value"] in
                        ("button", "checkbox", "combobox", "searchbox", "link", "application", "region", "navigation")
                        and not node.get("name", {}).get("value")]
            self.assertEqual(nameless, [])
            levels = browser.run("[...document.querySelectorAll('h1,h2,h3')].map(h => Number(h.tagName[1]))")
            self.assertEqual(levels[0], 1)
            self.assertTrue(all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:])), levels)
            self.assertEqual(levels.count(1), 1)

    def test_nothing_differs(self):
        page = self.page(build.docker_archive(OLD), build.docker_archive(OLD))
        self.assertTrue(page.report["empty"])
        with chromium.Browser() as browser:
            browser.open(page.path)
            self.assertIn("No difference", self.text(browser, "#verdict"))
            self.assertIn("Nothing differs.", self.text(browser, "#why"))
            self.assertIn("Nothing has to be pushed.", self.text(browser, "#layers"))
            for part in ("map", "files", "settings", "new-findings", "fixed-findings", "binaries"):
                self.assertIsNone(browser.run(f"document.getElementById('{part}') && 'there'"), part)
            self.check_numbers(browser, page.report)
            self.check_quiet(browser, page)

    def test_saved_reports(self):
        for arguments, has_map in (((), False), (("--files",), True)):
            saved = self.analyze(build.docker_archive(OLD), "--format", "json", *arguments)
            page = self.page(self.put(saved.out.encode(), "saved.json"), build.docker_archive(NEW))
            with chromium.Browser() as browser:
                browser.open(page.path)
                self.check_numbers(browser, page.report)
                self.assertIn("(saved report)", self.text(browser, "#title"))
                self.assertEqual(browser.run("document.getElementById('map') !== null"), has_map)
                self.assertIn("API_TOKEN", self.text(browser, "#notes"))
                self.check_quiet(browser, page)

    def test_hostile_names(self):
        names = [name.replace("/", "") for name in NASTY]
        image = lambda size, extra: build.docker_archive(build.Image(
            [tar.archive(*(tar.file(f"dir/{name}", b"x" * (i + size)) for i, name in enumerate(names)), tar.file(b"dir/\xff\xfe", b"y" * (90 + size)), *extra)],
            tags=["app:latest"], run={"Env": [f"A=</script><script>window.broken={size}</script>"]},
            history=[f"RUN echo '</script><script>window.broken=1</script>' \u2028 && <!-- {size}"]))
        page = self.page(image(1, [tar.symlink("l", "</script><img src=x onerror=window.broken=1>")]), image(50, [tar.symlink("l", "\x1b[31m\u202e")]))
        self.assertNotRegex(page.json, "[<>&\u2028\u2029]")
        with chromium.Browser() as browser:
            browser.open(page.path)
            self.check_numbers(browser, page.report)
            text = self.text(browser, "#files")
            for part in ("<script>window.broken=1", "<img src=x onerror=window.broken=1>", "new\\nline", "\\x1b[31mred", "\\u202etxt.exe", "\\xff\\xfe",
                         "__proto__", "日本語"):
                self.assertIn(part, text)
            self.assertEqual(browser.run("document.querySelectorAll('main img, main script').length"), 0)
            self.check_quiet(browser, page)

    def test_executables(self):
        tools = self.go_tools()
        page = self.page(*tools)
        self.assertEqual(page.report["kind"], "executable")
        with chromium.Browser() as browser:
            browser.open(page.path)
            self.check_numbers(browser, page.report)
            growth = sum(row["growth"] for row in page.report["binaries"][0]["owners"])
            self.assertEqual(growth, page.report["size"]["growth"])
            self.assertEqual(int(browser.run("document.querySelector('#binary-explorer [data-sum]').dataset.sum")), growth)
            self.assertIn("std", self.text(browser, "#why"))
            for part in ("map", "files", "settings", "layers"):
                self.assertIsNone(browser.run(f"document.getElementById('{part}') && 'there'"), part)
            self.check_quiet(browser, page)

    def go_tools(self):
        """Two programs, of which the second prints more."""
        import shutil
        import subprocess
        if not shutil.which("go"):
            self.skipTest("go is not installed")
        made = []
        for name, body in (("old", 'println("a")'), ("new", 'fmt.Println("a")')):
            folder = os.path.join(self.folder, name)
            os.makedirs(folder)
            with open(os.path.join(folder, "go.mod"), "w", encoding="utf-8") as file:
                file.write("module example.com/tool\n\ngo 1.20\n")
            with open(os.path.join(folder, "main.go"), "w", encoding="utf-8") as file:
                file.write("package main\n\n" + ('import "fmt"\n\n' if "fmt" in body else "") + f"func main() {{ {body} }}\n")
            done = subprocess.run(["go", "build", "-o", "tool", "."], cwd=folder, capture_output=True, timeout=300, check=False,
                                  env={**os.environ, "CGO_ENABLED": "0", "GOFLAGS": "-mod=mod"})
            if done.returncode != 0:
                self.skipTest("go build: " + done.stderr.decode()[-200:])
            made.append(os.path.join(folder, "tool"))
        return made

    def check_large(self, files):
        page = self.page(*large_pair(files))
        with chromium.Browser() as browser:
            browser.open(page.path)
            paint = browser.first_paint()
            browser.key("/")
            begin = time.monotonic()
            browser.type("parser 42")
            found = browser.run("document.getElementById('results').innerText.split('\\n')[0]")
            print(f"{files} files: {len(page.text.encode())} bytes, first paint after {paint.get('first-paint')} ms, search: {found} "
                  f"after {1000 * (time.monotonic() - begin):.0f} ms")
            self.assertRegex(found, r"^[\d,]+ found")
            self.assertEqual("summed up" in browser.run("document.getElementById('map-lead').textContent"), page.data["tree"]["folded_entries"] > 0)
            self.check_numbers(browser, page.report)
            self.check_quiet(browser, page)

    def test_50000_files(self):
        self.check_large(50_000)

    def test_more_files_than_are_shown_by_name(self):
        self.check_large(75_000)


if __name__ == "__main__":
    program.main()
