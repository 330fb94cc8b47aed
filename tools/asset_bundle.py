"""Bundles the scripts and styles of the pages by esbuild: what one of them imports comes in the same file, minified.

A page then fetches one script and two styles of ours where it fetched fifty. The sources work unbundled too, as MkDocs
serves them by itself. The program: https://esbuild.github.io/api/ (MIT).
"""

import subprocess
from pathlib import Path

from tools.vendored import ROOT, package

ASSETS = ("assets/javascripts", "assets/stylesheets")
# What pages and scripts name; all other scripts are imported by one of these.
SCRIPTS = (
    *("changes.js", "guide.js", "not-found.js", "outdated.js", "search.js", "table-filter.js"),
    *("review/engine-worker.js", "review/main.js"),
)
# Of a file that only some pages need.
LATER = "./table-filter.js"
OPTIONS = ("--bundle", "--minify", "--format=esm", "--target=esnext", "--charset=utf8", "--log-level=warning")


class BundleError(Exception):
    """A script or a style cannot be bundled."""


def write(site: Path, docs: Path = ROOT / "docs") -> None:
    """Put the bundles in the place of the copies of their sources in a built site. Raises BundleError, DownloadError.

    The theme has files of its own in the same folders, which stay.
    """
    scripts, styles = (docs / each for each in ASSETS)
    entries = [*(scripts / each for each in SCRIPTS), *sorted(styles.glob("*.css"))]
    for source in (*scripts.rglob("*.js"), *styles.rglob("*.css")):
        (site / source.relative_to(docs)).unlink()
    # npm installs the program of this platform alone.
    [program] = package("@esbuild").glob("*/**/esbuild*")
    names = [str(entry.relative_to(docs)) for entry in entries]
    command = [str(program), *names, *OPTIONS, f"--outdir={site}", "--outbase=.", f"--external:{LATER}"]
    done = subprocess.run(command, check=False, cwd=docs, capture_output=True, text=True)
    if done.returncode:
        raise BundleError(f"the scripts and styles cannot be bundled:\n{done.stderr.strip()}")
