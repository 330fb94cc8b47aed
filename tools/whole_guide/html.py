"""The whole guide as one page of HTML that needs no other file, and as an EPUB 3 (https://www.w3.org/TR/epub-33/)."""

import re
import tempfile
import zipfile
from collections.abc import Iterable
from html import escape
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

import mkepub
from markdown_it import MarkdownIt

from tools.whole_guide.chapters import Chapter
from vger_guide.output.html import source_hash

STYLE = """
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.55 Georgia, serif; color: #1f2933; }
h1, h2, h3, th, nav { font-family: system-ui, sans-serif; line-height: 1.25; }
h1 { margin-top: 3rem; }
a { color: #0b6060; }
table { border-collapse: collapse; font-size: 0.85em; }
th, td { border: 1px solid #d5dbe1; padding: 0.35em 0.6em; text-align: left; vertical-align: top; }
div.wide { overflow-x: auto; }
pre { padding: 0.7em 1em; background: #f5f7f8; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.85em; }
blockquote { margin: 1em 0; padding: 0 1em; border-left: 3px solid #0f6b6b; }
nav ol { list-style: none; padding: 0; }
@media print {
  body { max-width: none; margin: 0; font-size: 10pt; }
  h1 { break-before: page; }
  h1, h2, h3 { break-after: avoid; }
  tr, pre, blockquote { break-inside: avoid; }
  nav { break-after: page; }
}
"""
POLICY = f"default-src 'none'; style-src 'sha256-{source_hash(STYLE)}'; base-uri 'none'; form-action 'none'"
HEAD = (
    f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
)
# Of every file in the archive, so that the same guide is the same bytes.
MOMENT = (2023, 9, 20, 0, 0, 0)


def page(title: str, about: str, chapters: Iterable[Chapter]) -> str:
    """Return the page; `about` says below the title what it is."""
    chapters = list(chapters)
    contents = "".join(f'<li><a href="#{each.anchor}">{escape(each.title)}</a></li>' for each in chapters)
    articles = "".join(f'<section id="{each.anchor}">{_html(each)}</section>\n' for each in chapters)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>{HEAD}<title>{escape(title)}</title><style>{STYLE}</style></head>\n'
        f"<body>\n<h1>{escape(title)}</h1>\n<p>{escape(about)}</p>\n<nav><ol>{contents}</ol></nav>\n{articles}</body>\n</html>\n"
    )


def epub(title: str, about: str, chapters: Iterable[Chapter]) -> bytes:
    """Return the book."""
    chapters = list(chapters)
    book = mkepub.Book(title, language="en", author="The VGER Group")
    book.uuid = uuid5(NAMESPACE_URL, f"{title}\n{about}")
    book.set_stylesheet(STYLE)
    # The library names the pages in the order in which they are added; the first is the title's.
    files = {each.anchor: f"page{number:04}.xhtml" for number, each in enumerate(chapters, 2)}
    book.add_page(title, f"<h1>{escape(title)}</h1><p>{escape(about)}</p>")
    for each in chapters:
        within = re.sub(r'href="#([\w-]+)"', lambda link: f'href="{files[link[1]]}"', _html(each))
        book.add_page(each.title, within)
    with tempfile.TemporaryDirectory() as folder:
        book.save(Path(folder) / "book.epub")
        return _dated((Path(folder) / "book.epub").read_bytes())


def _html(chapter: Chapter) -> str:
    """Return a chapter as HTML that is XML too."""
    renderer = MarkdownIt("commonmark", {"xhtmlOut": True}).enable("table")
    text: str = renderer.renderer.render(chapter.tokens, renderer.options, {})
    return text.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")


def _dated(book: bytes) -> bytes:
    """Return an archive with its files in the order of their names, and of one moment."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "mimetype", name)):
            data = (
                re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2023-09-20T00:00:00Z", old.read(name))
                if name.startswith("EPUB/package.")
                else old.read(name)
            )
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(name, MOMENT), data, kind)
    return out.getvalue()
