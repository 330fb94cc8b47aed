"""Each rule has its page, stands where the prose makes its point, and is asked in the checklists that it belongs to."""

from itertools import pairwise
from pathlib import Path

from tests.site.html import Page, address, pages
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.rules import Part, Rule, Severity

HEADINGS = ["Why", "How", "Example", "Ask", "Evidence", "Exceptions", "Severity", "Since 2023", "Applies to", "Check"]
HEADINGS += ["Related", "History"]


def _asked(page: Page, within: str = "article") -> list[str]:
    labels = [node.attributes["for"] or "" for node in page.tree.css(f"{within} .checks label")]
    return [label.removeprefix("check-").upper() for label in labels]


def _ids(rules: list[Rule]) -> list[str]:
    return [rule.id for rule in rules]


def test_a_rule_page_says_all_of_the_record_under_fixed_headings(site: Path, catalog: Catalog) -> None:
    for rule in catalog.rules.values():
        page = pages(site)[address(rule.page)]
        text = " ".join(page.tree.css_first("article").text().split())  # type: ignore[union-attr]
        said = [rule.id, rule.title, rule.statement, rule.why, rule.ask, rule.severity_reason]
        said += [*rule.how, *rule.evidence, *rule.exceptions]
        said += [part for note in rule.notes for part in (note.happened, note.fact, note.meaning)]
        assert [part for part in said if part.replace("`", "") not in text] == [], rule.id
        headings = [node.text(deep=False).strip() for node in page.tree.css("article h2")]
        absent = {"Example": not rule.example, "Since 2023": not rule.notes}
        assert headings == [heading for heading in HEADINGS if not absent.get(heading)], rule.id


def test_a_rule_page_marks_what_the_editors_have_written(site: Path, catalog: Catalog) -> None:
    for rule in catalog.rules.values():
        page = pages(site)[address(rule.page)]
        marked = [node.attributes["id"] for node in page.tree.css("article h2.by-editors")]
        theirs = [part.value for part in Part if part in rule.editors and (part is not Part.EXAMPLE or rule.example)]
        assert marked == theirs, rule.id
        [source, editors] = page.texts("article .provenance")
        assert source.split()[:3] == ["From", "the", "source"]
        assert [claim for claim in rule.sources if claim not in source] == []
        assert ("the reason, " in editors) == (Part.WHY in rule.editors), rule.id


def test_every_severity_is_defined(site: Path) -> None:
    page = pages(site)["about/reading/"]
    defined = [node.text() for node in page.tree.css("#severity ~ ul li em")]
    assert [word.lower() for word in defined[:4]] == [each.value for each in Severity]


def test_the_rules_of_a_section_lead_to_one_another(site: Path, catalog: Catalog) -> None:
    def step(rule: Rule, rel: str) -> list[object]:
        page = pages(site)[address(rule.page)]
        return [page.resolve(node.attributes["href"] or "") for node in page.tree.css(f"nav.steps a[rel={rel}]")]

    for ruleset in catalog.rulesets.values():
        for before, after in pairwise(ruleset.rules):
            assert step(before, "next") == [(address(after.page), "")]
            assert step(after, "prev") == [(address(before.page), "")]


def test_a_rule_is_linked_where_the_prose_makes_its_point(site: Path, catalog: Catalog) -> None:
    for rule in catalog.rules.values():
        page, _, anchor = rule.place.partition("#")
        place = ""
        linked = []
        for node in pages(site)[address(page)].tree.css("article :is(h1, h2, h3), article .asks a"):
            if node.tag == "a":
                linked += [place] if rule.id in node.text() else []
            else:
                place = node.attributes.get("id") or ""
        assert linked == [anchor], rule.id


def test_a_section_ends_with_its_checklist(site: Path, catalog: Catalog) -> None:
    expected: dict[str, list[str]] = {}
    for number, ruleset in catalog.rulesets.items():
        expected.setdefault(catalog.section(number).page, []).extend(_ids(ruleset.rules))
    assert {page: _asked(pages(site)[address(page)]) for page in expected} == expected


def test_every_kind_of_system_has_a_checklist_that_asks_its_rules(site: Path, catalog: Catalog) -> None:
    for profile in catalog.profiles.profiles:
        page = pages(site)[f"checklists/{profile.id}/"]
        rules = catalog.rules_for(profile.id)
        assert _asked(page) == _ids(rules)
        assert page.texts(".checklist__counts")[0].startswith(f"{len(rules)} rules")


def test_the_checklists_of_the_chapters_make_up_the_whole(site: Path, catalog: Catalog) -> None:
    chapters = [path for path in pages(site) if path.startswith("checklists/chapter-")]
    asked = [rule for path in chapters for rule in _asked(pages(site)[path])]
    assert sorted(asked) == sorted(catalog.rules)
    assert _asked(pages(site)["checklists/whole/"]) == list(catalog.rules)


def test_the_list_of_rules_names_every_rule(site: Path, catalog: Catalog) -> None:
    rows = pages(site)["rules/"].tree.css("tbody tr")
    assert [row.attributes["data-name"] for row in rows] == list(catalog.rules)


def test_a_verdict_that_changed_shows_what_it_was(site: Path, catalog: Catalog) -> None:
    changed = {option.id: option for _, option in catalog.options.values() if len(option.verdicts) > 1}
    assert {"neptune"} <= set(changed)
    for option in changed.values():
        row = pages(site)["recommendations/"].tree.css_first(f"tr:has(h3[id='{option.id}'])")
        assert row
        text = " ".join(row.text().split())
        for entry in option.verdicts:
            assert entry.since in text
            assert (entry.verdict.word if entry.verdict else "none given") in text
            assert (entry.reason or "") in text


def test_every_note_stands_beside_what_it_is_about_with_its_source(site: Path, catalog: Catalog) -> None:
    told: dict[str, str] = {}
    for _, option in catalog.options.values():
        row = pages(site)["recommendations/"].tree.css_first(f"tr:has(h3[id='{option.id}'])")
        assert row
        shown = [node.attributes["href"] for node in row.css(".notes a")]
        first = [told.setdefault(f"{note.happened} {note.fact}", option.id) for note in option.notes]
        expected = [
            link
            for note, there in zip(option.notes, first, strict=True)
            for link in (note.links if there == option.id else [f"#{there}"])
        ]
        assert shown == expected, option.id
