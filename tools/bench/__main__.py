"""Measures the site (its build, the weight of its pages, Lighthouse), the page of reviews, and the commands."""

import argparse
import sys
import tempfile
from pathlib import Path

from tools.bench import checks, growth, portfolio, site
from tools.browser import find
from tools.site import build
from tools.static_server import serve

PAGES = {
    "home": "",
    "a section": "principles/scalability/sessions/",
    "recommendations": "recommendations/",
    "review": "review/",
}


def main() -> int:
    """Run from the command line. Exit code 1 when the site does not build, 3 when there is no browser."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--runs", type=int, default=9, help="how often each build is timed (default: 9)")
    parser.add_argument("--only", choices=["site", "reviews", "checks", "portfolio"], help="measure only this")
    parser.add_argument("--repos", type=Path, nargs="*", default=[], help="repositories to check, not made-up ones")
    parser.add_argument("--portfolio", type=int, default=100, help="how many repositories to make up for a portfolio")
    asked = parser.parse_args()
    if asked.only in (None, "checks"):
        checks.report(asked.repos, asked.runs)
        growth.report(asked.repos)
    if asked.only in (None, "portfolio"):
        portfolio.report(asked.portfolio)
    return 0 if asked.only in ("checks", "portfolio") else _site(asked.runs, asked.only)


def _site(runs: int, only: str | None) -> int:
    browser = find()
    if not browser:
        print("No browser: run 'make browser' first.", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as folder:
        if only != "reviews":
            site.report_builds(Path(folder), runs)
        built = Path(folder) / "site"
        if build(built):
            return 1
        with serve(built) as address:
            if only != "site":
                site.report_reviews(browser, address)
            if only != "reviews":
                site.report_weight(browser, address, PAGES)
                site.report_lighthouse(browser, address, PAGES, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
