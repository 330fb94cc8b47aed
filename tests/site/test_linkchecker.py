"""LinkChecker walks the served site, as an independent reader of its links and anchors."""

import csv
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site.html import pages
from tests.soak import SOAK
from tools.static_server import serve

pytestmark = pytest.mark.slow

# It fetches and parses a page anew for each anchor on it and for each query. So it is asked of some parts of the site,
# and by the nightly run of all, whether every link leads to a page or a file, and of a chapter whether every anchor is
# there. It leaves the rest, the other anchors, the filtered views, and all pages of rules but two, which are made
# alike, to test_integrity.py, which looks at every link and every anchor of all pages.
PARTS = ("security", "about")
WALKED = ("no-sessions-in-a-relational-database", "remote-sessions-from-the-second-server")
LEFT_OUT = (
    r":[0-9]+/(?!security/)[^#]*#",
    f"/rules/(?!(?:{'|'.join(WALKED)})/)[a-z]",
    r"/\?[a-z]+=",
    *([] if SOAK else [f":[0-9]+/(?!(?:assets|{'|'.join(PARTS)})/|[^/]*$)"]),
)


def _walk(address: str, left_out: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
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
    ignored = [f"--ignore-url={each}" for each in left_out]
    # The home page leads to every page; 404.html is named because nothing leads to it.
    return subprocess.run(
        [*command, *ignored, address, address + "404.html"], capture_output=True, text=True, timeout=300
    )


def _answered(output: str) -> list[str]:
    """Return the addresses that were asked for and answered; one that is left out is listed without an answer."""
    lines = (line for line in output.splitlines() if not line.startswith("#"))
    return [row["url"] for row in csv.DictReader(lines, delimiter=";") if row["result"].startswith("200")]


def test_linkchecker_finds_nothing_broken(site: Path, address: str) -> None:
    done = _walk(address, LEFT_OUT)
    assert done.returncode == 0, done.stdout
    of_rules = {path for path in pages(site) if re.fullmatch(r"rules/[^/]+/", path)}
    all_due = set(pages(site)) - of_rules | {f"rules/{each}/" for each in WALKED}
    due = {path for path in all_due if SOAK or path.partition("/")[0] in ("", "404.html", *PARTS)}
    walked = {url.removeprefix(address).partition("#")[0] for url in _answered(done.stdout)}
    assert walked & set(pages(site)) == due, "LinkChecker did not reach the pages that it is to walk"
    assert any("/security/" in url and "#" in url for url in _answered(done.stdout)), "no anchor was looked at"


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
