"""Writes the whole guide below downloads/ of a built site."""

from functools import lru_cache
from pathlib import Path

from tools.whole_guide import html, pdf
from tools.whole_guide.chapters import parse_chapters, read_pages
from vger_guide.catalog.catalog import Catalog

NAME = "guide"


def write(folder: Path, site: Path, catalog: Catalog, site_url: str) -> None:
    """Write the page, the EPUB and the PDF into a folder; the same site gives the same bytes."""
    title = catalog.guide.title
    about = f"Edition {catalog.edition}. The sections without their checklists; rules and products lead to {site_url}"
    folder.mkdir(parents=True, exist_ok=True)
    for ending, content in _make(title, about, site_url, read_pages(site, catalog)).items():
        (folder / f"{NAME}.{ending}").write_bytes(content)


@lru_cache(maxsize=1)
def _make(title: str, about: str, site_url: str, pages: tuple[tuple[str, str], ...]) -> dict[str, bytes]:
    """Return the files by their endings.

    Kept, because a server builds again and again, and most saves change none of these pages.
    """
    chapters = parse_chapters(pages, site_url)
    return {
        "html": html.page(title, about, chapters).encode(),
        "epub": html.epub(title, about, chapters),
        "pdf": pdf.pdf(title, about, chapters),
    }
