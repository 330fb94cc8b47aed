"""`forge`: a setting of the hosting service has a value, or does not."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult
from vger_guide.matchers.fields import Expectation, ForgePath, Pattern
from vger_guide.matchers.findings import Finding, Need
from vger_guide.matchers.formats import Document
from vger_guide.matchers.jsonpath import find_values
from vger_guide.matchers.jsonpath.nodes import format_keys
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.matchers.probes import SHOWN, Probe
from vger_guide.records.declaration import Declaration, declare
from vger_guide.records.kinds import Label
from vger_guide.repo.tree import Tree

REQUIRES = Need.FORGE

# Values that are looked at, and those that a finding shows.
MAX_FOUND = 1000
EXAMPLES = 3


class Parameters(Declaration):
    """The setting, and whether it is expected. If that part is not shown, the rule is unavailable."""

    at: ForgePath = declare("The setting: a JSONPath that begins with a part of the settings.")
    like: Pattern | None = declare(
        "The pattern that the value, as text, has to match. By default any value counts.", default=None
    )
    what: Label = declare("What the setting provides, in words that can follow 'there is' and 'there is no'.")
    expect: Expectation = declare("Whether it is required (`present`) or forbidden (`absent`).")


def probes(_: Parameters) -> list[Probe]:
    """Ask nothing of the files."""
    return []


def evaluate(params: Parameters, _: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Judge by the values at the path.

    Raises RequirementMissingError where the part that it begins with is not known.
    """
    part = re.split(r"\W", params.at.removeprefix("$."), maxsplit=1)[0]
    settings = Document([{part: tree.forge(part)}])
    nodes = islice(find_values(settings, params.at), MAX_FOUND)
    values = [(format_keys(each.keys), _text(each.value)) for each in nodes]
    alike = [(path, text) for path, text in values if _is_like(params.like, text)]
    says = f"there is {'' if alike else 'no '}{params.what}"
    finding = Finding("", says, text=_format_values(alike or values) or f"nothing stands at {params.at}")
    return Evaluation(bool(alike) == (params.expect is Expectation.PRESENT), says, (finding,))


def _is_like(pattern: str | None, text: str | None) -> bool:
    if pattern is None:
        return True
    return text is not None and compile_pattern(pattern).search(text.encode("utf-8", "replace")) is not None


def _text(value: Any) -> str | None:
    """Return a value as JSON has it, a text without its quotes; a table has none."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return None if isinstance(value, dict | list) else str(value)


def _format_values(values: Sequence[tuple[str, str | None]]) -> str:
    """Return some values with their places, in a line."""
    more = len(values) - EXAMPLES
    says = "; ".join(_each(values[:EXAMPLES])) + (f"; and {more} more" if more > 0 else "")
    return " ".join(says.split())


def _each(values: Iterable[tuple[str, str | None]]) -> Iterable[str]:
    return (f"{path} is there" if text is None else f'{path} is "{text[:SHOWN]}"' for path, text in values)
