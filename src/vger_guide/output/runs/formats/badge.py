"""The run as a badge: a picture of one line that works without any service."""

import json

from vger_guide.checks.results import Run, count_decided, list_failures
from vger_guide.output.html import render
from vger_guide.text.plural import pluralise

LABEL = "VGER guide"
# Of shields.io by name; dark enough for white text, by 4.5:1 and more.
COLOURS = {"red": "#b3261e", "orange": "#a34a00", "blue": "#0b5cad", "green": "#2e6b1f", "lightgrey": "#5f6368"}
PADDING = 7
# Of a character of 11 px Verdana or DejaVu Sans, by kind; `textLength` makes up for what it is wrong by.
NARROW, WIDE, OTHER = 4, 9.5, 7


def write(run: Run, *, endpoint: bool = False) -> str:
    """Return the badge as SVG, named for those who cannot see it, or what an `endpoint` of shields.io answers.

    That is JSON (https://shields.io/badges/endpoint-badge), of which the service draws the badge. Neither ever says
    that all is well: only how many rules are met, and how many there are.
    """
    if endpoint:
        said = {"schemaVersion": 1, "label": LABEL, "message": _message(run), "color": _colour(run)}
        return json.dumps(said) + "\n"
    return _draw(_message(run), COLOURS[_colour(run)])


def _draw(message: str, colour: str) -> str:
    left, right = _width(LABEL), _width(message)
    return render("badge.svg", label=LABEL, message=message, colour=colour, left=left, right=right, padding=PADDING)


def _message(run: Run) -> str:
    """Return the counts, such as `12 of 30 met, 2 failed`; rules that do not apply are no part of them."""
    if not count_decided(run):
        return "nothing checked"
    counts = run.counts
    parts = [f"{counts['pass']:,} of {len(run.results) - counts['not-applicable']:,} met"]
    failed = len(list_failures(run))
    parts += [f"{failed:,} failed"] if failed else []
    parts += [f"{counts['waived']:,} waived"] if counts["waived"] else []
    parts += [pluralise(counts["error"], "error")] if counts["error"] else []
    return ", ".join(parts)


def _colour(run: Run) -> str:
    """Return a name of COLOURS; green is for a run in which every rule that applies is met."""
    if not count_decided(run):
        return "lightgrey"
    failed = list_failures(run)
    if failed:
        return "red" if failed[0].rule.level == "must" else "orange"
    met = run.counts["pass"] + run.counts["not-applicable"]
    return "green" if met == len(run.results) else "blue"


def _width(text: str) -> int:
    return round(sum(_advance(character) for character in text)) + 2 * PADDING


def _advance(character: str) -> float:
    return NARROW if character in " ,.:'il" else WIDE if character in "VGERmw" else OTHER
