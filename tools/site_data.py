"""Writes what the guide offers to programs beside its pages: data, schemas, Markdown copies and llms.txt.

A plain step after the build, so that it is the same whatever engine built the site.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from tools import feed
from tools.llms import llms_txt
from tools.page_markdown import PageMarkdown, page_markdown
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.document import SCHEMA, catalog_json, catalog_schema
from vger_guide.output.catalog import byor
from vger_guide.output.catalog.csv import rules_csv, tables_csv
from vger_guide.output.catalog.editions_json import editions_json
from vger_guide.output.catalog.questions import NAME as QUESTIONS
from vger_guide.output.catalog.questions import questions_json
from vger_guide.output.reviews.formats.csv import csv_schema
from vger_guide.output.runs.formats.json import SCHEMA as RUN_SCHEMA
from vger_guide.output.runs.formats.json import schema as run_schema
from vger_guide.reviews.schema import SCHEMA as REVIEW_SCHEMA
from vger_guide.reviews.schema import schema as review_schema

SCHEMAS = Path(__file__).resolve().parent.parent / "checklists" / "schema"
HOME = "index.html"
COPY = "index.md"


def write(site: Path, catalog: Catalog, site_url: str) -> None:
    """Write the files into a built site, which is published at `site_url`, with a slash at its end.

    catalog.json, editions.json, rules.csv, tables.csv, radar.csv, changes.atom and llms.txt stand at its root, the
    schemas below schema/, and the Markdown copy of each page beside it, `a/index.md` for `a/index.html`. The same site
    and catalogue give the same bytes.
    """
    pages = list(_pages(site, site_url))
    whole = catalog_json(catalog, site_url)
    texts = {
        "catalog.json": whole,
        QUESTIONS: questions_json(whole),
        "editions.json": editions_json(catalog),
        "rules.csv": rules_csv(catalog, site_url),
        "tables.csv": tables_csv(catalog, site_url),
        "radar.csv": byor.write(catalog),
        feed.NAME: feed.feed(catalog, site_url),
        "llms.txt": llms_txt(catalog, pages, site_url),
        SCHEMA: catalog_schema(site_url),
        RUN_SCHEMA: run_schema(site_url),
        REVIEW_SCHEMA: json.dumps(review_schema(site_url), indent=2, ensure_ascii=False) + "\n",
        "schema/review-csv.json": json.dumps(csv_schema(), indent=2) + "\n",
        **{f"schema/{path.name}": path.read_text(encoding="utf-8") for path in sorted(SCHEMAS.glob("*.json"))},
        **{page.address.removeprefix(site_url) + COPY: page.text for page in pages},
    }
    for folder in {(site / name).parent for name in texts}:
        folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (site / name).write_text(text, encoding="utf-8", newline="")


def published_at(site: Path) -> str:
    """Return the address that a built site says it is published at: the canonical one of its home page.

    Raises ValueError where it says none.
    """
    link = LexborHTMLParser((site / HOME).read_text(encoding="utf-8")).css_first("link[rel=canonical]")
    address = link.attributes.get("href") if link else None
    if not address:
        raise ValueError("the home page has no canonical address; set site_url in mkdocs.yml, or SITE_URL")
    return address


def _pages(site: Path, site_url: str) -> Iterator[PageMarkdown]:
    """Yield the Markdown of each page in the order of their addresses; 404.html is no page of the guide."""
    for path in sorted(site.rglob(HOME), key=lambda path: path.parent):
        folder = path.parent.relative_to(site).as_posix()
        yield page_markdown(path.read_text(encoding="utf-8"), site_url + ("" if folder == "." else f"{folder}/"))
