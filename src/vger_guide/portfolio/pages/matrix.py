"""The first page: every repository in a row, the worst first, and in it the outcome of each rule as a letter."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from vger_guide.portfolio.overview import Line, Overview, Rule
from vger_guide.portfolio.pages import render, script

# The letter of an outcome, its class and its words. A space is: does not apply, is not asked, or needs a person.
LETTERS = {
    "fail": ("F", "fail", "Failed"),
    "preview": ("f", "preview", "Failed, as a preview that counts nowhere"),
    "waived": ("w", "waived", "Failed, and accepted"),
    "error": ("!", "error", "The check itself failed"),
    "unavailable": ("?", "unavailable", "Could not be seen"),
    "pass": ("·", "pass", "Passed"),
}
BLANK = ("\N{NO-BREAK SPACE}", "blank", "Does not apply, needs a person, or is not asked")


class Letters(NamedTuple):
    """Letters of one kind beside one another."""

    kind: str
    letters: str


@dataclass(frozen=True)
class Chapter:
    """The rules of a chapter, which are columns of the picture."""

    number: str
    title: str
    rules: list[Rule]

    def runs(self, line: Line) -> list[Letters]:
        """Return the letters of a repository."""
        marks = [LETTERS.get(find_outcome(line, rule.id), BLANK) for rule in self.rules]
        return [
            Letters(kind, "".join(mark[0] for mark in same)) for kind, same in groupby(marks, key=lambda mark: mark[1])
        ]


def find_outcome(line: Line, rule: str) -> str:
    """Return the outcome of a rule in a repository, previews apart, or nothing."""
    outcome = line.outcomes.get(rule, "")
    return "preview" if outcome == "fail" and rule in line.previews else outcome


def write(overview: Overview) -> Iterator[tuple[str, str]]:
    """Yield the page."""
    chapters = list_chapters(overview)
    yield (
        "index.html",
        render(
            "matrix.html",
            overview=overview,
            root="",
            here="index.html",
            chapters=chapters,
            letters=[*LETTERS.values(), BLANK],
            describe=describe_line,
            choices=list_choices(overview),
            script=script(),
        ),
    )


def list_chapters(overview: Overview) -> list[Chapter]:
    """Return the rules that a check decides somewhere by chapter, in the order of the guide."""
    rules = [each.rule for each in overview.standings]
    by_chapter = groupby(rules, key=lambda rule: rule.chapter)
    return [
        Chapter(same[0].chapter_number, title or "Other", same) for title, each in by_chapter if (same := list(each))
    ]


def list_choices(overview: Overview) -> dict[str, list[str]]:
    """Return what can be chosen in each filter, by its name."""
    of = {
        "unit": {line.unit for line in overview.lines},
        "owner": {line.repository.owner for line in overview.lines},
        "profile": {line.result.get("kind", "") for line in overview.lines},
    }
    return {name: sorted(filter(None, values)) for name, values in of.items()}


def describe_line(line: Line) -> str:
    """Return in words what the letters of a repository show."""
    parts = [f"failed: {', '.join(rule.id for rule in line.failed)}" if line.failed else "nothing failed"]
    for outcome, words in (("waived", "accepted"), ("error", "error"), ("unavailable", "could not be seen")):
        found = [rule for rule, each in line.outcomes.items() if each == outcome]
        parts += [f"{words}: {', '.join(found)}"] if found else []
    return "; ".join(parts)
