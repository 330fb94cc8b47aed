"""The time of a build, against the same pages with their macros already expanded, as whole processes in turn."""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

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


def report(folder: Path, runs: int) -> None:
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
