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
from vger_guide.catalog.urls import address
from vger_guide.output.reviews.checkboxes import marker, taken
from vger_guide.output.reviews.import_result import Returned
from vger_guide.output.reviews.text import name_of, title_of
from vger_guide.reviews.context import Filled
from vger_guide.text.markdown import prose
from vger_guide.text.sanitize import cut

SUFFIX = ".issue-form.yml"
NAME = 80


def write(filled: Filled) -> bytes:
    """Return the form."""
    form = {
        "name": f"Architecture review: {cut(title_of(filled), NAME)}",
        "description": f"{filled.catalog.guide.title}, edition {filled.review.edition}: tick what is met.",
        "title": "Architecture review: ",
        "body": [_opening(filled), *_which(filled), *_sections(filled), _remarks()],
    }
    return yaml.safe_dump(form, allow_unicode=True, sort_keys=False, width=100_000).encode()


def _opening(filled: Filled) -> dict[str, Any]:
    told = f"[{prose(filled.catalog.guide.title)}](<{filled.site}>), edition {filled.review.edition}. Tick what is met."
    named = "".join(f"\n- {target.id}: {prose(cut(name_of(target), NAME))}" for target in filled.review.targets)
    return {"type": "markdown", "attributes": {"value": f"{told}\n\nTargets:\n{named}\n"}}


def _which(filled: Filled) -> list[dict[str, Any]]:
    """Return the question for the target. The issue says the option as it is, so that it is known when it comes."""
    targets = [f"Target: {target.id}" for target in filled.review.targets]
    attributes = {"label": "What is reviewed?", "options": targets}
    required = {"required": True}
    asked = {"type": "dropdown", "id": "target", "attributes": attributes, "validations": required}
    return [asked] if len(targets) > 1 else []


def _sections(filled: Filled) -> list[dict[str, Any]]:
    grouped = groupby(filled.rules, key=filled.catalog.section_of)
    return [_section(filled, section, list(rules)) for section, rules in grouped]


def _section(filled: Filled, section: Section, rules: list[Rule]) -> dict[str, Any]:
    options = [{"label": _label(filled, rule)} for rule in rules]
    return {"type": "checkboxes", "id": section.anchor, "attributes": {"label": section.heading, "options": options}}


def _label(filled: Filled, rule: Rule) -> str:
    return f"{prose(rule.ask)} [{rule.id}]({address(filled.site, rule.page)}) ({marker(rule)})"


def _remarks() -> dict[str, Any]:
    return {"type": "textarea", "id": "remarks", "attributes": {"label": "Remarks"}}


def read(data: bytes, filled: Filled) -> Returned:
    """Return the review with the ticks of an issue that was made of the form. Raises BadReturn."""
    return Returned(taken(data, filled))
