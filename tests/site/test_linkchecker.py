"""LinkChecker walks the served site, as an independent reader of its links and anchors."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site.html import pages
from tools.static_server import serve

pytestmark = pytest.mark.slow


def _walk(address: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "linkcheck",
        "--config",
        str(ROOT / "linkcheckerrc"),
        "--no-status",
        "--verbose",
        "--output",
        "csv",
    ]
    # It fetches and parses a page anew for each anchor on it and for each query. So it leaves the rows of the claims,
    # the fixed headings of the rule pages and the filtered views to test_integrity.py, which looks at them all.
    ignored = [f"--ignore-url={each}" for each in ("/about/claims/#c[0-9]", "/rules/[^/]+/#", r"/\?[a-z]+=")]
    # The home page leads to every page; 404.html is named because nothing leads to it.
    return subprocess.run(
        [*command, *ignored, address, address + "404.html"], capture_output=True, text=True, timeout=300
    )


def test_linkchecker_finds_nothing_broken(site: Path, address: str) -> None:
    done = _walk(address)
    assert done.returncode == 0, done.stdout
    walked = {path for path in pages(site) if f"{address}{path}" in done.stdout}
    assert set(pages(site)) == walked, "LinkChecker did not reach every page"


def test_linkchecker_would_find_a_broken_link_and_a_broken_anchor(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<!doctype html><title>t</title><a href="gone/">x</a><a href="404.html#gone">y</a>', encoding="utf-8"
    )
    (tmp_path / "404.html").write_text("<!doctype html><title>t</title>", encoding="utf-8")
    with serve(tmp_path) as address:
        done = _walk(address)
    assert done.returncode == 1
    assert "404 Not Found" in done.stdout
    assert "Anchor `gone' (decoded: `gone') not found" in done.stdout
