"""`code`: a program has some construct, by its grammar and not by its text, or none has it."""

from typing import Any, Self

from pydantic import Field, JsonValue, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from vger_guide.matchers.code import config, words
from vger_guide.matchers.fields import Expectation, Globs, NoGlobs, Without
from vger_guide.matchers.grammar.languages import Language
from vger_guide.matchers.grammar.literals import SHORTEST
from vger_guide.matchers.grammar.rule import problem
from vger_guide.records.fields import Label, Record

GATE = (
    "has no word of {shortest} letters that stands in every file it matches in; name some by 'holds:', so that other "
    "files are not parsed"
)
Rule = dict[str, JsonValue]


class Sought(Record):
    """What to find: a rule of ast-grep, as its users know it (https://ast-grep.github.io/reference/rule.html)."""

    what: Label = Field(description="What it finds, such as 'a store of sessions in the database'.")
    language: Language = Field(description="What the files are written in.")
    which: Globs | None = Field(
        default=None, description="Which files; left out: all of the language, by their endings."
    )
    rule: Rule = Field(description="The rule of ast-grep.")
    constraints: Rule | None = Field(default=None, description="Its constraints, rules by the names of variables.")
    utils: Rule | None = Field(default=None, description="Its utilities, rules by their names.")
    holds: list[Label] | None = Field(
        default=None,
        min_length=1,
        max_length=20,
        description="Words of which one stands in every file that the rule matches in; others are not parsed. "
        "Left out: a word of the rule.",
    )

    undecided: bool = Field(
        default=False,
        description="Where it stands, the check cannot decide, such as a value that comes from elsewhere.",
    )

    @model_validator(mode="after")
    def _proven(self) -> Self:
        """Refuse a rule that ast-grep refuses, at the key that is wrong, and one that would have every file parsed."""
        plain = self.model_dump(mode="json", exclude_none=True)
        if found := problem(config(plain), self.language.value):
            keys, message = found
            raise _at(keys, PydanticCustomError("form", "is no rule of ast-grep: {why}", {"why": message}), plain)
        if not words(plain):
            raise _at(("rule",), PydanticCustomError("form", GATE, {"shortest": SHORTEST}), plain)
        return self


def _at(keys: tuple[str | int, ...], error: PydanticCustomError, plain: Any) -> ValidationError:
    given = plain
    for key in keys:
        given = given[key]
    return ValidationError.from_exception_data("rule", [InitErrorDetails(type=error, loc=keys, input=given)])


class Parameters(Record):
    """What to find in programs, each by its grammar, and whether one of it is expected there, or none.

    One of the check's samples has to hold each: a pattern that is not code of its language matches nothing.
    """

    besides: NoGlobs = Field(default_factory=list)
    without: Without = Field(default_factory=list)
    find: list[Sought] = Field(min_length=1, max_length=30, description="What to find; one of it is enough.")
    expect: Expectation = Field(description="Whether one of it has to be there, or none.")
