"""The verdicts as CSV for Build Your Own Radar of Thoughtworks.

The columns are those of https://github.com/thoughtworks/build-your-own-radar (README, "Setting up your data"), the
file is UTF-8 as in RFC 4180. The public service at radar.thoughtworks.com leaves out, without a word, each row whose
ring or quadrant has a name of its own, and every version of the program has room for four of each. So the names here
are those of the service, and a row's own verdict and table stand in its description:

- Ring. Use and recommended are Adopt, start using is Trial, with reservations, watch and investigate share Assess,
  avoid is Hold. An option without a verdict is left out: any ring would give it one.
- Quadrant. A table whose title speaks of platforms, of languages or frameworks, of techniques, practices or methods
  stands in the quadrant of that name; any other holds tools.
- isNew. TRUE for an option that had no verdict up to the edition that the guide was converted from.

Rows are in the order of the rings: versions before 2022 number the rings as they come. (Those refuse a file with fewer
than four quadrants in it.)
"""

import re

from markupsafe import Markup

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.tables import Direction, Option, Table, Verdict
from vger_guide.text.csv import write_rows

COLUMNS = ("name", "ring", "quadrant", "isNew", "description")

RINGS = {
    Verdict.USE: "Adopt",
    Verdict.RECOMMENDED: "Adopt",
    Verdict.START_USING: "Trial",
    Verdict.WITH_RESERVATIONS: "Assess",
    Verdict.WATCH: "Assess",
    Verdict.INVESTIGATE: "Assess",
    Verdict.AVOID: "Hold",
}
QUADRANTS = {
    "Platforms": re.compile(r"\bplatforms?\b", re.IGNORECASE),
    "Languages & Frameworks": re.compile(r"\b(languages?|frameworks?)\b", re.IGNORECASE),
    "Techniques": re.compile(r"\b(techniques?|practices?|methods?)\b", re.IGNORECASE),
}
OTHER = "Tools"
_LINK = Markup('<a href="{}">{}</a>')
_DESCRIPTION = Markup("<p><strong>{}</strong>{}.{}</p><p>{}: {}</p>")


def write(catalog: Catalog) -> str:
    """Return a row for each option that has a verdict, below the header COLUMNS; lines end in CRLF.

    Text stays as it is in the record, also where a spreadsheet would take it for a formula: the file is for a program.
    Only the description is HTML, and its text is escaped.
    """
    edition = catalog.guide.source_edition
    judged = [
        (table, option, verdict)
        for verdict in Verdict
        for table, option in catalog.options.values()
        if option.verdict is verdict
    ]
    return write_rows(COLUMNS, (_row(table, option, verdict, edition) for table, option, verdict in judged))


def _row(table: Table, option: Option, verdict: Verdict, edition: str) -> tuple[str, ...]:
    known = any(entry.verdict and entry.since <= edition.replace(".", "-") for entry in option.verdicts)
    description = _description(table, option, verdict, edition)
    return option.name, RINGS[verdict], _quadrant(table), "FALSE" if known else "TRUE", description


def _quadrant(table: Table) -> str:
    return next((name for name, words in QUADRANTS.items() if words.search(table.title)), OTHER)


def _description(table: Table, option: Option, verdict: Verdict, edition: str) -> str:
    """Return the verdict, its move, the reason and the product's sites, in tags that the program lets through."""
    direction = option.direction(edition)
    move = "" if direction is Direction.SAME else f", {direction.value} since {edition}"
    reason = f" {option.reason}" if option.reason else ""
    sites = Markup(", ").join(_LINK.format(site.address, site.label) for site in option.sites)
    return str(_DESCRIPTION.format(verdict.word, move, reason, table.title, sites))
