"""Writes the file of each rule's page into docs/rules/, and says which stand there without a rule."""

import argparse
import sys
from pathlib import Path

from vger_guide.catalog.loader import load
from vger_guide.catalog.rule_pages import render_rule_page
from vger_guide.records.problems import CatalogError

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Run from the command line. Exit code 2 when the data has problems, 1 when a page has no rule."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    try:
        catalog = load(ROOT / "checklists")
    except CatalogError as error:
        print(error, file=sys.stderr)
        return 2
    expected = {rule.page: render_rule_page(rule) for rule in catalog.known_rules}
    (ROOT / "docs" / "rules").mkdir(exist_ok=True)
    for page, text in expected.items():
        path = ROOT / "docs" / page
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"Wrote docs/{page}")
    known = {*expected, "rules/index.md"}
    stray = [path for path in (ROOT / "docs" / "rules").glob("*.md") if f"rules/{path.name}" not in known]
    for path in stray:
        print(f"docs/rules/{path.name} belongs to no rule: was a slug changed?", file=sys.stderr)
    return 1 if stray else 0


if __name__ == "__main__":
    sys.exit(main())
