"""What the page of reviews is told when it is built: labels by code, the forms of files, versions."""

import json
from typing import Any

from vger_guide.output.reviews.formats import describe_format, importable_formats, load_format
from vger_guide.output.reviews.summary import describe_formula
from vger_guide.reviews import labels
from vger_guide.reviews.schema import SCHEMA
from vger_guide.reviews.selection import GENERATOR

# Fields of an answer, as a comparison names them.
FIELDS = {"value": "answer", "disposition": "plan", "confirm": "to confirm"}
# What people call the forms.
TITLES = {
    "csv": "CSV with codes",
    "csv-safe": "CSV for spreadsheets",
    "cyclonedx": "CycloneDX",
    "docx": "Word document",
    "html": "Web page (HTML)",
    "issue-form": "GitHub issue form",
    "jira": "Jira (CSV)",
    "json": "Review file (JSON)",
    "junit": "JUnit (XML)",
    "markdown": "Markdown",
    "oscal-catalog": "OSCAL catalogue",
    "oscal-results": "OSCAL results",
    "pdf": "PDF",
    "pull-request": "Pull-request checklist",
    "sarif": "SARIF",
    "tasks": "Task list (Markdown)",
    "template": "Template (JSON)",
    "xlsx": "Excel workbook",
}
# What people take a review away for, and the forms that serve it.
PURPOSES = {
    "To fill in elsewhere and import again": ("xlsx", "tasks", "pull-request", "json"),
    "To read and print": ("docx", "pdf", "html", "markdown"),
    "To plan the work": ("jira", "issue-form"),
    "To begin other reviews": ("template",),
    "For an auditor": ("oscal-results", "oscal-catalog", "cyclonedx"),
    "For other programs": ("csv", "csv-safe", "sarif", "junit"),
}


def review_words(site: str, edition: str) -> str:
    """Return it as JSON that can stand in a script element; `site` is where the guide is published, as `edition`."""
    # The labels keep their order, which people choose from: low, medium, high.
    return json.dumps(_told(site, edition), ensure_ascii=False).replace("<", "\\u003c")


def _told(site: str, edition: str) -> dict[str, Any]:
    return {
        "actions": labels.ACTIONS,
        "conclusions": labels.CONCLUSIONS,
        "directions": labels.DIRECTIONS,
        "gaps": labels.GAPS,
        "confidences": labels.CONFIDENCES,
        "edition": edition,
        "fields": FIELDS,
        "formula": describe_formula(),
        "forms": [_form(name, purpose) for purpose, names in PURPOSES.items() for name in names],
        "generator": GENERATOR.model_dump(mode="json"),
        "not_applicable": labels.NOT_APPLICABLE,
        "outcomes": labels.OUTCOMES,
        "plans": labels.PLANS,
        "reasons": labels.REASONS,
        "schema": site + SCHEMA,
        "states": labels.STATES,
        "values": labels.VALUES,
    }


def _form(name: str, purpose: str) -> dict[str, Any]:
    return {
        "name": name,
        "title": TITLES[name],
        "purpose": purpose,
        "says": describe_format(name),
        "suffix": load_format(name).suffix,
        "returns": name in importable_formats(),
    }
