"""LinkChecker walks the served site, as an independent reader of its links and anchors."""

import csv
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.site.html import pages
from tools.serving import serve

pytestmark = pytest.mark.slow


# With a check, and of a rule that a person answers.
WALKED = ("no-sessions-in-a-relational-database", "remote-sessions-from-the-second-server")


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
    # the filtered views, and of the pages of rules, which are made alike, all but two with their fixed headings to
    # test_integrity.py, which looks at every link and anchor of them all.
    but_two = f"/rules/(?!(?:{'|'.join(WALKED)})/)[a-z]"
    ignored = [f"--ignore-url={each}" for each in ("/about/claims/#c[0-9]", "/rules/[^/]+/#", but_two, r"/\?[a-z]+=")]
    # The home page leads to every page; 404.html is named because nothing leads to it.
    return subprocess.run(
        [*command, *ignored, address, address + "404.html"], capture_output=True, text=True, timeout=300
    )


def _answered(output: str) -> list[str]:
    """Return the addresses that were asked for and answered; one that is left out is listed without an answer."""
    lines = (line for line in output.splitlines() if not line.startswith("#"))
    return [row["url"] for row in csv.DictReader(lines, delimiter=";") if row["result"].startswith("200")]


def test_linkchecker_finds_nothing_broken(site: Path, address: str) -> None:
    done = _walk(address)
    assert done.returncode == 0, done.stdout
    of_rules = {path for path in pages(site) if re.fullmatch(r"rules/[^/]+/", path)}
    left_out = of_rules - {f"rules/{each}/" for each in WALKED}
    walked = {url.removeprefix(address).partition("#")[0] for url in _answered(done.stdout)}
    assert walked & set(pages(site)) == set(pages(site)) - left_out, (
        "LinkChecker did not reach the pages that it is to walk"
    )


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
