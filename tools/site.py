"""Builds the site into a folder: whole and new, or not at all.

MkDocs empties its target first and ends a strict build only after writing; so it builds beside the target,
and the finished site is renamed into place. `tools.serve` builds by the same steps.
"""

import argparse
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from macros.guidance import DOWNLOADS
from tools import asset_bundle, browser_bundle, content_security, downloads, search_index, site_data
from tools.asset_bundle import BundleError
from tools.page_cache import PageCache
from tools.site_pages import PagesError, write_pages
from tools.vendored import DownloadError
from tools.whole_guide.write import write as write_whole_guide
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.loader import load
from vger_guide.catalog.review_dates import DueState, list_due
from vger_guide.records.problems import CatalogError

ROOT = Path(__file__).resolve().parent.parent
# Why there is no new site; the message says it to a person.
FAILURES = (BundleError, PagesError, CatalogError, DownloadError, OSError)


def build(target: Path) -> int:
    """Build into `target` and return an exit code: 0 for a new site, else the old one stands as it was."""
    fresh = target.with_name(target.name + ".new")
    try:
        catalog = write_site(fresh, write_extras)
    except FAILURES as error:
        shutil.rmtree(fresh, ignore_errors=True)
        print(f"{error}\nNot built: {target} is as it was.", file=sys.stderr)
        return 1
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    put_in_place(fresh, target)
    print(f"Built {target}: {counted(catalog, datetime.now(UTC).date())}")
    return 0


def write_extras(folder: Path) -> None:
    """Write what no page waits for: the engine, and what readers take away. Raises one of FAILURES."""
    browser_bundle.write(folder)
    downloads.write(folder, load(ROOT / "checklists"))


def write_site(folder: Path, write_rest: Callable[[Path], None], cache: PageCache | None = None) -> Catalog:
    """Write all that is published into a folder, which is emptied first, and return the catalogue.

    `write_rest` puts there what is made once while serving: see `write_extras`. Raises one of FAILURES.
    """
    write_pages(ROOT / "mkdocs.yml", folder, cache)
    asset_bundle.write(folder)
    content_security.write(folder)
    catalog = load(ROOT / "checklists")
    published_at = site_data.published_at(folder)
    site_data.write(folder, catalog, published_at)
    search_index.write(folder, catalog)
    write_whole_guide(folder / DOWNLOADS, folder, catalog, published_at)
    write_rest(folder)
    return catalog


def counted(catalog: Catalog, today: date) -> str:
    """Return how many rules and rows there are, and how many of their reviews are due."""
    items = list_due(catalog, today)
    states = Counter(item.state for item in items)
    counts = f"{len(catalog.rules)} rules, {len(catalog.options)} rows of tables"
    if not any(item.pending for item in items):
        return f"{counts}, no review due"
    return f"{counts}; reviews: {states[DueState.OVERDUE]} overdue, {states[DueState.DUE]} due (see `vger due`)"


def put_in_place(fresh: Path, target: Path) -> None:
    """Rename the fresh folder to the target's name; the old one goes last."""
    old = target.with_name(target.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "target", type=Path, nargs="?", default=ROOT / "site", help="the folder to build into (default: site)"
    )
    # Messages name files as people at the project's root do.
    target = parser.parse_args().target.resolve()
    os.chdir(ROOT)
    return build(target)


if __name__ == "__main__":
    sys.exit(main())
