"""SARIF 2.1.0, as OASIS has it: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from vger_guide.evidence.locations import Locator, OutsideError, resolve_bases
from vger_guide.evidence.mappings import Tool, Tools
from vger_guide.evidence.sightings import KEPT, LOOKED_AT, Sighting, ToolRun, line_number, to_list, to_table, to_text
from vger_guide.evidence.stream import END, WHOLE, BrokenJsonError, Readable, read_values

KEY = "runs"
VERSION = "2.1.0"

# Results that are kept until the end of their run, where the tool has its name only behind them.
WAITING = 5 * KEPT
# Places of a result that are looked at; tools give one.
PLACES = 10

_RUN = {
    "tool": WHOLE,
    "versionControlProvenance": WHOLE,
    "originalUriBaseIds": WHOLE,
    "invocations": WHOLE,
    "artifacts": {"*": {"location": WHOLE}},
    "results": {"*": WHOLE},
}
SHAPE = {"version": WHOLE, "runs": {"*": _RUN}}
_IN_RUN = ("runs", "*")
_CWE = re.compile(r"(?i)\bcwe[-_/ ]?0*([0-9]{1,5})\b")


def read(stream: Readable, file: str, tools: Tools, locator: Locator) -> Iterator[ToolRun]:
    """Yield the runs of a log, each when its end is reached. Raises BrokenJsonError."""
    version, current = None, _Run()
    for place, value in read_values(stream, SHAPE):
        if place == ("version",):
            version = _require_version(value)
        elif place == _IN_RUN and value is END:
            yield current.finish(file, tools, locator)
            current = _Run()
        elif value is not END:
            current.take(place[2:], value)
    if version is None:
        raise BrokenJsonError(f"names no version of SARIF; {VERSION} is read")


def _require_version(value: Any) -> str:
    if value != VERSION:
        raise BrokenJsonError(f"is SARIF of version {str(value)[:20]!r}; {VERSION} is read")
    return VERSION


class _Run:
    """What has been read of a run."""

    def __init__(self) -> None:
        self._parts: dict[str, Any] = {}
        self._results: list[dict[str, Any]] = []
        self._artifacts: list[Any] = []
        self._count = 0

    def take(self, place: tuple[str, ...], value: Any) -> None:
        """Keep a part, or a result."""
        if place == ("results", "*"):
            self._count += 1
            if isinstance(value, dict) and len(self._results) < WAITING:
                self._results.append(_keep(value))
        elif place == ("artifacts", "*", "location"):
            if len(self._artifacts) < LOOKED_AT:
                self._artifacts.append(value)
        else:
            self._parts[place[0]] = value

    def finish(self, file: str, tools: Tools, locator: Locator) -> ToolRun:
        """Return the run."""
        driver = to_table(to_table(self._parts.get("tool")).get("driver"))
        name = to_text(driver.get("name"))
        tool = tools.find(name)
        run = ToolRun(file, name, tool, to_text(driver.get("semanticVersion") or driver.get("version")))
        run.results, run.cut = self._count, self._count - len(self._results)
        run.commit = _commit(self._parts.get("versionControlProvenance"))
        run.succeeded = _has_succeeded(self._parts.get("invocations"))
        if tool:
            rules = _Rules(self._parts["tool"])
            places = _Places(locator, resolve_bases(self._parts.get("originalUriBaseIds")), self._artifacts)
            for result in self._results:
                _add(run, tool, result, rules, places)
            _note_looked_at(run, tool, rules, places)
        return run


def _keep(result: dict[str, Any]) -> dict[str, Any]:
    """Return what is looked at of a result, so that those that wait take little memory."""
    names = ("ruleId", "ruleIndex", "rule", "kind", "message", "suppressions", "baselineState", "taxa")
    kept = {name: result[name] for name in names if name in result}
    found = to_list(result.get("locations"))[:PLACES]
    return {**kept, "locations": [to_table(to_table(each).get("physicalLocation")) for each in found]}


def _commit(provenance: Any) -> str:
    """Return the commit that a run names; several repositories name none."""
    found = {to_text(to_table(each).get("revisionId")).lower() for each in to_list(provenance)} - {""}
    return found.pop() if len(found) == 1 else ""


def _has_succeeded(invocations: Any) -> bool:
    """Tell whether a run says that it succeeded, and tells of no error."""
    told = [to_table(each) for each in to_list(invocations)]
    return bool(told) and all(each.get("executionSuccessful") is True and not _has_errors(each) for each in told)


def _has_errors(invocation: dict[str, Any]) -> bool:
    names = ("toolExecutionNotifications", "toolConfigurationNotifications")
    told = [to_table(each) for name in names for each in to_list(invocation.get(name))]
    # A warning, which is what a notification without a level is, may tell of a file that was not parsed.
    return any(each.get("level", "warning") in ("error", "warning") for each in told)


class _Rules:
    """The rules that a run lists, of the tool and of its extensions, with their tags and weaknesses."""

    def __init__(self, tool: Any) -> None:
        parts = to_table(tool)
        self._driver = [to_table(each) for each in to_list(to_table(parts.get("driver")).get("rules"))]
        self._extensions = [
            [to_table(rule) for rule in to_list(to_table(each).get("rules"))]
            for each in to_list(parts.get("extensions"))
        ]
        every = [*self._driver, *(rule for rules in self._extensions for rule in rules)]
        self.by_id = {to_text(rule.get("id")): rule for rule in reversed(every)}

    def find(self, result: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Return the id of the rule that a result is of, and what is listed of that."""
        told = to_table(result.get("rule"))
        id_ = to_text(result.get("ruleId")) or to_text(told.get("id"))
        index = result.get("ruleIndex", told.get("index"))
        rules = self._driver
        if isinstance(number := to_table(told.get("toolComponent")).get("index"), int):
            rules = self._extensions[number] if 0 <= number < len(self._extensions) else []
        rule = rules[index] if isinstance(index, int) and 0 <= index < len(rules) else {}
        return (id_ or to_text(rule.get("id"))), self.by_id.get(id_) or rule


def _tags(rule: dict[str, Any]) -> list[str]:
    return [each for each in to_list(to_table(rule.get("properties")).get("tags")) if isinstance(each, str)]


def _weaknesses(rule: dict[str, Any], result: dict[str, Any]) -> set[int]:
    """Return the numbers of weaknesses that a rule or a result names, as tags, properties or taxa."""
    properties = to_table(rule.get("properties"))
    texts = [*_tags(rule), *_flat(properties.get("cwe"))]
    targets = [to_table(to_table(each).get("target")) for each in to_list(rule.get("relationships"))]
    texts += [_taxon(each) for each in [*targets, *(to_table(each) for each in to_list(result.get("taxa")))]]
    return find_weaknesses(texts)


def find_weaknesses(texts: Iterable[str]) -> set[int]:
    """Return the numbers of weaknesses that texts name, such as `external/cwe/cwe-798`."""
    return {int(number) for text in texts for number in _CWE.findall(text)}


def _taxon(told: dict[str, Any]) -> str:
    """Return the weakness that a reference to a taxonomy names, or nothing where it is another taxonomy."""
    is_weakness = to_text(to_table(told.get("toolComponent")).get("name")).upper() == "CWE"
    return f"CWE-{to_text(told.get('id')).upper().removeprefix('CWE-')}" if is_weakness else ""


def _flat(value: Any) -> list[str]:
    return [each for each in (value if isinstance(value, list) else [value]) if isinstance(each, str)]


class _Places:
    """Makes the places of a run paths of the tree."""

    def __init__(self, locator: Locator, bases: dict[str, str], artifacts: list[Any]) -> None:
        self._locator = locator
        self._bases = bases
        self._artifacts = artifacts

    def path(self, artifact: dict[str, Any]) -> str:
        """Return the path of a place, which may be told by its number. Raises OutsideError."""
        index = artifact.get("index")
        if not artifact.get("uri") and isinstance(index, int) and 0 <= index < len(self._artifacts):
            artifact = to_table(self._artifacts[index])
        return self._locator.uri_path(to_text(artifact.get("uri")), to_text(artifact.get("uriBaseId")), self._bases)

    def every_artifact(self) -> Iterator[str]:
        """Yield the paths of the files that the run lists."""
        for each in self._artifacts:
            try:
                yield self.path(to_table(each))
            except OutsideError:
                continue


def _add(run: ToolRun, tool: Tool, result: dict[str, Any], rules: _Rules, places: _Places) -> None:
    """Add what a result finds to a run, a finding for each of its places."""
    id_, rule = rules.find(result)
    kind = result.get("kind", "fail")
    if result.get("baselineState") == "absent" or kind in ("notApplicable", "informational"):
        return
    entries = tool.select(id_, _tags(rule), _weaknesses(rule, result))
    if not entries:
        return
    says = to_text(to_table(result.get("message")).get("text"))
    suppressed, open_ = _is_suppressed(result.get("suppressions")), kind in ("open", "review")
    for place in result["locations"] or [{}]:
        region = to_table(place.get("region"))
        line = line_number(region.get("startLine"))
        try:
            path = places.path(to_table(place.get("artifactLocation"))) if place else ""
        except OutsideError:
            run.outside += 1
            continue
        if kind == "pass":
            run.note_ran(id_, path)
        else:
            end = max(line, line_number(region.get("endLine")))
            run.add(Sighting(id_, entries, path, line, end, says, suppressed, open_))


def _note_looked_at(run: ToolRun, tool: Tool, rules: _Rules, places: _Places) -> None:
    if tool.lists_what_ran and tool.silent_ids:
        run.ran_ids = set(tool.silent_ids.intersection(rules.by_id))
        run.looked_at = set(places.every_artifact())


def _is_suppressed(suppressions: Any) -> bool:
    """Tell whether a result is suppressed; one whose suppression is refused, or not decided on yet, is not."""
    return any(to_table(each).get("status", "accepted") == "accepted" for each in to_list(suppressions))
