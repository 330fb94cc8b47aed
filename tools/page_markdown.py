"""A built page as a file of Markdown: its article, behind what describes the page."""

import json
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser

from tools.article_markdown import article_markdown


@dataclass(frozen=True)
class PageMarkdown:
    """A page's Markdown, and what describes the page."""

    address: str
    title: str
    description: str
    body: str

    @property
    def text(self) -> str:
        """The file: front matter in YAML, of which JSON's strings are a part, and the body."""
        facts = {"title": self.title, "description": self.description, "canonical": self.address}
        head = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in facts.items())
        return f"---\n{head}---\n\n{self.body}\n"


@lru_cache(maxsize=1024)
def page_markdown(html: str, address: str) -> PageMarkdown:
    """Return the Markdown of a page that is published at `address`. Raises ValueError where there is no h1.

    Kept, because a server builds again and again, and most pages stay as they were.
    """
    tree = LexborHTMLParser(html)
    article, description = tree.css_first("article"), tree.css_first("meta[name=description]")
    heading = article.css_first("h1") if article else None
    if not (article and heading):
        raise ValueError(f"the page {address} has no article with an h1")
    said = description.attributes.get("content") if description else None
    body = article_markdown(article, address)
    for permalink in heading.css(".headerlink"):
        permalink.decompose()
    return PageMarkdown(address, " ".join(heading.text().split()), said or "", body)
