"""What reports say of a rule: told from its record, once for every command and export."""

from typing import Any

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.rules import Rule
from vger_guide.catalog.urls import page_url


def rule_facts(catalog: Catalog, rule: Rule) -> dict[str, Any]:
    """Return the facts of a rule that reports show, by the names that results have for them."""
    section = catalog.section_of(rule)
    return {
        "id": rule.id,
        "slug": rule.slug,
        "title": rule.title,
        "level": rule.level.value,
        "severity": rule.severity.value,
        "revision": rule.revision,
        "chapter": catalog.chapter_of(rule).heading,
        "section": section.heading,
        "statement": rule.statement,
        "why": rule.why,
        "ask": rule.ask,
        "mend": rule.check.mend if rule.check else rule.how[0],
        "address": page_url(catalog.guide.site, rule.page),
    }
