"""Environment files (`.env`): `KEY=value` with `export` before it or not, values in quotes over lines, comments."""

import re

from vger_guide.matchers.formats import Document, Table, require_length
from vger_guide.repo.tree import UnreadableFileError

_KEY = re.compile(r"[ \t]*+(?:export[ \t]++)?([A-Za-z_][A-Za-z0-9_.-]*+)[ \t]*+=[ \t]*+")
_QUOTED = re.compile(r"'[^']*+'|\"(?:[^\"\\]|\\.)*+\"|`[^`]*+`", re.DOTALL)
_ESCAPE = re.compile(r"\\([\\\"'nrt])")
_MEANING = {"n": "\n", "r": "\r", "t": "\t"}
_COMMENT = re.compile(r"(?:^|[ \t])#")


def parse(text: str) -> Document:
    """Return the document of an environment file. Raises UnreadableFileError."""
    root, at, number = Table(), 0, 1
    require_length(text)
    while at < len(text):
        end = _end(text, at)
        match = _KEY.match(text, at)
        if match:
            quoted = _QUOTED.match(text, match.end())
            root.put(match[1], _meant(quoted[0]) if quoted else _bare(text[match.end() : end]), number)
            end = _end(text, quoted.end()) if quoted else end
        elif (line := text[at:end].strip()) and not line.startswith(("#", "export ")):
            raise UnreadableFileError(f"is not an environment file: no KEY= at line {number}")
        number += text.count("\n", at, end + 1)
        at = end + 1
    return Document([root])


def _end(text: str, at: int) -> int:
    """Return where the line ends that a position is in."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _meant(quoted: str) -> str:
    """Return the value of a text in quotes; escapes are known within double ones."""
    said = quoted[1:-1]
    return _ESCAPE.sub(lambda match: _MEANING.get(match[1], match[1]), said) if quoted[0] == '"' else said


def _bare(text: str) -> str:
    comment = _COMMENT.search(text)
    return text[: comment.start() if comment else None].strip()
