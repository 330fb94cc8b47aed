"""The questions as a form for `.github/ISSUE_TEMPLATE/`, in YAML, one set of boxes a section.

https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
has the keys, and GitHub refuses besides labels that are alike, a name of fewer than 3 and a description of more than
200 characters. It names no most for the elements of a form; what it does limit is the issue, to 65,536 characters, and
into that it writes every label, ticked or not. So all targets share one set of questions, and the form asks which is
meant. It asks anew: no answers stand in it. An issue made of it comes back; a box without a tick says nothing.
"""

from itertools import groupby
from typing import Any

import yaml

from vger_guide.catalog.guide import Section
from vger_guide.catalog.rules import Rule
from vger_guide.catalog.urls import page_url
from vger_guide.output.reviews.checkboxes import import_checkboxes, rule_marker
from vger_guide.output.reviews.import_result import Imported
from vger_guide.output.reviews.text import name_of, title_of
from vger_guide.reviews.context import ReviewContext
from vger_guide.text.markdown import escape_prose
from vger_guide.text.sanitize import truncate

SUFFIX = ".issue-form.yml"
NAME = 80


def write(context: ReviewContext) -> bytes:
    """Return the form."""
    form = {
        "name": f"Architecture review: {truncate(title_of(context), NAME)}",
        "description": f"{context.catalog.guide.title}, edition {context.review.edition}: tick what is met.",
        "title": "Architecture review: ",
        "body": [_opening(context), *_which(context), *_sections(context), _remarks()],
    }
    return yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=100_000).encode()


def _opening(context: ReviewContext) -> dict[str, Any]:
    title = escape_prose(context.catalog.guide.title)
    told = f"[{title}](<{context.site}>), edition {context.review.edition}. Tick what is met."
    named = "".join(
        f"\n- {target.id}: {escape_prose(truncate(name_of(target), NAME))}" for target in context.review.targets
    )
    return {"type": "markdown", "attributes": {"value": f"{told}\n\nTargets:\n{named}\n"}}


def _which(context: ReviewContext) -> list[dict[str, Any]]:
    """Return the question for the target. The issue says the option as it is, so that it is known when it comes."""
    targets = [f"Target: {target.id}" for target in context.review.targets]
    attributes = {"label": "What is reviewed?", "options": targets}
    required = {"required": True}
    asked = {"type": "dropdown", "id": "target", "attributes": attributes, "validations": required}
    return [asked] if len(targets) > 1 else []


def _sections(context: ReviewContext) -> list[dict[str, Any]]:
    grouped = groupby(context.rules, key=context.catalog.section_of)
    return [_section(context, section, list(rules)) for section, rules in grouped]


def _section(context: ReviewContext, section: Section, rules: list[Rule]) -> dict[str, Any]:
    options = [{"label": _label(context, rule)} for rule in rules]
    return {"type": "checkboxes", "id": section.anchor, "attributes": {"label": section.heading, "options": options}}


def _label(context: ReviewContext, rule: Rule) -> str:
    return f"{escape_prose(rule.ask)} [{rule.id}]({page_url(context.site, rule.page)}) ({rule_marker(rule)})"


def _remarks() -> dict[str, Any]:
    return {"type": "textarea", "id": "remarks", "attributes": {"label": "Remarks"}}


def read(data: bytes, context: ReviewContext) -> Imported:
    """Return the review with the ticks of an issue that was made of the form. Raises ImportRejectedError."""
    return Imported(import_checkboxes(data, context))
