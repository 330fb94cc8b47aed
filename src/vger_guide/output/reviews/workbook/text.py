"""A text in a cell: what a workbook can hold, cut where it is too long, and told apart from what came back."""

import re

from vger_guide.text.csv import fit_cell
from vger_guide.text.sanitize import escape_invisible

# Of one cell, in UTF-16 units (https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3).
LIMIT = 32_767
CUT = "\n[cut here: too long for a cell; the rest is in the review]"

# What XML 1.0 cannot hold, and control characters that it can.
_UNHOLDABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?")


def to_cell(text: str) -> str:
    r"""Return a text as a cell shows it: lines end in \n, control characters are escapes, and it is not too long."""
    clean = _UNHOLDABLE.sub(lambda found: escape_invisible(found[0]), _LINE_END.sub("\n", text))
    return fit_cell(clean, LIMIT, CUT)


def is_same(written: str, returned: str) -> bool:
    """Return whether a cell still holds what was written into it; blanks at its ends do not count."""
    return _key(written) == _key(returned)


def _key(text: str) -> str:
    # openpyxl takes `x005F_`, the escape of an underscore, away wherever it stands.
    return _LINE_END.sub("\n", text).replace("x005F_", "").strip()
