"""`code`: source code contains a construct, found by the grammar of its language, or contains none."""

import re
from collections.abc import Sequence
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult, evaluate_expectation, join_sought
from vger_guide.matchers.fields import BESIDES, WITHOUT, Expectation, Globs, NoGlobs, Without
from vger_guide.matchers.findings import Finding, Need, UnreadableFile
from vger_guide.matchers.grammar import child, rule, search, syntax
from vger_guide.matchers.grammar.languages import Language, globs
from vger_guide.matchers.grammar.literals import SHORTEST, literals
from vger_guide.matchers.probes import File, FileProbe, FileSelection, Gate, Hit
from vger_guide.records.declaration import Declaration, Keys, declare
from vger_guide.records.kinds import Label
from vger_guide.repo.tree import Tree

REQUIRES = Need.TREE

NO_WORD = (
    f"has no word of {SHORTEST} letters that stands in every file it matches in; name some by 'holds:', so that other "
    "files are not parsed"
)
Rule = dict[str, Any]


class Sought(Declaration):
    """What to find: an ast-grep rule (https://ast-grep.github.io/reference/rule.html)."""

    what: Label = declare("What it finds, such as 'a session store in the database'.")
    language: Language = declare("What the files are written in.")
    which: Globs | None = declare("Which files; by default all files with the language's extensions.", default=None)
    rule: Rule = declare("The ast-grep rule.")
    constraints: Rule | None = declare("The rule's constraints, by variable name.", default=None)
    utils: Rule | None = declare("The rule's utility rules, by name.", default=None)
    holds: tuple[Label, ...] | None = declare(
        "Words of which one stands in every file that the rule matches in; others are not parsed. Left out: a word of "
        "the rule.",
        default=None,
        min_length=1,
        max_length=20,
    )
    undecided: bool = declare(
        "Where this matches, the check cannot decide, for example because the value comes from elsewhere.",
        default=False,
    )

    def find_fault(self) -> tuple[Keys, str] | None:
        """Return where ast-grep refuses the rule, and how, or that it would have every file parsed."""
        if found := rule.problem(self.config, self.language):
            keys, why = found
            return keys, f"is not a valid ast-grep rule: {why}"
        return None if self.words else (("rule",), NO_WORD)

    @property
    def config(self) -> Rule:
        """What ast-grep is asked."""
        parts = {"rule": self.rule, "constraints": self.constraints, "utils": self.utils}
        return {name: part for name, part in parts.items() if part}

    @property
    def words(self) -> Sequence[str]:
        """Words of which one stands in each file that the rule matches in; none where none are known."""
        return self.holds or sorted(literals(self.rule, self.utils))

    @property
    def globs(self) -> Globs:
        """The files that are asked."""
        return self.which or tuple(globs(self.language))


class Parameters(Declaration):
    """The constructs to find in source code, and whether at least one or none is expected.

    At least one of the check's samples must contain each construct: a pattern that is not valid code matches nothing.
    """

    besides: NoGlobs = declare(BESIDES, default=())
    without: Without = declare(WITHOUT, default=())
    find: tuple[Sought, ...] = declare("What to find; one match is enough.", min_length=1, max_length=30)
    expect: Expectation = declare("Whether a match is required (`present`) or forbidden (`absent`).")


def probes(params: Parameters) -> list[FileProbe]:
    """Ask of each thing where it stands, in files that hold one of its words."""
    return [
        FileProbe(FileSelection(sought.globs, params.besides, params.without), find_places, sought, _gate)
        for sought in params.find
    ]


def _gate(sought: Sought) -> Gate:
    """Return the gate of files that hold one of the words of a thing."""
    return (("|".join(map(re.escape, sought.words)),),)


def find_places(file: File, sought: Sought) -> list[Hit | UnreadableFile]:
    """Return where the rule matches.

    Raises UnreadableFileError, and RequirementMissingError where ast-grep is not installed.
    """
    syntax.require()
    places = child.ask(search.search, file.text, str(sought.language), sought.config)
    if sought.undecided:
        return [
            UnreadableFile(file.path, f"has {sought.what} in line {place.line}: `{place.text}`", is_doubt=True)
            for place in places
        ]
    return [Hit(file.path, place.line, place.column, place.text, identity=place.identity) for place in places]


def evaluate(params: Parameters, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by the places where things stand."""
    findings = [
        Finding(hit.path, f"has {sought.what}", hit.line, hit.column, hit.text, hit.identity)
        for sought, found in zip(params.find, seen, strict=True)
        for hit in found.hits
    ]
    unseen = [each for found in seen for each in found.unseen]
    omitted = sum(found.omitted for found in seen)
    return evaluate_expectation(params.expect, findings, omitted, _none(params, seen), unseen)


def _none(params: Parameters, seen: Sequence[ProbeResult]) -> str:
    what = join_sought(sought.what for sought in params.find if not sought.undecided)
    return f"none of {_count_files(params, seen)} programs has {what}"


def _count_files(params: Parameters, seen: Sequence[ProbeResult]) -> int:
    """Return how many files were asked: each kind counts once, though several rules ask it."""
    return sum({sought.globs: found.files for sought, found in zip(params.find, seen, strict=True)}.values())
