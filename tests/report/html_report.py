"""Opens the HTML report in a headless Chromium: sums, keys, both colour schemes, no error, no network."""

import json
import os
import re
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
import chromium
import image_builder as build
import program
import tar_bytes as tar
from large_image import large_image

DEMO = os.path.join(program.REPOSITORY, "docs", "demo", "image.tar.zst")
THEME = os.path.join(program.REPOSITORY, "templates", "report", "theme.css")
MOST = 8_000_000
START = '<script id="data" type="application/json">'

NASTY = ["</script><script>window.broken=1", "<img src=x onerror=window.broken=1>", "new\nline", "\x1b[31mred", "sep\u2028\u2029", "\u202etxt.exe",
         "'\"&amp;", "__proto__", "constructor", "日本語"]


def data_of(page):
    begin = page.index(START) + len(START)
    return begin, page.index("</script>", begin)


def with_data(page, change):
    """The page with other data."""
    begin, end = data_of(page)
    data = json.loads(page[begin:end])
    change(data)
    text = json.dumps(data).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return page[:begin] + text + page[end:]


def add_binaries_and_findings(data):
    owners = [["p", 0, "main", 5000], ["p", 0, "example.com/app/store", 3000], ["p", 1, "runtime", 9000], ["p", 2, "golang.org/x/net/http2", 4000],
              ["s", None, ".rodata", 2500], ["r", None, "padding", 500]]
    data["binaries"] = [{
        "path": "/app/server", "layer": 0, "size": 24600, "type": "executable", "machine": "amd64", "linkage": "static", "language": "go",
        "stripped": True, "strippable": 0, "packed": False, "go": "go1.26.1", "main": "example.com/app", "pruning_off": False, "notes": [],
        "modules": [["example.com/app", "v1.0.0"], ["std", "go1.26.1"], ["golang.org/x/net", "v0.30.0"]], "owners": owners, "folded": 7,
        "folded_bytes": 600}]
    finding = {"rule": "X1", "severity": "warning", "message": "<b>a finding</b>", "fix": "RUN true", "layer": 0, "instruction": "RUN x",
               "path": "/app/server", "line": 0, "column": 0, "bytes": 12, "accepted": ""}
    data["findings"] = [dict(finding, message=f"finding {i}") for i in range(30)] + [dict(finding, severity="error")]
    data["rules"] = [{"id": "X1", "title": "A rule", "why": "Because <i>of this</i>.", "fix": "Mend it."}]


class Report(program.Scenario):
    def page(self, image, *arguments, change=None):
        """The path of an image's report, its text, and its JSON report."""
        outcome = program.run("analyze", image, "--format", "html", *arguments, cwd=self.folder, seconds=120)
        self.assertEqual(outcome.status, 0, outcome.err)
        self.assertLessEqual(len(outcome.out.encode()), MOST)
        report = program.run("analyze", image, "--format", "json", "--files", cwd=self.folder, seconds=120).json()
        page = with_data(outcome.out, change) if change else outcome.out
        return self.put(page.encode(), "report.html"), page, report

    def check_quiet(self, browser, path):
        browser.settle()
        self.assertEqual(browser.console, [])
        self.assertEqual([url for url in browser.requests if url not in (f"file://{path}", "about:blank") and not url.startswith("data:")], [])
        self.assertFalse(browser.run("'broken' in window"))

    def check_sums(self, report, browser=None):
        super().check_sums(report)
        if browser is None:
            return
        shown = lambda: int(browser.run("document.querySelector('#file-explorer [data-sum]').dataset.sum"))
        jump = lambda row: browser.run(f"""(() => {{ const choice = document.querySelector('#file-explorer select');
            choice.value = {row}; choice.dispatchEvent(new Event('change')); }})()""")
        jump(0)
        self.assertEqual(shown(), report["size"]["uncompressed"])
        tiles = browser.run("document.getElementById('tiles').innerText")
        self.assertIn(f"{report['size']['uncompressed']:,} byte", tiles)
        by_state = {}
        for row in report["files"]:
            by_state[row["state"]] = by_state.get(row["state"], 0) + row["size"]
        boxes = browser.run("[...document.querySelectorAll('#file-explorer input[data-colour]')].map(box => box.dataset.colour)")
        live = 0
        for colour in boxes:  # each colour alone
            browser.run(f"""for (const box of document.querySelectorAll('#file-explorer input[data-colour]')) {{
                box.checked = box.dataset.colour === '{colour}'; box.dispatchEvent(new Event('change')); }}""")
            if colour in "05":
                live += shown()
            else:
                self.assertEqual(shown(), by_state[("overwritten", "metadata_only", "deleted", "repeated")[int(colour) - 1]])
        self.assertEqual(live, by_state["live"])
        browser.run("for (const box of document.querySelectorAll('#file-explorer input')) { box.checked = true; box.dispatchEvent(new Event('change')); }")
        self.assertEqual(shown(), report["size"]["uncompressed"])
        for layer in report["layers"]:
            jump(layer["index"] + 1)
            self.assertEqual(shown(), layer["size"])

    def place(self, browser, explorer="file-explorer"):
        return browser.run(f"document.querySelector('#{explorer} .crumbs [aria-current]').textContent")


@unittest.skipUnless(chromium.program(), "Chromium is not installed")
class Pages(Report):
    def test_demo_in_both_colour_schemes(self):
        path, _, report = self.page(DEMO)
        grounds = []
        for dark in (False, True):
            with chromium.Browser(dark=dark) as browser:
                browser.open(path)
                print(f"demo, {'dark' if dark else 'light'}: first paint after {browser.first_paint().get('first-paint')} ms")
                self.check_sums(report, browser)
                grounds.append(browser.run("getComputedStyle(document.body).backgroundColor"))
                browser.run("document.getElementById('theme').click()")
                grounds.append(browser.run("getComputedStyle(document.body).backgroundColor"))
                for width in (360, 800, 3840):
                    browser.resize(width, 900)
                    browser.settle()
                    self.assertLessEqual(browser.run("document.documentElement.scrollWidth"), width)
                self.check_quiet(browser, path)
        self.assertEqual(grounds[0], grounds[3])
        self.assertEqual(grounds[1], grounds[2])
        self.assertNotEqual(grounds[0], grounds[1])

    def test_keys(self):
        path, _, _ = self.page(DEMO)
        with chromium.Browser() as browser:
            browser.open(path)
            active = lambda: browser.run("document.activeElement.className || document.activeElement.id")
            browser.key("Tab")
            self.assertEqual(active(), "skip")
            browser.run("document.querySelector('#file-explorer .map').focus()")
            self.assertEqual(self.place(browser), "pinger:latest")
            seen = {browser.run("document.getElementById('said').textContent")}
            for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "End", "Home"):
                browser.key(key)
                seen.add(browser.run("document.getElementById('said').textContent"))
            self.assertGreater(len(seen), 2)
            browser.key("Enter")
            inside = self.place(browser)
            self.assertRegex(inside, r"^Layer \d$")
            browser.key("Enter")
            self.assertNotEqual(self.place(browser), inside)
            browser.key("Escape")
            browser.key("Escape")
            self.assertEqual(self.place(browser), "pinger:latest")
            self.assertEqual(active(), "map")
            browser.key("/")
            self.assertEqual(active(), "search")
            browser.type("settings json")
            self.assertIn("2 found", browser.run("document.getElementById('results').innerText"))
            browser.key("ArrowDown")
            browser.key("ArrowDown")
            browser.key("Enter")
            self.assertEqual(active(), "map")
            self.assertEqual(self.place(browser), "app")
            self.assertIn("/app/settings.json", browser.run("document.querySelector('#file-explorer .told').textContent"))
            browser.run("document.querySelector('#file-explorer tbody button').focus()")
            self.check_quiet(browser, path)

    def test_every_control_has_a_name(self):
        path, _, _ = self.page(DEMO, change=add_binaries_and_findings)
        with chromium.Browser() as browser:
            browser.open(path)
            nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
            nameless = [node for node in nodes if not node.get("ignored") and node["role"]["value"] in
                        ("button", "checkbox", "combobox", "searchbox", "link", "application", "region", "navigation", "table")
                        and not node.get("name", {}).get("value") and node["role"]["value"] != "table"]
            self.assertEqual(nameless, [])
            levels = browser.run("[...document.querySelectorAll('h1,h2,h3')].map(h => Number(h.tagName[1]))")
            self.assertEqual(levels[0], 1)
            self.assertTrue(all(later - earlier <= 1 for earlier, later in zip(levels, levels[1:])), levels)
            self.assertEqual(levels.count(1), 1)

    def test_binaries_and_findings(self):
        path, _, _ = self.page(DEMO, change=add_binaries_and_findings)
        with chromium.Browser() as browser:
            browser.open(path)
            self.assertEqual(browser.run("document.querySelector('#binary-explorer [data-sum]').dataset.sum"), "24600")
            table = browser.run("document.querySelector('#binary-explorer table').innerText")
            for part in ("example.com/app", "std", "golang.org/x/net", "sections", "smaller parts"):
                self.assertIn(part, table)
            browser.run("document.querySelector('#binary-explorer .map').focus()")
            browser.key("Enter")
            self.assertEqual(self.place(browser, "binary-explorer"), "std")
            browser.key("Escape")
            self.assertEqual(self.place(browser, "binary-explorer"), "/app/server")
            text = browser.run("document.getElementById('findings').innerText")
            self.assertTrue(text.split("\n")[1].strip().endswith("error"), text[:80])
            self.assertIn("<b>a finding</b>", text)
            browser.key("/")
            browser.type("finding 29")
            browser.key("Enter")
            self.assertIn("finding 29", browser.run("document.activeElement.textContent"))
            browser.key("/")
            browser.run("document.getElementById('search').value = ''")
            browser.type("http2")
            browser.key("Enter")
            self.assertEqual(self.place(browser, "binary-explorer"), "golang.org/x/net")
            self.check_quiet(browser, path)

    def test_hostile_names(self):
        names = [name.replace("/", "") for name in NASTY]
        layer = tar.archive(*(tar.file(f"dir/{name}", b"x" * (i + 1)) for i, name in enumerate(names)), tar.file(b"dir/\xff\xfe", b"y" * 90))
        image = build.Image([layer], tags=["app:latest"], history=["RUN echo '</script><script>window.broken=1</script>' \u2028 && <!-- "])
        path, page, report = self.page(self.put(build.docker_archive(image)))
        begin, end = data_of(page)
        self.assertFalse(re.search("[<>&\u2028\u2029]", page[begin:end]))
        with chromium.Browser() as browser:
            browser.open(path)
            self.check_sums(report, browser)
            browser.run("document.querySelector('#file-explorer tbody button').click()")
            text = browser.run("document.querySelector('#file-explorer table').innerText")
            for part in ("<script>window.broken=1", "<img src=x onerror=window.broken=1>", "new\\nline", "\\x1b[31mred", "\\u202etxt.exe", "\\xff\\xfe",
                         "__proto__", "日本語"):
                self.assertIn(part, text)
            self.assertEqual(browser.run("document.querySelectorAll('main img, main script').length"), 0)
            self.check_quiet(browser, path)

    def test_empty_image(self):
        path, _, report = self.page(self.put(build.docker_archive(build.Image([tar.archive(tar.folder("etc"))]))))
        with chromium.Browser() as browser:
            browser.open(path)
            self.check_sums(report, browser)
            browser.run("document.querySelector('#file-explorer .map').focus()")
            browser.key("ArrowRight")
            browser.key("Enter")
            browser.key("Escape")
            self.check_quiet(browser, path)

    def check_large(self, files, cut):
        path, page, report = self.page(self.put(large_image(files)))
        with chromium.Browser() as browser:
            browser.open(path)
            paint = browser.first_paint()
            begin = time.monotonic()
            browser.run("document.querySelector('#file-explorer .map').focus()")
            browser.key("Enter")
            entered = time.monotonic() - begin
            browser.key("/")
            browser.type("parser 42")
            found = browser.run("document.getElementById('results').innerText.split('\\n')[0]")
            draw = browser.run("(() => { const begin = performance.now(); repaintAll(); return performance.now() - begin; })()")
            print(f"{files} files: {len(page.encode())} bytes, first paint after {paint.get('first-paint')} ms, painting all {draw:.0f} ms, "
                  f"going in {1000 * entered:.0f} ms, search: {found}")
            self.assertRegex(found, r"^[\d,]+ found")
            self.assertEqual("summed up" in browser.run("document.getElementById('map-lead').textContent"), cut)
            self.check_sums(report, browser)
            self.check_quiet(browser, path)
        return path

    def test_50000_files(self):
        path = self.check_large(50_000, cut=False)
        with open(path, "rb") as page:
            again = program.run("analyze", os.path.join(self.folder, "image.tar"), "--format", "html", cwd=self.folder, seconds=120).out
            self.assertEqual(again.encode(), page.read())

    def test_more_files_than_are_shown_by_name(self):
        self.check_large(75_000, cut=True)


class Theme(unittest.TestCase):
    """Contrast by WCAG 2.2: 4.5 for text, 3 for the edges of controls."""

    def colours(self):
        with open(THEME, encoding="utf-8") as file:
            text = file.read()
        return [dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6})", block)) for block in re.findall(r"\{(.*?)\n\}", text, re.S)[:2]]

    def contrast(self, a, b):
        def light(colour):
            parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
            linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        high, low = sorted((light(a), light(b)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    def test_contrast(self):
        for theme in self.colours():
            for ground in ("--page", "--card", "--sunken", "--accent-soft"):
                for text in ("--text", "--soft", "--faint", "--accent"):
                    self.assertGreaterEqual(self.contrast(theme[text], theme[ground]), 4.5, (text, ground))
            for tone in ("good", "warn", "bad"):
                self.assertGreaterEqual(self.contrast(theme[f"--{tone}"], theme[f"--{tone}-soft"]), 4.5, tone)
            for name, colour in theme.items():
                if name.startswith("--map-") and name not in ("--map-text", "--map-edge"):
                    self.assertGreaterEqual(self.contrast(theme["--map-text"], colour), 4.5, name)
            self.assertGreaterEqual(self.contrast(theme["--strong-line"], theme["--card"]), 3)
            self.assertGreaterEqual(self.contrast(theme["--accent"], theme["--page"]), 3)


if __name__ == "__main__":
    program.main()
