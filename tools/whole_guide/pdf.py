"""The whole guide as a PDF with bookmarks and tags, set by Typst (https://typst.app/docs/), which brings its fonts."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime

import typst
from markdown_it.token import Token

from tools.whole_guide.chapters import Chapter

HEAD = """
#set document(title: {title}, author: "The VGER Group", date: none)
#set page(paper: "a4", margin: (x: 2.2cm, y: 2.2cm), numbering: "1")
#set text(size: 10pt, lang: "en", region: "gb")
#set par(justify: false, leading: 0.62em, spacing: 1em)
#show selector.or(list, enum): set block(above: 0.8em, below: 1.1em)
#show heading: set block(above: 1.8em, below: 0.8em)
#set table(stroke: 0.5pt + rgb("#d5dbe1"), inset: 5pt)
#show table: set text(size: 7.5pt)
#show heading.where(level: 1): set text(size: 1.3em)
#show link: set text(fill: rgb("#0b6060"))
#show raw.where(block: true): it => block(fill: rgb("#f5f7f8"), inset: 8pt, width: 100%, text(size: 8pt, it))
#align(center + horizon)[#text(size: 26pt, weight: "bold")[#{title}] #v(1em) #{about}]
#pagebreak()
#outline(depth: 2)
"""
# What opens and closes around its content; text is always a string, so that none of it becomes markup.
AROUND = {
    "paragraph": ("#par[", "]\n"),
    "bullet_list": ("#list(", ")\n"),
    "ordered_list": ("#enum(", ")\n"),
    "list_item": ("[", "],"),
    "blockquote": ('#block(inset: (left: 10pt), stroke: (left: 2pt + rgb("#0f6b6b")))[', "]\n"),
    "strong": ("#strong[", "]"),
    "em": ("#emph[", "]"),
    "th": ("table.cell[#strong[", "]],"),
    "td": ("[", "],"),
    "thead": ("table.header(", "),"),
    "tbody": ("", ""),
    "tr": ("", ""),
}


def pdf(title: str, about: str, chapters: Iterable[Chapter]) -> bytes:
    """Return the document."""
    body = "".join(f"{_break(each)}#[{_typst(each.tokens, each.anchor)}]\n" for each in chapters)
    source = (
        HEAD.format(title=json.dumps(title, ensure_ascii=False), about=json.dumps(about, ensure_ascii=False)) + body
    )
    moment = datetime(2023, 9, 20, tzinfo=UTC)
    made: bytes = typst.compile(source.encode(), format="pdf", ignore_system_fonts=True, timestamp=moment)
    return made


def _break(chapter: Chapter) -> str:
    """Return what begins a new page before a numbered chapter; its sections follow one another."""
    return "#pagebreak(weak: true)\n" if re.match(r"\d+ ", chapter.title) else ""


def _typst(tokens: list[Token], anchor: str = "") -> str:
    """Return tokens of Markdown as Typst; the first heading gets the anchor."""
    return "".join(
        _open(token, tokens[at:]) or _close(token, anchor) or _leaf(token) for at, token in enumerate(tokens)
    )


def _open(token: Token, rest: list[Token]) -> str:
    match token.type:
        case "heading_open":
            return f"#heading(level: {token.tag[1:]})["
        case "table_open":
            return f"#table(columns: ({'1fr,' * _columns(rest)}),"
        case "link_open":
            return f"#link({_target(str(token.attrs['href']))})["
        case other:
            return AROUND[other.removesuffix("_open")][0] if other.endswith("_open") else ""


def _close(token: Token, anchor: str) -> str:
    match token.type:
        case "heading_close":
            return f"] <{anchor}>\n" if anchor and token.tag == "h1" else "]\n"
        case "table_close":
            return ")\n"
        case "link_close":
            return "]"
        case other:
            return AROUND[other.removesuffix("_close")][1] if other.endswith("_close") else ""


def _leaf(token: Token) -> str:
    match token.type:
        case "inline":
            return _typst(token.children or [])
        case "softbreak":
            return " "
        case "hardbreak":
            return "#linebreak()"
        case "code_inline":
            return f"#raw({_string(token.content)})"
        case "fence" | "code_block":
            language = _string(token.info.split(" ")[0] or "text")
            return f"#raw({_string(token.content.rstrip())}, block: true, lang: {language})\n"
        case "text":
            return f"#{_string(token.content)}"
        case _:
            return ""


def _columns(tokens: list[Token]) -> int:
    """Return how many columns the table has that the tokens begin with."""
    end = next(at for at, token in enumerate(tokens) if token.type == "tr_close")
    return sum(token.type == "th_open" for token in tokens[:end])


def _target(address: str) -> str:
    return f"<{address[1:]}>" if address.startswith("#") else _string(address)


def _string(text: str) -> str:
    """Return a string of Typst: its escapes are a part of JSON's."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
