"""Builds the site into a folder: whole and new, or not at all.

MkDocs empties its target first and ends a strict build only after writing; so it builds beside the target,
and the finished site is renamed into place.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

from tools import engine
from tools.data_out import published_at, write
from tools.vendored import Unavailable
from vger_guide.catalog import Catalog, load
from vger_guide.catalog.due import State, reviews

ROOT = Path(__file__).resolve().parent.parent
# The macros plugin prints where a macro failed and why, and then a traceback of its own code.
TRACEBACK = re.compile(r"\n*```\nTraceback \(most recent call last\):.*?\n```", re.DOTALL)


def build(target: Path) -> int:
    """Build into `target` and return an exit code: 0 for a new site, else the old one stands as it was."""
    fresh = target.with_name(target.name + ".new")
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--config-file",
        str(ROOT / "mkdocs.yml"),
        "--site-dir",
        str(fresh),
    ]
    # The theme's advice to move to Zensical is left out: a test builds the site with it.
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, env=env, stderr=subprocess.PIPE, text=True, errors="replace")
    sys.stderr.write(said(done.stderr, failed=done.returncode != 0))
    if done.returncode == 0 and (catalog := completed(fresh)):
        put_in_place(fresh, target)
        print(f"Built {target}: {counted(catalog, datetime.now(UTC).date())}")
        return 0
    shutil.rmtree(fresh, ignore_errors=True)
    print(f"Not built: {target} is as it was.", file=sys.stderr)
    return done.returncode or 1


def completed(fresh: Path) -> Catalog | None:
    """Put data and the engine beside the pages, and return the catalogue; None where something cannot be had."""
    catalog = load(ROOT / "checklists")
    write(fresh, catalog, published_at(fresh))
    try:
        engine.write(fresh)
    except Unavailable as error:
        print(f"The page of reviews needs what cannot be had now: {error}", file=sys.stderr)
        return None
    return catalog


def counted(catalog: Catalog, today: date) -> str:
    """Return how many rules and rows there are, and how many of their reviews are due."""
    items = reviews(catalog, today)
    states = Counter(item.state for item in items)
    counts = f"{len(catalog.rules)} rules, {len(catalog.options)} rows of tables"
    if not any(item.pending for item in items):
        return f"{counts}, no review due"
    return f"{counts}; reviews: {states[State.OVERDUE]} overdue, {states[State.DUE]} due (see `vger due`)"


def said(output: str, failed: bool) -> str:
    """Return of MkDocs' output what a person needs: warnings and errors; nothing of a build that went well."""
    lines = [line for line in output.splitlines() if not line.startswith("INFO")]
    text = TRACEBACK.sub("", "\n".join(lines)).strip()
    return text + "\n" if text and failed else ""


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
    return build(parser.parse_args().target.resolve())


if __name__ == "__main__":
    sys.exit(main())
