"""INI, as `setup.cfg`, `tox.ini`, `.editorconfig` and git's configuration have it: keys in sections.

Keys before the first section stand beside the sections. A value goes on in the lines that are indented more than its
key. Key and value are parted by the first `=` or `:`; comments are lines that begin with `#` or `;`.
"""

import re

from vger_guide.matchers.formats import Document, Table, require_length
from vger_guide.repo.tree import UnreadableFileError

_KEY = re.compile(r"[^=:]++")


def parse(text: str) -> Document:
    """Return the document of an INI text. Raises UnreadableFileError."""
    reader = _Reader()
    for number, line in enumerate(require_length(text).split("\n"), 1):
        if (stripped := line.strip()) and stripped[0] not in "#;":
            reader.take(stripped, len(line) - len(line.lstrip()), number)
    reader.close()
    return Document([reader.root])


class _Reader:
    """Builds the root from lines."""

    def __init__(self) -> None:
        self.root = self.section = Table()
        self.key = ""
        self.line = self.indent = 0
        self.value: list[str] = []

    def take(self, line: str, indent: int, number: int) -> None:
        if self.key and indent > self.indent:
            self.value.append(line)
            return
        self.close()
        if line.startswith("["):
            self._head(line, number)
        else:
            self._pair(line, indent, number)

    def close(self) -> None:
        if self.key:
            self.section.put(self.key, "\n".join(self.value).strip(), self.line)
        self.key = ""

    def _head(self, line: str, number: int) -> None:
        if "]" not in line:
            raise UnreadableFileError(f"is not INI: a section without its closing bracket at line {number}")
        name = line[1 : line.rindex("]")]
        if not isinstance(self.root.get(name), Table):
            self.root.put(name, Table(), number)
        self.section = self.root[name]

    def _pair(self, line: str, indent: int, number: int) -> None:
        match = _KEY.match(line)
        if not match or not match[0].strip():
            raise UnreadableFileError(f"is not INI: a value without its key at line {number}")
        self.key, self.line, self.indent = match[0].strip(), number, indent
        self.value = [line[match.end() + 1 :].strip()]
