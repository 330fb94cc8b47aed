"""The findings of other tools as pages show them: which of them count for a rule, and what is known of each tool."""

from dataclasses import dataclass

from vger_guide.catalog.catalog import Catalog
from vger_guide.evidence.mappings import Entry, Meaning, ToolFacts, Trial

TRIED = {
    Trial.RUN: "Tried on what it writes",
    Trial.PUBLISHED: "After its published form",
}


@dataclass(frozen=True)
class CountedFinding:
    """A meaning that findings have for a rule, and the tools with the findings that have it."""

    meaning: Meaning
    tools: list[tuple[ToolFacts, str]]

    @property
    def fails(self) -> bool:
        """Whether a finding can be confirmed, so that it fails the rule."""
        return bool(self.meaning.confirm or self.meaning.reports)


def counted_findings(catalog: Catalog, rule: str) -> list[CountedFinding]:
    """Return what other tools may find that counts for a rule, those that fail it first."""
    meanings = [meaning for meaning in catalog.meanings.values() if meaning.rule == rule]
    found = [CountedFinding(meaning, _tools(catalog, meaning.id)) for meaning in meanings]
    return sorted((each for each in found if each.tools), key=lambda each: not each.fails)


def _tools(catalog: Catalog, meaning: str) -> list[tuple[ToolFacts, str]]:
    return [
        (tool, "; ".join(_describe(entry) for entry in tool.findings if entry.means == meaning))
        for tool in catalog.evidence.values()
        if any(entry.means == meaning for entry in tool.findings)
    ]


def _describe(entry: Entry) -> str:
    """Return which findings an entry selects, with their ids as code."""
    weaknesses = [f"CWE-{number}" for number in entry.cwe]
    return ", ".join(f"`{each}`" for each in (*entry.ids, *entry.tags, *weaknesses))


@dataclass(frozen=True)
class KnownTool:
    """A tool, how its mapping was tried, and the rules that its findings count for."""

    facts: ToolFacts
    tried: str
    rules: list[str]


def known_tools(catalog: Catalog) -> list[KnownTool]:
    """Return the tools whose findings count, by their names."""
    tools = sorted(catalog.evidence.values(), key=lambda tool: tool.title.lower())
    return [KnownTool(tool, TRIED[tool.tried], _rules(catalog, tool)) for tool in tools]


def _rules(catalog: Catalog, tool: ToolFacts) -> list[str]:
    counted = {catalog.meanings[entry.means].rule for entry in tool.findings}
    return [rule for rule in catalog.rules if rule in counted]
