"""The settings of a repository that is checked: `.vger.yml` at its root, or `[tool.vger]` in its pyproject.toml."""

import re
from pathlib import Path

from pydantic import Field

from vger_guide.matchers.fields import Globs
from vger_guide.matchers.formats.toml import load as load_toml
from vger_guide.records.fields import Id, Label, LastDay, Prose, Record, RuleId, Text, Threshold
from vger_guide.records.problems import CatalogError, Problem, named
from vger_guide.records.validation import validate
from vger_guide.records.yaml_reader import YamlDocument, parse
from vger_guide.repo.tree import UnreadableFileError

FILE = ".vger.yml"
PYPROJECT = "pyproject.toml"

# A line that begins our table, or gives a key of it. Only a file that has one is parsed.
_TABLE = re.compile(rb"^[ \t]*+(?:\[{1,2}[ \t]*+)?tool\.vger\b", re.MULTILINE)


class Waiver(Record):
    """A failure that somebody accepted, for some paths or for the whole rule, until a day."""

    rule: RuleId
    paths: Globs | None = Field(default=None, description="Only for findings in these paths; left out: for all.")
    owner: Label = Field(description="Who accepted it, and answers for it.")
    reason: Prose
    until: LastDay = Field(description="The last day that it holds.")


class Skipped(Record):
    """A rule that is not asked here."""

    rule: RuleId
    reason: Prose


class Settings(Record):
    """What `.vger.yml` says. Everything may be left out."""

    profile: Id | None = Field(default=None, description="The kind of system; left out: every rule is asked.")
    stage: Id | None = None
    workload: Id | None = None
    extends: Text | None = Field(default=None, description="An organisation's folder, relative to this file.")
    fail_on: Threshold | None = Field(default=None, description="Left out: must.")
    only: list[RuleId] = Field(default_factory=list, description="Ask only these rules; empty: all.")
    skip: list[Skipped] = Field(default_factory=list)
    waivers: list[Waiver] = Field(default_factory=list)


def read_settings(path: Path, data: bytes) -> tuple[Settings, YamlDocument]:
    """Return the settings of a `.vger.yml`, with the document that knows its lines. Raises CatalogError."""
    doc = parse(path, data)
    return validate(Settings, doc), doc


def read_pyproject(path: Path, data: bytes) -> tuple[Settings, YamlDocument] | None:
    """Return the settings below [tool.vger] of a pyproject.toml, or None where it has none. Raises CatalogError."""
    if not _TABLE.search(data):
        return None
    try:
        tool = load_toml(data.decode("utf-8")).get("tool", {})
    except UnicodeDecodeError as error:
        raise CatalogError([Problem(named(path), 0, "", f"is not TOML: {error}")]) from None
    except UnreadableFileError as why:
        raise CatalogError([Problem(named(path), 0, "", f"{why}; put the settings into {FILE}")]) from None
    if not isinstance(tool, dict) or "vger" not in tool:
        return None
    doc = YamlDocument(path, tool["vger"])
    return validate(Settings, doc), doc
