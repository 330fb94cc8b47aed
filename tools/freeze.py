"""Freezes the rules of an edition into checklists/editions/; a frozen edition is never written again."""

import argparse
import sys
from pathlib import Path

from vger_guide.catalog import load
from vger_guide.catalog.editions import freeze

CHECKLISTS = Path(__file__).resolve().parent.parent / "checklists"


def main() -> int:
    """Run from the command line. Exit code 2 when the edition is frozen already."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition", help="such as 2023.09")
    edition = parser.parse_args().edition
    path = CHECKLISTS / "editions" / f"{edition}.json"
    if path.exists():
        print(f"{path.name} is frozen already, and stays as it is.", file=sys.stderr)
        return 2
    path.parent.mkdir(exist_ok=True)
    path.write_text(freeze(edition, load(CHECKLISTS).rules.values()), encoding="utf-8")
    print(f"Wrote checklists/editions/{path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
