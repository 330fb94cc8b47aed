"""The gate of paths: patterns that stand in every text in which one of the paths means something.

Parsing takes long, and searching does not. A name of a path stands in a text letter by letter, unless an escape spells
it, and so does what a filter compares with.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product

from vger_guide.matchers.grammar.literals import of_regex
from vger_guide.matchers.jsonpath import key_paths
from vger_guide.matchers.jsonpath.plain import Step, parse_steps
from vger_guide.matchers.probes import Gate
from vger_guide.text.lazy_pattern import lazy_pattern

# Formats in which a key stands letter by letter.
VERBATIM = frozenset({"arm", "cloudformation", "hcl", "json", "toml", "xml", "yaml"})
# What can spell a letter of ASCII differently: its number in some form, or `\/` in JSON.
ESCAPE = r"\\(?:[uU]0{2,6}[2-7]|x[2-7])"
ESCAPE_OF_SLASH = r"\\(?:[uU]0{2,6}[2-7]|x[2-7]|/)"
# Names that do not stand in Bicep: they are made of something else there.
MADE = frozenset({"apiVersion", "modules", "resources", "source", "type"})
# Steps of a path to an attribute of a block of HCL: what is within its value may stand in another file.
TO_ATTRIBUTE = {"data": 4, "module": 3, "output": 3, "provider": 3, "resource": 4, "terraform": 2, "variable": 3}

# What a filter says of an element: that a value in it holds a pattern, is equal to a text, or is there.
_TEST = lazy_pattern(
    r"\s*(?:(?:search|match)\(\s*@\.(?P<held>\w+)\s*,\s*'(?P<regex>[^'\\]+)'\s*\)"
    r"|@\.(?P<same>\w+)\s*==\s*'(?P<text>[^'\\]+)'|@\.(?P<there>\w+)|!@\.[\w.]+)\s*"
)
# The value of an attribute of HCL that is put together of others, where it is no text in quotes or one with a template.
_COMPOSED = r"\b{}\"?\s*[=:]\s*(?:[^\"\s]|\"[^\"\n]*[$%]\{{)"


def find_gate(paths: Sequence[str], form: str) -> Gate:
    """Return the gate of the files of a format in which one of some paths may mean something.

    It is empty where that may be any file.
    """
    ways = [way for path in paths for way in _ways(path, form)] if form in VERBATIM else []
    escape = ESCAPE_OF_SLASH if any("/" in pattern for way in ways for pattern in way) else ESCAPE
    return (*dict.fromkeys(ways), (escape,)) if ways and all(ways) else ()


def _ways(path: str, form: str) -> Gate:
    """Return the gate of texts in which a path means something."""
    if not path.startswith("$"):
        return (tuple(_any_of([key_paths.literal_part(path)])),)
    steps = parse_steps(path)
    if form == "hcl":
        steps = _in_the_file(steps)
    asked = [each for step in steps for each in _asked(step, form)]
    return tuple(tuple(dict.fromkeys(way)) for way in product(*asked))


def _in_the_file(steps: Sequence[Step]) -> list[Step]:
    """Return the steps of a path in HCL that lead to an attribute, whose value may be what another file says."""
    first = steps[0].names if steps else ()
    most = min((TO_ATTRIBUTE.get(name, 1) for name in first), default=1)
    deep = next((number for number, step in enumerate(steps) if step.is_deep), most)
    kept = list(steps[: min(most, deep)])
    if len(kept) == most:
        kept[-1] = kept[-1]._replace(test="")  # it asks of what is within the value
    return kept


def _asked(step: Step, form: str) -> Iterator[tuple[str, ...]]:
    """Yield the patterns of which one has to stand in a text for a step to lead anywhere."""
    names = [name.removeprefix("@").removeprefix("Fn::") for name in step.names]  # `!If` stands for `Fn::If`
    if not (form == "arm" and MADE.intersection(names)) and "#text" not in names:
        yield from zip(_any_of(names))
    tests = [_TEST.fullmatch(part) for part in step.test.split("&&")]
    if form != "xml" and all(tests):  # in XML an entity can spell a letter of a value
        for test in filter(None, tests):
            yield from _compared(test, form)


def _compared(test: re.Match[str], form: str) -> Iterator[tuple[str, ...]]:
    """Yield the patterns of which one has to stand in a text for a test of an element to hold, or to be open."""
    if test["there"]:
        yield from zip(_any_of([] if form == "arm" else [test["there"]]))
    words = of_regex(test["regex"]) if test["regex"] else [test["text"] or ""]
    name = test["held"] or test["same"]
    for pattern in _any_of([_unbroken(word, form) for word in words]):
        yield (pattern, _COMPOSED.format(name)) if form == "hcl" else (pattern,)


def _unbroken(text: str, form: str) -> str:
    """Return the longest part of a text that stands in one piece: lines break at blanks, types of Bicep at slashes."""
    return max(re.split(r"[\s/]" if form == "arm" else r"\s", text), key=len)


def _any_of(words: Sequence[str]) -> Iterator[str]:
    """Yield the pattern that stands where one of some words does; none where one may be spelt in several ways."""
    if words and all(word and word.isascii() for word in words):
        yield "|".join(map(re.escape, words))
