"""The built pages as a browser's parser sees them."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

# Attributes whose value is an address.
LINKS = (
    ("a", "href"),
    ("link", "href"),
    ("img", "src"),
    ("script", "src"),
    ("source", "src"),
    ("iframe", "src"),
    ("form", "action"),
)
BASE = "https://site.test/"


@dataclass(frozen=True)
class Page:
    """One HTML file of the site; `path` is its address below the root, such as `security/keys/`."""

    path: str
    text: str

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The parsed page."""
        return LexborHTMLParser(self.text)

    @cached_property
    def ids(self) -> list[str]:
        """Every id, repeated ones too."""
        return [node.attributes["id"] or "" for node in self.tree.css("[id]")]

    @cached_property
    def links(self) -> list[str]:
        """Every address the page refers to, as written."""
        return [
            value for tag, name in LINKS for node in self.tree.css(f"{tag}[{name}]") if (value := node.attributes[name])
        ]

    def texts(self, selector: str) -> list[str]:
        """Return the text of each element that fits, with white space folded."""
        return [" ".join(node.text().split()) for node in self.tree.css(selector)]

    def resolve(self, link: str) -> tuple[str, str] | None:
        """Return path and anchor of an internal link, or None for one that leaves the site or is no address."""
        parts = urlsplit(urljoin(BASE + self.path, link))
        if parts.scheme not in ("http", "https") or parts.netloc != urlsplit(BASE).netloc:
            return None
        return unquote(parts.path.removeprefix("/")), unquote(parts.fragment)


@lru_cache
def pages(site: Path) -> dict[str, Page]:
    """Return every page of a built site by its path. What readers take away is no page of it."""
    found = {}
    for file in sorted(site.rglob("*.html")):
        path = file.relative_to(site).as_posix()
        if path.startswith("downloads/"):
            continue
        path = path.removesuffix("index.html") if path.endswith("index.html") else path
        found[path] = Page(path, file.read_text(encoding="utf-8"))
    return found


def address(page: str) -> str:
    """Return the path that a page of docs/ is served on."""
    return page.removesuffix(".md").removesuffix("index").rstrip("/") + "/" if page != "index.md" else ""
