"""The bounds that docs/about/security.md tells are those of the code: each is written here as the code has it."""

import re

from tests.conftest import ROOT
from vger_guide.catalog import file_loader
from vger_guide.checks import locate, suppressions, time_budget
from vger_guide.evidence import files, sightings, stream
from vger_guide.forge import client, issues, organisation
from vger_guide.matchers import fields, formats, manifests, probes
from vger_guide.matchers.formats import json, toml
from vger_guide.matchers.grammar import child, syntax
from vger_guide.output.reviews.workbook import safe_open, tables
from vger_guide.portfolio import bounded, lists, load, state
from vger_guide.records import problems, yaml_reader
from vger_guide.repo import clone, git, repository, tree
from vger_guide.reviews import store, strict_json

PAGE = (ROOT / "docs/assets/javascripts/review/core/validation.js").read_text(encoding="utf-8")
MB = 1_000_000


def _of_page(name: str) -> int:
    """Return a number that the page of reviews has."""
    found = re.search(rf"const {name} = ([0-9_]+);", PAGE)
    assert found
    return int(found[1])


BOUNDS = {
    "a file that is searched": f"{tree.MAX_BYTES // MB} MB",
    "a pattern": f"{fields.PATTERN_LENGTH:,} characters, {locate.SECONDS} seconds in a file, "
    f"{time_budget.MOST:.0f} seconds of slow searches in a run",
    "a file that is read as a document": f"{formats.MAX_LENGTH:,} characters "
    f"(JSON and lock files {json.MAX_LENGTH:,}), {formats.MAX_VALUES:,} values, {formats.MAX_DEPTH} levels",
    "a file that is read by a grammar": f"{syntax.MAX_LENGTH:,} characters, {child.SECONDS:.0f} seconds, "
    f"{syntax.MAX_DEPTH} levels",
    "`.vger.yml` and each data file": f"{yaml_reader.MAX_BYTES // MB} MB, {yaml_reader.MAX_PARTS:,} keys and values, "
    f"{yaml_reader.MAX_DEPTH} levels",
    "a folder of data, also an organisation's": f"{file_loader.MAX_BYTES // MB} MB, "
    f"{file_loader.MAX_PARTS:,} keys and values",
    "`pyproject.toml` with our table": f"{formats.MAX_LENGTH:,} characters, {formats.MAX_VALUES:,} values, "
    f"keys of {toml.MAX_PARTS} parts",
    "a review": f"{store.MAX_BYTES // MB} MB, {strict_json.MAX_DEPTH} levels, {store.MAX_SIGNS:,} values",
    "a workbook": f"{safe_open.MAX_BYTES // MB} MB, unpacked {safe_open.MAX_UNPACKED // MB} MB "
    f"in {safe_open.MAX_PARTS:,} parts, {safe_open.MAX_ELEMENTS:,} elements, {safe_open.MAX_ROWS:,} rows, "
    f"{tables.MAX_SHEETS} sheets",
    "problems that are told": f"{problems.REPORTED} of data, {store.SHOWN_PROBLEMS} of a review, "
    f"{_of_page('SHOWN')} on the page",
    "findings that a report shows": f"{suppressions.FINDINGS:,} of a rule",
    "findings that are compared with waivers and baseline": f"{probes.HITS:,} of a search, "
    f"{probes.HITS_PER_FILE} of a file one by one",
    "a report of another tool": f"{files.FILE_BYTES >> 20} MiB, also unpacked, {files.ALL_BYTES >> 30} GiB and "
    f"{files.FILES} files in all, {stream.DEPTH} levels, {sightings.KEPT:,} findings of a run",
    "a portfolio": f"{load.MAX_REPOSITORIES:,} repositories, a list of {lists.MAX_BYTES // MB} MB, "
    f"{bounded.MAX_BYTES // MB} MB that a look hands back, {state.MAX_BYTES // MB} MB that is kept of one",
    "a hosting service": f"{client.SECONDS} seconds an answer, {organisation.MAX_PAGES} pages",
    "git": f"{git.SECONDS} seconds and {git.MAX_OUTPUT // MB} MB a call, {clone.SECONDS // 60} minutes for a clone, "
    f"{repository.MAX_ENTRIES:,} entries",
}


def test_the_page_on_security_tells_the_bounds_of_the_code_and_no_others() -> None:
    page = (ROOT / "docs/about/security.md").read_text(encoding="utf-8")
    table = page.partition("## Bounds")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.split(" | ")] for line in table.splitlines() if line.startswith("| ")][2:]
    assert {what.removeprefix("| "): bound for what, bound, _ in rows} == BOUNDS


def test_the_page_of_reviews_has_the_bounds_of_the_engine() -> None:
    assert _of_page("MAX_DEPTH") == strict_json.MAX_DEPTH
    assert _of_page("MAX_SIGNS") == store.MAX_SIGNS
    transfer = (ROOT / "docs/assets/javascripts/review/ui/transfer.js").read_text(encoding="utf-8")
    assert f"const MAX = {store.MAX_BYTES:_};" in transfer


def test_bounds_that_stand_twice_are_one() -> None:
    assert manifests.MAX_LENGTH == json.MAX_LENGTH
    assert issues.MAX_PAGES == organisation.MAX_PAGES
    assert problems.SHOWN_PROBLEMS == problems.REPORTED
