"""How the tests read Markdown: by markdown-it, with the tables of GitHub."""

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

READER = MarkdownIt("commonmark").enable("table")
# What GitHub looks for in text that is no code.
MENTIONS = re.compile(r"[@#!~%&]\w|\bGH-\d|www\.|://|:\w+:")
# What stands behind a box.
MARKER = re.compile(r"<!-- vger \w{6} r\d+( [ab])?(; was met)? -->")


def tokens(text: str) -> list[Token]:
    """Return the blocks of a text, and after each what stands in it."""
    return [each for block in READER.parse(text) for each in (block, *(block.children or []))]
