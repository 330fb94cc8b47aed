"""The page of a rule loses nothing of its check, the guide counts its checks, and the reference is whole."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from selectolax.lexbor import LexborNode

from tests import plain_yaml
from tests.cli.vger_process import Vger
from tests.site.html import Page, address, pages
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.checks import Check, Sample
from vger_guide.catalog.rules import Level, Reach, Rule
from vger_guide.matchers import load_matcher, manifests, matcher_names
from vger_guide.records.derive import record_of

pytestmark = pytest.mark.slow

SECONDS = 120  # a bound for a busy machine
SIDES = {"failing": ["failing"], "passing": ["passing"], "other": ["undecided", "not_applicable"]}
# What a text may hold to become markup, end a block, or be taken for a macro.
HOSTILE = '</code></pre></div>\n\n<script>alert(1)</script>\n```\n{{ 7 * 7 }}  {% raw %}\n{: #own }\n    # &amp; "x"\n'
# A title ends no attribute of the head, and a statement no more so in what it has between backticks.
TITLE = 'Say "no" {{ 7*7 }} &lt;/title>&lt;script>alert(3)&lt;/script>'
STATEMENT = 'Never write `"><script>alert(4)</script>` or `{{ 7 * 7 }}` into a page.'


def _said_otherwise(check: Check) -> list[str]:
    """Return what is said where it is not shown that the rule applies."""
    when = check.when
    unseen = when.unseen.says if when and when.unseen else None
    return [text for text in (unseen, when.otherwise if when else None) if text]


def _checked(catalog: Catalog) -> list[tuple[Rule, Check]]:
    return [(rule, rule.check) for rule in catalog.rules.values() if rule.check]


def _page(site: Path, rule: Rule) -> Page:
    return pages(site)[address(rule.page)]


def _flat(text: str) -> str:
    return " ".join(text.replace("`", "").split())


def _part(page: Page) -> str:
    """Return the text of the part 'Check', which ends where 'Related' begins."""
    article = page.tree.css_first("article")
    assert article
    text = _flat(article.text())
    return text[text.rindex("Check¶") : text.rindex("Related¶")]


def _shown(node: LexborNode) -> dict[str, Any]:
    """Return a sample as its page shows it."""
    files = {
        file.css_first(".filename").text(): file.css_first("pre code").text()  # type: ignore[union-attr]
        for file in node.css(".highlight")
    }
    title = node.css_first(".sample__title")
    return {
        "title": title and _flat(title.text()),
        "files": files,
        "facts": [_flat(li.text()) for li in node.css("li")],
    }


def _told(sample: Sample) -> dict[str, Any]:
    """Return a sample as its page has to show it; the size of a blob is said in another unit."""
    files = {path: text.rstrip("\n") for path, text in sample.files.items()}
    if sample.forge is not None:
        files["Settings of the hosting service"] = json.dumps(sample.forge, indent=2, sort_keys=True)
    blobs = [f"{path}: a binary file, {_size(size)}" for path, size in sample.blobs.items()]
    facts = [("Tags", sample.tags), ("Commits", sample.commits)]
    history = [
        f"{name}: {_flat(', '.join(each))}" if each else f"No {name.lower()}"
        for name, each in facts
        if each is not None
    ]
    return {"title": _flat(sample.title), "files": files, "facts": [*blobs, *history]}


def _size(size: int) -> str:
    for unit, factor in (("MB", 1_000_000), ("kB", 1000)):
        if size >= factor:
            return f"{size / factor:.1f} {unit}"
    return f"{size} Bytes"


def test_a_check_is_shown_with_each_sample_and_each_blind_spot(site: Path, catalog: Catalog) -> None:
    for rule, check in _checked(catalog):
        page = _page(site, rule)
        for side, kinds in SIDES.items():
            shown = [_shown(node) for node in page.tree.css(f".samples__side--{side} .sample")]
            assert shown == [_told(sample) for kind in kinds for sample in getattr(check.samples, kind)], rule.id
        said = [*check.blind, check.mend, check.strength.meaning, *_said_otherwise(check)]
        assert [text for text in said if _flat(text) not in _part(page)] == [], rule.id
        assert any(text.startswith(f"vger check --rule {rule.id}") for text in page.texts("pre code"))


def _strings(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a record of a condition, with its key."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            # What a program is asked is shown in words, by what it finds.
            if name not in ("rule", "constraints", "utils", "holds"):
                yield from _strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner, key)


def test_all_that_a_check_looks_for_is_on_its_page(site: Path, catalog: Catalog) -> None:
    for rule, check in _checked(catalog):
        record = check.plain()
        page = _page(site, rule)
        codes = {node.text() for node in page.tree.css(".check code")}
        asked = [*_strings(record["expect"]), *_strings(record.get("when", {}).get("if"))]
        words = [text for key, text in asked if key == "what"]
        exact = [text for key, text in asked if key not in ("what", "expect", "format", "kind", "language")]
        assert [text for text in words if _flat(text) not in _part(page)] == [], rule.id
        assert set(exact) - codes == set(), rule.id


def test_a_check_says_what_it_needs(site: Path, catalog: Catalog) -> None:
    def part(rule: str) -> str:
        return _part(_page(site, catalog.rules[rule]))

    assert "It needs only the files." in part("VER010")
    assert "It needs the tags and commits, missing in a shallow clone. " in part("REL003")
    assert "It needs the files, and the tags and commits, " in part("REL005")
    assert "It needs the settings of the hosting service (--forge). " in part("REL001")
    assert "It needs the files, and git, to find out what it would ignore. " in part("KEY003")


def test_what_is_asked_not_to_hold_says_so_itself(site: Path, catalog: Catalog) -> None:
    """SES004 asks `not` of a value that is present."""
    part = _part(_page(site, catalog.rules["SES004"]))
    assert "No .env file has a value at $.SESSION_DRIVER that matches the pattern (?i)^database$." in part
    assert "This does not hold" not in part


def test_a_rule_without_a_check_says_that_a_person_answers_it_and_why(site: Path, catalog: Catalog) -> None:
    for rule in catalog.rules.values():
        part = _part(_page(site, rule))
        assert ("only a person can answer this rule" in part) == (rule.check is None), rule.id
        assert rule.blind, f"{rule.id} says why a machine sees no further"
        assert [text for text in rule.blind if _flat(text) not in part] == [], rule.id


def test_a_trace_is_shown_with_its_signs_and_samples(site: Path, catalog: Catalog) -> None:
    for rule in catalog.rules.values():
        if not rule.trace:
            continue
        page = _page(site, rule)
        for side in ("found", "nothing"):
            shown = [_shown(node) for node in page.tree.css(f".samples__side--{side} .sample")]
            assert shown == [_told(sample) for sample in getattr(rule.trace.samples, side)], rule.id
        assert [sign.says for sign in rule.trace.signs if _flat(sign.says[1:]) not in _part(page)] == [], rule.id


def test_a_page_tells_how_far_a_machine_sees_and_how_often_it_was_right(site: Path, catalog: Catalog) -> None:
    page = pages(site)["about/machine/"]
    text = _flat(page.tree.css_first("article").text())  # type: ignore[union-attr]
    assert catalog.precision
    for rule in catalog.rules.values():
        assert rule.id in text
        assert bool(rule.limit) == (rule.reach is Reach.PERSON), rule.id
    measured = {each.rule for each in catalog.precision.rules}
    assert measured <= {rule.id for rule in catalog.rules.values() if rule.reach is not Reach.PERSON}
    for each in catalog.precision.rules:
        assert each.repositories <= catalog.precision.repositories, each.rule
        is_trusted = catalog.rules[each.rule].reach in (Reach.PROOF, Reach.INDICATION)
        assert not is_trusted or each.wrong * 10 <= each.repositories, f"{each.rule} has to be a preview"


def test_the_guide_counts_its_checks_by_level(site: Path, catalog: Catalog) -> None:
    def row(title: str, rules: list[Rule]) -> str:
        counts = [len(rules), *(sum(rule.reach is reach for rule in rules) for reach in Reach)]
        return "".join(map(str, [title, *counts]))

    every = list(catalog.rules.values())
    expected = [row(level.capitalize(), [rule for rule in every if rule.level is level]) for level in Level]
    assert pages(site)["about/reading/"].texts(".options tbody tr") == [*expected, row("All", every)]
    checked = len(_checked(catalog))
    for path in ("rules/", "checks/"):
        article = pages(site)[path].tree.css_first("article")
        assert article
        assert f"Automatic checks cover {checked} of the {len(every)} rules" in _flat(article.text())


def test_the_reference_has_every_matcher_with_every_parameter_and_its_meaning(site: Path) -> None:
    page = pages(site)["checks/"]
    for name in matcher_names():
        model = record_of(load_matcher(name).Parameters)
        [table] = [
            node
            for node in page.tree.css("table.parameters")
            if (caption := node.css_first("caption")) and caption.text().strip() == f"Parameters of {name}"
        ]
        keys = [node.text() for node in table.css("tbody th code")]
        assert [key for key in keys if "." not in key] == list(model.model_fields), name
        assert [node.text() for node in table.css("td") if len(node.text()) < 5] == [], name
        assert f"matcher-{name}" in page.ids


def test_the_reference_names_the_rules_that_ask_a_matcher(site: Path, catalog: Catalog) -> None:
    page = pages(site)["checks/"]
    linked = {page.resolve(node.attributes["href"] or "") for node in page.tree.css("article p a")}
    assert {(address(rule.page), "check") for rule, _ in _checked(catalog)} <= linked


def test_the_page_names_every_ecosystem(site: Path) -> None:
    codes = pages(site)["checks/"].texts("article p code")
    found = {path.stem for path in Path(manifests.__file__).parent.glob("[a-z]*.py")}
    # What lock files say of a package manager is no ecosystem.
    assert found - set(codes) == {"lock_states"}


@pytest.mark.slow
def test_the_report_on_the_page_is_what_the_command_says(site: Path, tmp_path: Path, catalog: Catalog) -> None:
    [shown] = [code for code in pages(site)["checks/"].tree.css("pre code") if "FAIL VER010" in code.text()]
    check = catalog.rules["VER010"].check
    assert check
    (tmp_path / "shop").mkdir()
    for path, text in check.samples.failing[0].files.items():
        (tmp_path / "shop" / path).write_text(text, encoding="utf-8")
    done = Vger(tmp_path, tmp_path / "cache")("check", "--rule", "VER010", "shop")
    assert done.returncode == 1
    assert shown.text().strip() in done.stdout


@pytest.mark.slow
def test_hostile_text_in_a_rule_is_shown_letter_by_letter(project: Path) -> None:
    path = project / "checklists/rules/sessions.yml"
    data = plain_yaml.load(path.read_text(encoding="utf-8"))
    [rule] = [rule for rule in data["rules"] if rule["id"] == "SES004"]
    rule |= {"title": TITLE, "statement": STATEMENT, "revision": 2, "sources": []}
    check = rule["check"]
    path_, pattern, glob = '"><img src=x onerror=alert(1)>', "</code><script>`{{ 1 }}`", "**/</li><b>{{ x }}"
    tags, subject = ["<i>v1</i>", "{{ boom }}"], "</p><script>alert(2)</script>"
    hostile = {"title": "`<b>` and *stars*", "files": {path_: HOSTILE}, "tags": tags, "commits": [subject]}
    check.pop("when")
    check["samples"] = {"passing": [{"title": "None"}], "failing": [hostile]}
    check["expect"] = {"content": {"which": [glob], "find": [{"what": "x", "pattern": pattern}], "expect": "absent"}}
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    for command in (["tools.rule_pages"], ["tools.site", "site"]):
        run = [sys.executable, "-m", *command]
        done = subprocess.run(run, cwd=project, capture_output=True, text=True, timeout=SECONDS)
        assert done.returncode == 0, done.stderr
    page = pages(project / "site")["rules/no-sessions-in-a-relational-database/"]
    shown = [_shown(node) for node in page.tree.css(".samples__side--failing .sample")]
    facts = [f"Tags: {', '.join(tags)}", f"Commits: {subject}"]
    assert shown == [{"title": "<b> and *stars*", "files": {path_: HOSTILE.rstrip("\n")}, "facts": facts}]
    assert {glob, pattern} <= {node.text() for node in page.tree.css(".check code")}
    assert page.tree.css("article :is(script, img, .check b, .samples b, .samples i)") == []
    assert re.search(r"\balert\(", "".join(node.text() for node in page.tree.css("script"))) is None
    assert page.texts("article h2")[-2:] == ["Related¶", "History¶"]
    assert "From the claims" not in page.tree.css_first("article").text()  # type: ignore[union-attr]
    assert page.texts("h1") == [f"{TITLE}¶"]
    described = f"SES004. {STATEMENT.replace('`', '')}"
    for name, text in (
        ("name=description", described),
        ("property='og:description'", described),
        ("property='og:title'", f"{TITLE} - VGER Architecture Guide"),
    ):
        assert [node.attributes["content"] for node in page.tree.css(f"head meta[{name}]")] == [text]
