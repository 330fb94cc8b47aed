"""The run as a badge: a picture of one line that works without any service."""

from html import escape

from vger_guide.checks.results import Run
from vger_guide.output.runs.formats.badge_endpoint import LABEL, colour, message

# Dark enough for white text, by 4.5:1 and more.
COLOURS = {"red": "#b3261e", "orange": "#a34a00", "blue": "#0b5cad", "green": "#2e6b1f", "lightgrey": "#5f6368"}
PADDING = 7
# Of a character of 11 px Verdana or DejaVu Sans, by kind; `textLength` makes up for what it is wrong by.
NARROW, WIDE, OTHER = 4, 9.5, 7


def write(run: Run) -> str:
    """Return the picture as SVG, named for those who cannot see it."""
    left, right = _width(LABEL), _width(message(run))
    title = escape(f"{LABEL}: {message(run)}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{title}">'
        f'<title>{title}</title><clipPath id="round"><rect width="{left + right}" height="20" rx="3"/></clipPath>'
        f'<g clip-path="url(#round)"><rect width="{left}" height="20" fill="#3c4043"/>'
        f'<rect x="{left}" width="{right}" height="20" fill="{COLOURS[colour(run)]}"/></g>'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
        f"{_text(LABEL, 0)}{_text(message(run), left)}</g></svg>\n"
    )


def _text(text: str, start: int) -> str:
    length = _width(text) - 2 * PADDING
    return f'<text x="{start + PADDING}" y="14" textLength="{length}">{escape(text)}</text>'


def _width(text: str) -> int:
    return round(sum(_advance(character) for character in text)) + 2 * PADDING


def _advance(character: str) -> float:
    return NARROW if character in " ,.:'il" else WIDE if character in "VGERmw" else OTHER
