"""The article of a built page as Markdown, as a person would write it: without the controls, and with no HTML.

Links are whole addresses, for a copy is read away from its page. Text is escaped, so that none of it becomes markup.
"""

from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from tools import markdown_text as md

# What only a browser has a use for; of what is there for screen readers, what repeats the text beside it.
DROPPED = """
    .headerlink, .permalink, .md-content__button, .md-source-file, [role=status], [hidden], [aria-hidden=true],
    a .sr-only, summary .sr-only, form, nav, :not(th) > button, input:not([type=checkbox]), svg:not([role=img]),
    script, style, template
"""
TEXT = "-text"
HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
BLOCKS = {*HEADINGS, "article", "aside", "blockquote", "details", "div", "dl", "figcaption", "figure", "ol", "p", "pre"}
BLOCKS |= {"section", "summary", "svg", "table", "ul"}
MARKS = {"b": "**", "strong": "**", "em": "*", "i": "*"}
BADGES = {"level", "severity", "verdict"}


def article_markdown(article: LexborNode, address: str) -> str:
    """Return the Markdown of an article on the page that is published at `address`."""
    return "\n\n".join(_Writer(article, address).blocks(article))


def _is(node: LexborNode, name: str) -> bool:
    """Return whether an element has a class."""
    return name in (node.attributes.get("class") or "").split()


class _Writer:
    """Turns the elements of one article into Markdown."""

    def __init__(self, article: LexborNode, address: str) -> None:
        self._address = address
        self._dropped = {node.mem_id for node in article.css(DROPPED)}
        self._makers: dict[str, Callable[[LexborNode], list[str]]] = {
            "div": self._div,
            "dl": self._definitions,
            "ol": self._list,
            "p": self._paragraph,
            "pre": self._sample,
            "summary": lambda node: [md.marked("**", self._phrase(node))],
            "svg": lambda node: [md.quotation(self._picture(node))],
            "table": self._table,
            "ul": self._list,
        }

    def _children(self, node: LexborNode) -> Iterator[LexborNode]:
        return (child for child in node.iter(include_text=True) if child.mem_id not in self._dropped)

    def blocks(self, node: LexborNode) -> list[str]:
        """Return the blocks within an element; what stands between two blocks is a paragraph."""
        found: list[str] = []
        line: list[LexborNode] = []
        for child in self._children(node):
            if child.tag not in BLOCKS:
                line.append(child)
                continue
            found += [md.paragraph(self._run(line)), *self._block(child)]
            line = []
        return [block for block in (*found, md.paragraph(self._run(line))) if block]

    def _block(self, node: LexborNode) -> list[str]:
        tag = node.tag or ""
        if tag in HEADINGS:
            return [md.heading(HEADINGS[tag], self._phrase(node))]
        return self._makers.get(tag, self.blocks)(node)

    def _paragraph(self, node: LexborNode) -> list[str]:
        text = md.paragraph(self._phrase(node))
        return [md.marked("**", text) if _is(node, "admonition-title") else text]

    def _div(self, node: LexborNode) -> list[str]:
        if _is(node, "admonition"):
            return [md.quotation("\n\n".join(self.blocks(node)))]
        return self._sample(node) if _is(node, "highlight") else self.blocks(node)

    def _sample(self, node: LexborNode) -> list[str]:
        """Return a sample of code behind its title."""
        title, code = node.css_first(".filename"), node.css_first("pre")
        classes = (node.attributes.get("class") or "").split()
        language = next((name.removeprefix("language-") for name in classes if name.startswith("language-")), "")
        head = [md.marked("**", self._phrase(title))] if title else []
        return [*head, md.code_block((code or node).text().strip("\n"), language)]

    def _list(self, node: LexborNode) -> list[str]:
        """Return a list. Where the text numbers the items, as contents do, Markdown does not."""
        parts = [child for child in self._children(node) if child.tag == "li"]
        return [md.items(map(self._item, parts), numbered=node.tag == "ol" and not _is(node, "contents"))]

    def _item(self, node: LexborNode) -> str:
        inner = {child.tag for child in self._children(node)} & BLOCKS
        return ("\n" if inner <= {"ul", "ol"} else "\n\n").join(self.blocks(node))

    def _definitions(self, node: LexborNode) -> list[str]:
        """Return a list of terms, each with its meaning."""
        found: list[str] = []
        for part in node.css("dt, dd"):
            text = md.paragraph(self._phrase(part))
            found += [text] if part.tag == "dt" else [f"{found.pop()}: {text}"]
        return [md.items(found)]

    def _table(self, node: LexborNode) -> list[str]:
        caption, head = node.css_first("caption"), node.css("thead th")
        rows = [row.css("th, td") for row in node.css("tbody tr")]
        title = [md.marked("**", md.paragraph(self._phrase(caption)))] if caption else []
        if node.css_first("tbody :is(h2, h3)"):
            return [*title, *(block for row in rows for block in self._headed(row))]
        return [*title, md.table([self._phrase(cell) for cell in row] for row in (head, *rows))]

    def _headed(self, row: list[LexborNode]) -> list[str]:
        """Return a row with a heading of its own, too much for a line of a table: the heading, facts, and the rest."""
        heading, *rest = self.blocks(row[0])
        facts = [f"**{cell.attributes.get('data-label')}:** {self._phrase(cell)}" for cell in row[1:]]
        return [heading, md.items(map(md.paragraph, facts)), *rest]

    def _picture(self, node: LexborNode) -> str:
        """Return the text of a picture for those who do not see it."""
        title, description = node.css_first("title"), node.css_first("desc")
        name = title.text() if title else node.attributes.get("aria-label") or ""
        said = md.escaped(description.text()) if description else ""
        return md.paragraph(f"**Picture: {md.escaped(name)}.** {said}")

    def _phrase(self, node: LexborNode) -> str:
        """Return the content of an element as one line."""
        children = list(self._children(node))
        names = node.attributes.get("class") or ""
        if names.endswith(("__facts", "__counts")):
            return self._run((child for child in children if child.text().strip()), ", ")
        if node.tag in ("ul", "ol"):
            return self._run((child for child in children if child.tag == "li"), ", ")
        return self._run(children)

    def _run(self, nodes: Iterable[LexborNode], apart: str = " ") -> str:
        """Return neighbours as one line; two elements without text between them are set apart, as they look."""
        line, before = "", TEXT
        for node in nodes:
            if not (piece := self._inline(node)):
                continue
            if TEXT not in (before, node.tag):
                line += ", " if before == node.tag == "a" else apart
            line += piece
            before = node.tag or ""
        return line

    def _inline(self, node: LexborNode) -> str:
        match node.tag:
            case "-text":
                return md.escaped(node.text())
            case "code":
                return md.code_span(" ".join(node.text().split()))
            case "a":
                address = urljoin(self._address, node.attributes.get("href") or "")
                text = self._phrase(node).strip()
                return md.link(text, address, node.attributes.get("title") or "") if text else ""
            case "img":
                address = urljoin(self._address, node.attributes.get("src") or "")
                return "!" + md.link(md.escaped(node.attributes.get("alt") or ""), address)
            case "input":
                return "[x] " if "checked" in node.attributes else "[ ] "
            case "br":
                return " "
            case "svg":
                return self._picture(node)
        badge = node.tag == "span" and any(_is(node, name) for name in BADGES)
        return md.marked("**" if badge else MARKS.get(node.tag or "", ""), self._phrase(node))
