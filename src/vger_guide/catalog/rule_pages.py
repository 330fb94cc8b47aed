"""The file that a rule's page stands in: short, the same for every rule, and proven so by a test."""

from html import escape

from vger_guide.catalog.rules import Retired, Rule
from vger_guide.text.markdown import escape_title

DESCRIPTION_CHARACTERS = 150


def render_rule_page(rule: Rule | Retired) -> str:
    """Return the text of the file of a rule's page below docs/; the macro in it fetches the record.

    The description is HTML: the theme writes it into an attribute between double quotes as it is.
    """
    says = rule.statement if isinstance(rule, Rule) else f"{rule.title}: no longer asked."
    return f"""---
description: {_quote(_html(_short(f"{rule.id}. {says}")))}
hide: [navigation]
---

# {escape_title(rule.title)} {{: #{rule.id.lower()} }}

{{{{ rule("{rule.id}") }}}}
"""


def _short(text: str) -> str:
    plain = text.replace("`", "")
    if len(plain) <= DESCRIPTION_CHARACTERS:
        return plain
    return plain[: DESCRIPTION_CHARACTERS - 1].rpartition(" ")[0] + "…"


def _html(text: str) -> str:
    return escape(text, quote=False).replace('"', "&quot;")


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
