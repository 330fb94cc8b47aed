"""Good data files, one of each kind, and strategies that spoil them."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml
from hypothesis import strategies as st

from tests import plain_yaml
from tests.conftest import EXAMPLES
from vger_guide.catalog.changes import Changes
from vger_guide.catalog.editions import Frozen
from vger_guide.catalog.guide import Guide
from vger_guide.catalog.overlay import Extension
from vger_guide.catalog.rules import Profiles, RuleSet
from vger_guide.catalog.sources import Source
from vger_guide.catalog.tables import Table
from vger_guide.records.fields import Record
from vger_guide.records.yaml_reader import Keys

FOLDERS = {"guide": EXAMPLES / "catalog" / "good", "own": EXAMPLES / "catalog" / "organisation" / "good"}


@dataclass(frozen=True)
class Kind:
    """A kind of data file: which folder of FOLDERS it is in, where there, and its model."""

    folder: str
    name: str
    model: type[Record]

    @cached_property
    def good(self) -> bytes:
        """The bytes of the good file."""
        return (FOLDERS[self.folder] / self.name).read_bytes()

    @cached_property
    def fields(self) -> list[str]:
        """The names of all fields of its records and of those inside them."""
        schema = self.model.model_json_schema()
        parts = [schema, *schema.get("$defs", {}).values()]
        return sorted({name for part in parts for name in part.get("properties", {})})

    def __str__(self) -> str:
        return f"{self.folder}/{self.name}"


KINDS = [
    Kind("guide", "guide.yml", Guide),
    Kind("guide", "profiles.yml", Profiles),
    Kind("guide", "rules/tools.yml", RuleSet),
    Kind("guide", "tables/tools.yml", Table),
    Kind("guide", "sources/2023.09.yml", Source),
    Kind("guide", "editions/2023.09.json", Frozen),
    Kind("guide", "changes/next.yml", Changes),
    Kind("own", "extends.yml", Extension),
    Kind("own", "profiles.yml", Profiles),
    Kind("own", "rules/own.yml", RuleSet),
]

# Texts that some reader takes for something else, or that a careless one fails on.
ODD = [
    "",
    " ",
    "[key]",
    "<<",
    "? ",
    "*a",
    "&a",
    "!!x",
    "\x00",
    "\u2028",
    "a\nb",
    "{0}",
    "%s",
    "1e999",
    "0x10",
    "2023-02-30",
]
ODD += [
    "0000-00-00",
    "9999-12-31",
    "https://[",
    "https://[::1",
    "https://a:x/",
    "https://\u2100/",
    "pkg:npm/@",
    "`",
    "<a",
]
ODD += ["(" * 499 + ")" * 499, "a{9999999999}", "a{9999}", "[[a]", "(a", "\\pL", "(?=a)"]  # as patterns
ODD += ["5", "-1", "99999999999999999999", "TOO001", "SES004", "saw", "tools", "2.1", "2023.09", "C1-01", "x.md#x"]
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(ODD)


def trees(fields: list[str]) -> st.SearchStrategy[Any]:
    """Return values of any shape, with the names of fields for keys, and with others."""
    keys = st.sampled_from(fields) | st.sampled_from(ODD) | st.text(max_size=5)
    return st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=6),
        max_leaves=20,
    )


@st.composite
def damaged(draw: st.DrawFn, kind: Kind) -> bytes:
    """Return the good file with some bytes gone and some put in."""
    good = kind.good
    at = draw(st.integers(0, len(good)))
    return good[:at] + draw(st.binary(max_size=8)) + good[at + draw(st.integers(0, 8)) :]


@st.composite
def mutated(draw: st.DrawFn, kind: Kind) -> bytes:
    """Return the good record with a few of its parts replaced: by anything, or by another part of it."""
    record = plain_yaml.load(kind.good)
    values = trees(kind.fields) | st.sampled_from(list(_parts(record))).map(lambda part: copy.deepcopy(part[1]))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.sampled_from([path for path, _ in _parts(record)]))
        record = _replaced(draw, record, at, values, kind.fields)
    return dumped(record)


def _parts(value: Any, path: Keys = ()) -> Iterator[tuple[Keys, Any]]:
    """Yield every part of a record with the keys that lead to it, the record itself first."""
    yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _parts(inner, (*path, key))


def _replaced(draw: st.DrawFn, record: Any, at: Keys, values: st.SearchStrategy[Any], fields: list[str]) -> Any:
    if not at:
        return draw(values)
    around = record
    for key in at[:-1]:
        around = around[key]
    if isinstance(around, dict) and draw(st.booleans()):  # another key, or none
        part = around.pop(at[-1])
        around.update(draw(st.sampled_from([{}, *({name: part} for name in [*fields, *ODD])])))
    else:
        around[at[-1]] = draw(values)
    return record


def dumped(record: Any) -> bytes:
    """Return a record as a file holds it; every value is written out, as aliases are refused before it is looked at."""
    return yaml.dump(record, Dumper=_Plain, allow_unicode=True).encode("utf-8", "surrogatepass")


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, _: Any) -> bool:
        return True
