"""llms.txt, the guide's table of contents for language models (https://llmstxt.org)."""

from collections.abc import Iterable

from tools import feed
from tools import markdown_text as md
from tools.page_markdown import PageMarkdown
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.document import SCHEMA
from vger_guide.catalog.urls import page_url

DATA = {
    "catalog.json": "Every record: sections, rules, tables with the histories of their verdicts, claims, corrections.",
    "editions.json": "The published editions, frozen, and what changed from one to the next.",
    SCHEMA: "The JSON Schema of catalog.json.",
    "rules.csv": "The rules, a line each.",
    "tables.csv": "The rows of the recommendation tables, a line each.",
    "radar.csv": "The rows that have a verdict, in the form that Build Your Own Radar reads.",
    feed.NAME: "The changes between editions as a feed, an entry each.",
}
HOW = """Behind the address of every page, `index.md` is its copy in Markdown; the links below lead to these copies.

Each of the {count} rules has a page of its own, `{site}rules/SLUG/`, with its copy `{site}rules/SLUG/index.md`.
The [list of rules]({site}rules/index.md) links them all."""


def llms_txt(catalog: Catalog, pages: Iterable[PageMarkdown], site: str) -> str:
    """Return the text. The rules' own pages, too many for it, are told by the pattern of their addresses.

    `site` is the address that the site is published at, with a slash at its end. Raises KeyError where a section's
    page, or the home page, is not among the pages.
    """
    by_address = {page.address: page for page in pages}
    home = by_address[site]
    parts = [f"# {md.escaped(home.title)}", f"> {md.escaped(home.description)}"]
    parts.append(HOW.format(count=len(catalog.rules), site=site))
    for title, members in _groups(catalog, by_address, site).items():
        parts.append(f"## {title}\n\n" + md.items(_entry(*member) for member in members))
    return "\n\n".join(parts) + "\n"


def _groups(catalog: Catalog, pages: dict[str, PageMarkdown], site: str) -> dict[str, list[tuple[str, str, str]]]:
    """Return title, address and description of what each part lists."""
    guide = list(dict.fromkeys([site, *(page_url(site, section.page) for section in catalog.guide.sections)]))
    listed = {*guide, *(page_url(site, rule.page) for rule in catalog.known_rules)}
    rest = [each for each in pages if each not in listed]
    asked = [each for each in rest if each.removeprefix(site).startswith(("rules/", "checklists/"))]
    about = [each for each in rest if each.removeprefix(site).startswith("about/")]
    groups = {
        "The guide": guide,
        "Rules and checklists": asked,
        "More": [each for each in rest if each not in (*asked, *about)],
        # By this title the form marks what may be left out where there is no room for all.
        "Optional": about,
    }
    found = {title: [_page(pages[each]) for each in members] for title, members in groups.items() if members}
    return {"Data": [(name, site + name, text) for name, text in DATA.items()], **found}


def _page(page: PageMarkdown) -> tuple[str, str, str]:
    return page.title, f"{page.address}index.md", page.description


def _entry(title: str, target: str, description: str) -> str:
    return f"{md.link(md.escaped(title), target)}: {md.escaped(description)}"
