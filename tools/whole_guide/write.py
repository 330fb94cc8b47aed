"""Writes the whole guide below downloads/ of a built site."""

from pathlib import Path

from tools.whole_guide import html, pdf
from tools.whole_guide.chapters import read_chapters
from vger_guide.catalog.catalog import Catalog

NAME = "guide"


def write(folder: Path, site: Path, catalog: Catalog, site_url: str) -> None:
    """Write the page, the EPUB and the PDF into a folder; the same site gives the same bytes."""
    chapters = read_chapters(site, catalog, site_url)
    title = catalog.guide.title
    about = f"Edition {catalog.edition}. The sections without their checklists; rules and products lead to {site_url}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.html").write_text(html.page(title, about, chapters), encoding="utf-8", newline="")
    (folder / f"{NAME}.epub").write_bytes(html.epub(title, about, chapters))
    (folder / f"{NAME}.pdf").write_bytes(pdf.pdf(title, about, chapters))
