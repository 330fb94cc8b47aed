"""Traces: what a machine looks up for somebody who answers a rule; they never fail, and never pass."""

from __future__ import annotations

from typing import Any

from pydantic import Field, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from vger_guide.catalog.checks import Condition, Sample, is_none
from vger_guide.catalog.code_samples import Keys, find_unmatched
from vger_guide.matchers import load_matcher
from vger_guide.matchers.findings import Need
from vger_guide.records.fields import Prose, Record


class Sign(Record):
    """Something that helps to answer, and what it is."""

    says: Prose = Field(description="What is there, to follow 'Found:', such as 'a client of a cache'.")
    if_: Condition = Field(alias="if", description="What shows it; each place that it finds is listed.")

    @model_validator(mode="after")
    def _require_places(self) -> Sign:
        """Refuse what finds nothing that has a place."""
        if not _finds(self.if_.model_dump(mode="json", by_alias=True, exclude_none=True)):
            message = "has to find something in files: a matcher that expects it to be 'present', or any or all of such"
            raise PydanticCustomError("form", message, {})
        return self


def _finds(condition: dict[str, Any]) -> bool:
    [(name, wanted)] = condition.items()
    if name in ("all", "any"):
        return any(map(_finds, wanted))
    return name != "not" and wanted.get("expect") == "present" and load_matcher(name).REQUIRES is Need.TREE


class TraceSamples(Record):
    """Repositories in which something is found, and in which nothing is: shown on the rule's page, and run as tests."""

    found: list[Sample] = Field(min_length=1)
    nothing: list[Sample] = Field(min_length=1)


class Trace(Record):
    """What a machine looks up for a person, who answers the rule."""

    when: Condition | None = Field(
        default=None, exclude_if=is_none, description="What has to be there for the signs to mean anything."
    )
    signs: list[Sign] = Field(min_length=1, max_length=8)
    blind: list[Prose] = Field(min_length=1, max_length=4, description="Why a machine sees no further.")
    samples: TraceSamples

    @model_validator(mode="after")
    def _require_found_in_samples(self) -> Trace:
        """Refuse what is looked for in programs and stands in no sample: it may match nothing at all."""
        plain = self.plain()
        samples = [*self.samples.found, *self.samples.nothing]
        signs = enumerate(plain["signs"])
        asked: list[tuple[Keys, dict[str, Any]]] = [(("signs", i, "if"), sign["if"]) for i, sign in signs]
        asked += [(("when",), plain["when"])] if "when" in plain else []
        missing = list(find_unmatched(asked, (sample.files for sample in samples)))
        if missing:
            error = PydanticCustomError("form", "is found in no sample; add one that holds it, or fix the rule", {})
            details = [InitErrorDetails(type=error, loc=keys, input=what) for keys, what in missing]
            raise ValidationError.from_exception_data("trace", details)
        return self

    def plain(self) -> dict[str, Any]:
        """Return the trace as plain data for a run: all but the samples."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True, exclude={"samples"})
