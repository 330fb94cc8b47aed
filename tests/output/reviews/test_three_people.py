"""Three people fill in forms of one review at once and import them in any order: nothing of anybody is lost."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.output.reviews.workbooks import open_book, saved, set_cells, targets
from tests.reviews.fixtures_reviews import NOW, SHOP, TILL, TODAY
from tests.soak import often
from vger_guide.catalog.editions import text_hash
from vger_guide.catalog.loader import load
from vger_guide.output.reviews.formats import load_format, read_format
from vger_guide.output.reviews.import_result import Importer
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.edit import current_wording, record_answers
from vger_guide.reviews.labels import PLANS, REASONS, VALUES
from vger_guide.reviews.loss import lost_parts
from vger_guide.reviews.merge import merge
from vger_guide.reviews.models import Answer, Inapplicability, NotApplicable, Plan, Review, Selection, Value
from vger_guide.reviews.selection import create_review, find_answer

# Each step writes a workbook or reads one.
pytestmark = pytest.mark.slow

CATALOG = load(ROOT / "checklists")
# Chapter 4 has the fewest rules; two of them, so that people meet.
REVIEW = create_review(CATALOG, "next", "Mail", Selection(chapters=["4"]), [SHOP, TILL], NOW)
RULES = ReviewContext(CATALOG, REVIEW, TODAY).rules[:2]
PEOPLE = ("Ada", "Bo", "Cy")
# At night in parts, which end in time each and run on several cores.
PARTS = often(1, 5)
STAMP = {"by", "at"}


@dataclass(frozen=True)
class Edit:
    """What somebody writes into cells, and what it says as fields of the answer."""

    cells: dict[str, Any]
    fields: Callable[[Answer], dict[str, Any]]


def _verdict(fields: dict[str, Any]) -> Callable[[Answer], dict[str, Any]]:
    return lambda _: {"confirm": False, "carried_from": "", **fields}


def _plan(plan: Plan, until: date | None) -> Callable[[Answer], dict[str, Any]]:
    return lambda old: {"disposition": old.disposition.model_copy(update={"plan": plan, "until": until})}


NO_DATE, DAY = None, date(2027, 3, 31)
NOT_APPLICABLE = NotApplicable(code=Inapplicability.OTHER, text="There is none.")
EDITS = [
    *(Edit({"Answer": VALUES[value]}, _verdict({"value": value})) for value in Value),
    *(Edit({"Comment": text}, lambda _, text=text: {"comment": text or ""}) for text in ("One.", "Two.", None)),  # type: ignore[misc]
    Edit(
        {"Not applicable": REASONS[NOT_APPLICABLE.code], "Because": NOT_APPLICABLE.text},
        _verdict({"not_applicable": NOT_APPLICABLE}),
    ),
    Edit({"Not applicable": None, "Because": None}, _verdict({"not_applicable": None})),
    Edit({"Plan": PLANS[Plan.PLANNED], "Until": DAY}, _plan(Plan.PLANNED, DAY)),
    Edit({"Plan": PLANS[Plan.RISK_ACCEPTED], "Until": DAY}, _plan(Plan.RISK_ACCEPTED, DAY)),
    Edit({"Plan": None, "Until": None}, _plan(Plan.NONE, NO_DATE)),
]
PLACES = st.tuples(st.sampled_from(RULES), st.sampled_from([SHOP.id, TILL.id]))
CELLS = st.lists(st.tuples(PLACES, st.sampled_from(EDITS)), max_size=4)
BOXES = st.lists(st.tuples(PLACES, st.booleans()), max_size=3)


@dataclass
class World:
    """The review that all share, and the file that each person has: its form, its bytes, and its base and theirs."""

    review: Review = REVIEW
    files: dict[str, tuple[str, bytes, Review, Review]] = field(default_factory=dict)
    days: int = 0

    @property
    def context(self) -> ReviewContext:
        """The review as exports take it."""
        return ReviewContext(CATALOG, self.review, TODAY)

    def take(self, person: str, form: str) -> None:
        """Let a person have the review in a form."""
        self.files[person] = (form, load_format(form).write(self.context), self.review, self.review)

    def fill(self, person: str, edits: Sequence[Any]) -> None:
        """Let a person change the cells or the boxes of a file."""
        form, data, base, theirs = self.files[person]
        edited = _write_cells if form == "xlsx" else _tick_boxes
        data, theirs = edited(data, theirs, edits)
        self.files[person] = (form, data, base, theirs)

    def bring(self, person: str) -> None:
        """Import a person's file, and hold it against the merge of the documents."""
        form, data, base, theirs = self.files[person]
        self.days += 1
        done = read_format(form, data, self.context, Importer(person, NOW + timedelta(days=self.days)))
        merged = merge(_plain(base), _plain(self.review), _plain(replace_conflicts(theirs, base)))
        assert _said(done.lossy) == _said(merged.review)
        assert [each.place for each in done.conflicts] == [each.place for each in merged.conflicts]
        assert list(_lost(self.review, done.review)) == []
        assert bool(done.losses) is bool(list(_lost(self.review, done.lossy)))
        assert done.losses or done.review == done.lossy
        self.review = done.review


def replace_conflicts(theirs: Review, base: Review) -> Review:
    """Return what somebody says, without the word of anybody on conflicts."""
    return theirs.model_copy(update={"conflicts": base.conflicts})


def _plain(review: Review) -> Review:
    """Return a review of what people said alone: who said it and when is not merged but given by the import."""
    answers = {
        rule: {target: answer.model_copy(update={"by": "", "at": None}) for target, answer in by_target.items()}
        for rule, by_target in review.answers.items()
    }
    return review.model_copy(update={"answers": answers, "conflicts": [], "people": []})


def _said(review: Review) -> dict[tuple[str, str], dict[str, Any]]:
    kept = {
        (rule, target): answer.model_dump(exclude={*STAMP, "revision", "text_hash"}, exclude_defaults=True)
        for rule, by_target in review.answers.items()
        for target, answer in by_target.items()
    }
    return {place: said for place, said in kept.items() if said}


def _lost(before: Review, after: Review) -> Any:
    for rule in RULES:
        for target in (SHOP.id, TILL.id):
            yield from lost_parts(find_answer(before, rule, target), find_answer(after, rule, target))


def _write_cells(data: bytes, theirs: Review, edits: Sequence[Any]) -> tuple[bytes, Review]:
    book = open_book(data)
    sheets = dict(zip((SHOP.id, TILL.id), targets(book, ReviewContext(CATALOG, REVIEW, TODAY)), strict=True))
    for (rule, target), edit in edits:
        set_cells(
            sheets[target], rule.id, **{heading.replace(" ", "_"): value for heading, value in edit.cells.items()}
        )
        old = find_answer(theirs, rule, target)
        told = edit.fields(old)
        asked = current_wording(rule.revision, text_hash(rule)) if {"value", "not_applicable"} & set(told) else {}
        theirs = record_answers(theirs, {(rule.id, target): (old.model_copy(update={**asked, **told}), ())})
    return saved(book), theirs


def _tick_boxes(data: bytes, theirs: Review, edits: Sequence[Any]) -> tuple[bytes, Review]:
    lines = data.decode().splitlines()
    for (rule, target), ticked in edits:
        places = [n for n, line in enumerate(lines) if f"<!-- vger {rule.id} r{rule.revision} {target}" in line]
        for n in places:
            lines[n] = f"- [{'x' if ticked else ' '}] {lines[n][6:]}"
            was = next((value for value in Value if f"; was {value} " in lines[n]), Value.UNANSWERED)
            touched = ticked is not (was is Value.MET)
            value = (Value.MET if ticked else Value.UNANSWERED) if touched else was
            answer = find_answer(theirs, rule, target).model_copy(update={"value": value})
            theirs = record_answers(theirs, {(rule.id, target): (answer, ())})
    return "\n".join(lines).encode(), theirs


@pytest.mark.parametrize("_part", range(PARTS))
@settings(max_examples=often(4, 500) // PARTS, deadline=None)
@given(data=st.data())
def test_any_order_of_exports_edits_and_imports_ends_as_the_merge_of_the_edits_and_loses_nothing(
    _part: int, data: Any
) -> None:
    world = World()
    for _ in range(data.draw(st.integers(2, 7), label="steps")):
        person = data.draw(st.sampled_from(PEOPLE), label="person")
        if person not in world.files or data.draw(st.integers(0, 3)) == 0:
            world.take(person, data.draw(st.sampled_from(["xlsx", "xlsx", "tasks"]), label="form"))
        edits = CELLS if world.files[person][0] == "xlsx" else BOXES
        world.fill(person, data.draw(edits, label="edits"))
        if data.draw(st.booleans(), label="import"):
            world.bring(person)


@settings(max_examples=often(2, 100), deadline=None)
@given(st.permutations([(rule, target) for rule in RULES for target in (SHOP.id, TILL.id)]), st.data())
def test_edits_of_different_rows_end_in_one_review_in_whatever_order_they_are_imported(places: Any, data: Any) -> None:
    world = World()
    for number, person in enumerate(PEOPLE):
        world.take(person, "xlsx")
        world.fill(person, [(places[number], data.draw(st.sampled_from(EDITS)))])
    one, other = replace(world), replace(world)
    for review, order in ((one, PEOPLE), (other, data.draw(st.permutations(PEOPLE)))):
        for person in order:
            review.bring(person)
        assert review.review.conflicts == []
    assert _said(one.review) == _said(other.review)


@pytest.mark.parametrize("form", ["xlsx", "tasks"])
def test_a_file_that_is_imported_again_changes_nothing(form: str) -> None:
    world = World()
    world.take("Ada", form)
    world.fill("Ada", [((RULES[0], SHOP.id), EDITS[1] if form == "xlsx" else True)])
    world.bring("Ada")
    once = world.review
    assert once.answers[RULES[0].id]["shop"].by == "ada"
    world.bring("Ada")
    assert world.review == once
