"""Lists the waivers of `.vger.yml` that end soon, as Markdown: what they accept fails from the day after.

    python -m tools.waivers --on 2027-04-02

Exit code 1 where there are some.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from vger_guide.catalog.settings import FILE, Waiver, read_settings
from vger_guide.text.markdown import escape_prose

ROOT = Path(__file__).resolve().parent.parent
# The workflow that lists them runs once a month: each is told at least once, a month before it ends.
SOON = timedelta(days=62)


def ending(waivers: Sequence[Waiver], on: date) -> list[Waiver]:
    """Return those that have ended on a day or end soon after it, the first to end first."""
    return sorted((each for each in waivers if each.until - on <= SOON), key=lambda waiver: waiver.until)


def markdown(waivers: Sequence[Waiver]) -> str:
    """Return a list to tick off: what was accepted is mended, or accepted anew for a reason that holds."""
    lines = (
        f"- [ ] {each.rule}, of {escape_prose(each.owner)}, until {each.until}: {escape_prose(each.reason)}"
        for each in waivers
    )
    return "\n".join(["", f"Waivers of {FILE} that end:", "", *lines, ""])


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    today = datetime.now(UTC).date()
    parser.add_argument(
        "--on", type=date.fromisoformat, default=today, help="the day that is asked for (default: today)"
    )
    parser.add_argument("--settings", type=Path, default=ROOT / FILE, help="the file (default: the project's own)")
    asked = parser.parse_args()
    settings, _ = read_settings(asked.settings, asked.settings.read_bytes())
    found = ending(settings.waivers, asked.on)
    if found:
        print(markdown(found), end="")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
