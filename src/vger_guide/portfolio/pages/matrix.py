"""The first page: every repository in a row, the worst first, and in it the outcome of each rule as a letter."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from vger_guide.portfolio.overview import Overview
from vger_guide.portfolio.pages import render, script
from vger_guide.portfolio.repository_line import RepositoryLine, RuleOverview


class Mark(NamedTuple):
    """What stands for an outcome: a letter, the class of its colour, and its meaning."""

    letter: str
    kind: str
    words: str


# Blank is what does not apply, is not asked, or needs a person.
MARKS = {
    "fail": Mark("F", "fail", "Failed"),
    "preview": Mark("f", "preview", "Failed, as a preview that counts nowhere"),
    "waived": Mark("w", "waived", "Failed, and accepted"),
    "error": Mark("!", "error", "The check itself failed"),
    "unavailable": Mark("?", "unavailable", "Could not be seen"),
    "pass": Mark("·", "pass", "Passed"),
}
BLANK = Mark("", "blank", "Does not apply, needs a person, or is not asked")


@dataclass(frozen=True)
class MatrixChapter:
    """The rules of a chapter, which are columns of the picture."""

    number: str
    title: str
    rules: list[RuleOverview]

    def marks(self, line: RepositoryLine) -> list[Mark]:
        """Return the marks of a repository, one for each rule; blank ones beside one another are one, as wide."""
        marks = [MARKS.get(find_outcome(line, rule.id), BLANK) for rule in self.rules]
        runs = [list(same) for _, same in groupby(marks, key=lambda mark: mark is BLANK)]
        return [mark for run in runs for mark in ([_widen(len(run))] if run[0] is BLANK else run)]


def _widen(count: int) -> Mark:
    """Return the mark of so many rules without an outcome: most of the picture is blank, and a browser counts marks."""
    return BLANK._replace(letter=count * " ")


def find_outcome(line: RepositoryLine, rule: str) -> str:
    """Return the outcome of a rule in a repository, previews apart, or nothing."""
    outcome = line.outcomes.get(rule, "")
    return "preview" if outcome == "fail" and rule in line.previews else outcome


def write(overview: Overview) -> Iterator[tuple[str, str]]:
    """Yield the page."""
    yield render(
        "index.html",
        "matrix.html",
        overview,
        chapters=list_chapters(overview),
        marks=[*MARKS.values(), BLANK],
        describe=describe_line,
        choices=list_choices(overview),
        script=script(),
    )


def list_chapters(overview: Overview) -> list[MatrixChapter]:
    """Return the rules that a check decides somewhere by chapter, in the order of the guide."""
    rules = [each.rule for each in overview.standings]
    by_chapter = groupby(rules, key=lambda rule: rule.chapter)
    return [
        MatrixChapter(same[0].chapter_number, title or "Other", same)
        for title, each in by_chapter
        if (same := list(each))
    ]


def list_choices(overview: Overview) -> dict[str, list[str]]:
    """Return what can be chosen in each filter, by its name."""
    of = {
        "unit": {line.unit for line in overview.lines},
        "owner": {line.repository.owner for line in overview.lines},
        "profile": {line.result.get("kind", "") for line in overview.lines},
    }
    return {name: sorted(filter(None, values)) for name, values in of.items()}


def describe_line(line: RepositoryLine) -> str:
    """Return in words what the letters of a repository show."""
    parts = [f"failed: {', '.join(rule.id for rule in line.failed)}" if line.failed else "nothing failed"]
    for outcome, words in (("waived", "accepted"), ("error", "error"), ("unavailable", "could not be seen")):
        found = [rule for rule, each in line.outcomes.items() if each == outcome]
        parts += [f"{words}: {', '.join(found)}"] if found else []
    return "; ".join(parts)
