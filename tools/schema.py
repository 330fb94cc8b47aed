"""Writes the JSON Schemas of the data files into checklists/schema/."""

import argparse
from pathlib import Path

from vger_guide.catalog.schema import schemas
from vger_guide.portfolio.schema import FILE, schema

FOLDER = Path(__file__).resolve().parent.parent / "checklists" / "schema"


def main() -> None:
    """Run from the command line."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    FOLDER.mkdir(exist_ok=True)
    for name, text in {**schemas(), FILE: schema()}.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"Wrote checklists/schema/{name}")


if __name__ == "__main__":
    main()
