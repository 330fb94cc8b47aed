"""XML: elements are keys, `@name` is an attribute, and an element with nothing but text is that text.

Where an element has text and also attributes or elements, the text is at `#text`. Repeated elements make a list.
Namespaces and their prefixes are left out. Entities are refused, and nothing outside of the text is looked at.
"""

from html.entities import html5
from typing import Any
from xml.parsers import expat

from vger_guide.matchers.formats import MAX_DEPTH, MAX_VALUES, TOO_DEEP, TOO_MANY, Document, Table, require_length
from vger_guide.repo.tree import UnreadableFileError

# With no declarations of its own a text has no entities, and no attributes that multiply.
_REFUSED = ("<!ENTITY", "<!ATTLIST")


def parse(text: str) -> Document:
    """Return the document of an XML text: a table with the root element. Raises UnreadableFileError."""
    declared = next((each for each in _REFUSED if each in require_length(text)), None)
    if declared:
        raise UnreadableFileError(f"declares entities or attributes of its own ({declared})")
    try:
        return Document([_Reader().root(text)])
    except expat.ExpatError as error:
        raise UnreadableFileError(f"is not XML: {expat.ErrorString(error.code)} at line {error.lineno}") from None


class _Open:
    """An element that is still being read."""

    def __init__(self, name: str, line: int) -> None:
        self.name = name
        self.line = line
        self.table = Table()
        self.pieces: list[str] = []

    def value(self) -> Table | str:
        text = "".join(self.pieces).strip()
        if self.table and text:
            self.table.put("#text", text, self.line)
        return self.table or text


class _Reader:
    """Builds the root from what expat meets."""

    def __init__(self) -> None:
        self.open = [_Open("", 0)]
        self.count = 0
        self.parser: Any = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.CharacterDataHandler = self._characters
        self.parser.EndElementHandler = self._end
        # An entity that is not declared here may be in a DTD that stands elsewhere, which is never read.
        self.parser.UseForeignDTD(True)
        self.parser.ExternalEntityRefHandler = lambda *_: 1
        self.parser.SkippedEntityHandler = self._take_entity

    def root(self, text: str) -> Table:
        self.parser.Parse(text.encode("utf-8", "replace"), True)
        return self.open[0].table

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1 + len(attributes)
        if len(self.open) > MAX_DEPTH or self.count > MAX_VALUES:
            raise UnreadableFileError(TOO_MANY if self.count > MAX_VALUES else TOO_DEEP)
        element = _Open(_local(name), self.parser.CurrentLineNumber)
        for key, value in attributes.items():
            element.table.put("@" + _local(key), value, element.line)
        self.open.append(element)

    def _take_entity(self, name: str, is_parameter: bool) -> None:
        """Take the character that HTML has under a name, as Maven does, and nothing for any other."""
        if not is_parameter:
            self._characters(html5.get(f"{name};", ""))

    def _characters(self, text: str) -> None:
        self.open[-1].pieces.append(text)

    def _end(self, _: str) -> None:
        element = self.open.pop()
        self.open[-1].table.add(element.name, element.value(), element.line)


def _local(name: str) -> str:
    return name.rpartition(":")[2]
