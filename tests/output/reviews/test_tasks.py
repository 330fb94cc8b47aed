"""Task lists and the checklist of a pull request: read by markdown-it, edited as people do, and brought back."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from tests.output.reviews.markup import MENTIONS, READER
from tests.reviews import fixtures_reviews
from tests.reviews.fixtures_reviews import NOW
from tests.soak import often
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import load_format, read_format, tasks
from vger_guide.output.reviews.formats.tasks import HEAD, LIMIT, size
from vger_guide.output.reviews.import_result import Importer, ImportRejectedError
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.edit import record_answers
from vger_guide.reviews.models import Conflict, Review, State, Value
from vger_guide.reviews.selection import find_answer
from vger_guide.reviews.store import SHOWN_PROBLEMS


def _text(context: ReviewContext) -> str:
    return tasks.write(context).decode()


def _read(text: str, context: ReviewContext) -> Review:
    return read_format("tasks", text.encode(), context).review


def _refused(text: str, context: ReviewContext) -> list[str]:
    with pytest.raises(ImportRejectedError) as refused:
        _read(text, context)
    return refused.value.problems


def _value(review: Review, context: ReviewContext, rule: str) -> Value:
    [target] = context.review.targets
    return find_answer(review, context.catalog.rules[rule], target.id).value


def _tick(text: str, rule: str, mark: str = "x") -> str:
    [changed] = re.findall(rf"- \[[ x]\] [^\n]*vger {rule} [^\n]*", text)
    return text.replace(changed, f"- [{mark}] {changed[6:]}")


def _items(tokens: list[Token]) -> list[str]:
    return [tokens[i + 2].content for i, token in enumerate(tokens) if token.type == "list_item_open"]


def test_an_untouched_list_changes_nothing(context: ReviewContext) -> None:
    assert _read(_text(context), context) == context.review


def test_each_rule_is_an_item_with_its_question_its_link_and_its_id(full: ReviewContext) -> None:
    items = _items(READER.parse(_text(full)))
    assert len(items) == len(full.rules)
    for item, rule in zip(items, full.rules, strict=True):
        assert f"[{rule.id}](<https://vger-guide.example/rules/{rule.slug}/>)" in item
        applies = find_answer(full.review, rule, "shop").not_applicable is None
        assert item.startswith("[" if applies else "Not applicable: ")
        value = find_answer(full.review, rule, "shop").value
        was = "" if value is Value.UNANSWERED else f"; was {value}"
        assert item.endswith(f"<!-- vger {rule.id} r{rule.revision}{was} -->") is applies


def test_no_text_of_people_becomes_an_item_html_or_a_mention(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "hostile")
    for part in tasks.parts(context):
        tokens = READER.parse(part)
        inner = [child for token in tokens for child in token.children or []]
        assert not {"html_block", "fence", "code_block", "blockquote_open"} & {token.type for token in tokens}
        assert all(
            re.fullmatch(r"<!-- vger \w+ r\d [ab](; was [a-z-]+)? -->", t.content)
            for t in inner
            if t.type == "html_inline"
        )
        assert not [token.content for token in inner if token.type == "text" and MENTIONS.search(token.content)]
        assert "image" not in {token.type for token in inner}


@pytest.mark.parametrize("limit", [HEAD + 2_000, HEAD + 10_000, LIMIT])
def test_no_part_is_longer_than_the_host_takes_and_none_lacks_its_headings(context: ReviewContext, limit: int) -> None:
    parts = tasks.parts(context, limit)
    assert max(map(size, parts)) <= limit
    assert {part.count("\n# ") + part.startswith("# ") for part in parts} == {1}
    assert all(re.search(r"\n## [^\n]+\n\n(###+ [^\n]+\n\n)*- ", part) for part in parts)
    assert sum(part.count("<!-- vger ") for part in parts) == sum(
        find_answer(context.review, rule, target.id).not_applicable is None
        for target in context.review.targets
        for rule in context.rules
    )


def test_a_person_can_split_the_file_where_it_says_so(catalog: Catalog) -> None:
    review = fixtures_reviews.several(catalog)
    many = [{"id": f"t{n}", "name": f"Target {n}"} for n in range(5)]
    context = ReviewContext(
        catalog,
        review.model_copy(update={"targets": [type(review.targets[0])(**t) for t in many]}),
        fixtures_reviews.TODAY,
    )
    pieces = _text(context).split(tasks.CUT)
    assert pieces == tasks.parts(context)
    assert len(pieces) > 1
    assert "(part 2 of " in pieces[1].splitlines()[0]


def test_parts_come_back_alone_and_in_any_order(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "empty")
    parts = [part.replace("- [ ]", "- [x]") for part in tasks.parts(context, HEAD + 5_000)]
    assert len(parts) > 3
    backwards = _read("\n".join(reversed(parts)), context)
    assert {_value(backwards, context, rule.id) for rule in context.rules} == {Value.MET}
    alone = _read(parts[1], context)
    assert {_value(alone, context, rule.id) for rule in context.rules} == {Value.MET, Value.UNANSWERED}


@pytest.mark.parametrize("before", ["partial", "not-met", "unanswered"])
def test_a_tick_makes_a_rule_met_and_keeps_what_was_said(full: ReviewContext, before: str) -> None:
    rule = next(r for r in full.rules if _value(full.review, full, r.id) == before and _applies(full, r.id))
    review = _read(_tick(_text(full), rule.id), full)
    old, new = full.review.answers[rule.id]["shop"], review.answers[rule.id]["shop"]
    assert new == old.model_copy(update={"value": Value.MET, "by": "", "at": datetime.combine(full.today, time(), UTC)})
    assert {**review.answers, rule.id: None} == {**full.review.answers, rule.id: None}


def _applies(context: ReviewContext, rule: str) -> bool:
    return context.review.answers[rule]["shop"].not_applicable is None


def test_a_tick_taken_away_makes_what_was_met_unanswered_and_nothing_else(full: ReviewContext) -> None:
    done = read_format("tasks", _text(full).replace("- [x]", "- [ ]").encode(), full)
    assert done.review == full.review, "a loss is held back"
    assert {line.rpartition(": ")[2] for line in done.losses} == {"Met -> Unanswered"}
    review = done.lossy
    for rule in full.rules:
        before = _value(full.review, full, rule.id)
        assert _value(review, full, rule.id) == (Value.UNANSWERED if before is Value.MET else before)


def test_an_old_list_takes_nothing_away_that_was_answered_since(catalog: Catalog, full: ReviewContext) -> None:
    old = _tick(_text(fixtures_reviews.filled(catalog, "empty")), "SES003")
    review = _read(old, full)
    changed = {rule for rule in full.review.answers if review.answers[rule] != full.review.answers[rule]}
    assert changed == {"SES003"}
    assert Value.MET in {_value(full.review, full, rule.id) for rule in full.rules}


def test_a_list_that_nobody_touched_fills_no_review_that_was_cleared_since(
    catalog: Catalog, full: ReviewContext
) -> None:
    cleared = fixtures_reviews.filled(catalog, "empty")
    assert _read(_text(full), cleared) == cleared.review


@pytest.mark.parametrize("since", [Value.NOT_MET, Value.PARTIAL])
def test_a_tick_of_an_old_list_is_a_conflict_with_what_was_answered_since(full: ReviewContext, since: Value) -> None:
    before = _answering(full, Value.UNANSWERED)
    now = _answering(full, since)
    done = read_format("tasks", _tick(_text(before), "SES004").encode(), now)
    assert _value(done.review, full, "SES004") is since
    [conflict] = done.conflicts
    assert (conflict.place, conflict.theirs["value"]) == (["answers", "SES004", "shop", "value"], "met")
    met = _answering(full, Value.MET)
    assert read_format("tasks", _text(met).encode(), now).review == now.review


def _answering(context: ReviewContext, value: Value) -> ReviewContext:
    old = context.review.answers["SES004"]["shop"].model_copy(update={"value": value, "not_applicable": None})
    return replace(context, review=record_answers(context.review, {("SES004", "shop"): (old, ())}))


def test_a_tick_is_of_who_imports_it(full: ReviewContext) -> None:
    importer = Importer("Dö Example", NOW + timedelta(days=9))
    text = _tick(_text(_answering(full, Value.NOT_MET)), "SES004").encode()
    review = read_format("tasks", text, _answering(full, Value.NOT_MET), importer).review
    answer = review.answers["SES004"]["shop"]
    assert (answer.value, answer.by, answer.at) == (Value.MET, "do-example", importer.at)
    assert review.people[-1].name == "Dö Example"


BOXES = ["- [x]", "- [X]", "* [x]", "+ [x]", "1. [x]", "12) [X]", "    - [x]", "-   [x]"]
WRITTEN = ["- [ x ]", "- [x ]", "-[x]", "[x]", "- \\[x\\]", "• [x]", "- [✓]", "- ☑", "☒"]


@pytest.mark.parametrize("box", [*BOXES, *WRITTEN])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old"])
def test_boxes_are_read_as_people_and_editors_write_them(catalog: Catalog, box: str, end: str) -> None:
    context = fixtures_reviews.filled(catalog, "empty")
    text = _tick(_text(context), "SES004").replace("- [x]", box).replace("\n", end)
    review = read_format("tasks", b"\xef\xbb\xbf" + text.encode(), context).review
    assert list(review.answers) == ["SES004"]
    assert _value(review, context, "SES004") is Value.MET


@pytest.mark.parametrize("box", ["* [ ]", "1. [ ]", "- [\t]", "- []", "☐"])
def test_empty_boxes_are_read_too(full: ReviewContext, box: str) -> None:
    review = read_format("tasks", _text(full).replace("- [x]", box).encode(), full).lossy
    assert Value.MET not in {_value(review, full, rule.id) for rule in full.rules}


MARK = "<!-- vger SES004 r1 -->"


@pytest.mark.parametrize(
    "mark",
    [
        "<!— vger SES004 r1 —>",
        "<!\u2013 vger SES004 r1 \u2013>",
        "\\<!-- vger SES004 r1 --\\>",
        "<!-- vger\n  SES004 r1\n-->",
    ],
)
def test_a_comment_is_known_after_an_editor_or_a_mail_had_it(catalog: Catalog, mark: str) -> None:
    context = fixtures_reviews.filled(catalog, "empty")
    text = _tick(_text(context), "SES004").replace(MARK, mark)
    assert list(_read(text, context).answers) == ["SES004"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"- [yes] Is it? {MARK}", "SES004 has no box of its own that can be read"),
        (f"> - [x] Is it? {MARK}", "SES004 has no box of its own that can be read"),
        (f"- [ ] Is it? <!-- vger SES003 r1 --> - [x] And it? {MARK}", "SES004 has no box of its own that can be read"),
        ("- [x] Is it? [SES004](<https://vger-guide.example/>)", "SES004 is ticked, but its comment is gone"),
        ("- [x] Is it? <!-- vger SES004 -->", "SES004 is ticked, but its comment is gone"),
    ],
)
def test_what_may_have_been_an_answer_is_never_left_aside_in_silence(catalog: Catalog, line: str, said: str) -> None:
    context = fixtures_reviews.filled(catalog, "empty")
    done = read_format("tasks", f"{line}\n\n- [x] <!-- vger SES001 r1 -->\n".encode(), context)
    assert list(done.review.answers) == ["SES001"]
    [remark] = done.remarks
    assert remark.startswith(f"line 1: {said}")
    assert read_format("tasks", tasks.write(context), context).remarks == []


def test_edited_and_reordered_items_and_those_of_others_are_borne(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "empty")
    lines = sorted(_tick(_text(context), "SES004").splitlines(), key=lambda line: line[::-1])
    lines = [line.replace("Are all sessions kept", "ARE THEY?") for line in lines]
    others = [
        "- [x] buy milk",
        "- Is it? <!-- vger KEY001 r1 -->",
        "> - [x] quoted <!-- vger KEY002 r1 -->",
        "# [x] no",
    ]
    assert list(_read("\n".join([*others, *lines, *others]), context).answers) == ["SES004"]


def test_an_item_may_be_broken_into_lines_but_takes_no_tick_of_another(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "empty")
    broken = "- [x] Are all sessions\n  kept outside?\n  <!-- vger SES004 r1 -->\n"
    assert list(_read(broken, context).answers) == ["SES004"]
    own = "\n- [ ] Another? <!-- vger SES003 r1 -->\n"
    assert _read(f"- [x] buy milk\n\nIs it? <!-- vger SES004 r1 -->\n{own}", context).answers == {}
    assert _read(f"- [x] buy milk\n- Is it? <!-- vger SES004 r1 -->\n{own}", context).answers == {}
    assert _read(f"- [x] buy milk\n# Is it? <!-- vger SES004 r1 -->\n{own}", context).answers == {}


def test_a_text_without_a_marker_of_a_rule_is_refused(full: ReviewContext) -> None:
    for text in ("hello", "- [x] buy milk\n"):
        [problem] = _refused(text, full)
        assert problem.startswith("holds no comment that names a rule; is it the file that was exported")


def test_ticks_that_cannot_be_taken_are_told_all_at_once_and_nothing_is_taken(full: ReviewContext) -> None:
    problems = _refused(
        "- [x] <!-- vger ZZZ999 r1 -->\n- [x] <!-- vger SES003 r9 -->\n- [x] <!-- vger KEY001 r1 barn -->\n",
        full,
    )
    assert [problem.partition(";")[0] for problem in problems] == [
        "line 1: ZZZ999 is not asked by this review",
        "line 2: SES003 was ticked in revision 9, and is in revision 1 now",
        "line 3: the target 'barn' is not in the review",
    ]


def test_boxes_without_a_tick_that_are_unknown_say_nothing(full: ReviewContext) -> None:
    text = "- [ ] <!-- vger ZZZ999 r1 -->\n- [ ] <!-- vger KEY001 r1 barn -->\n"
    assert _read(text, full) == full.review


def test_two_boxes_of_a_rule_have_to_agree(full: ReviewContext) -> None:
    twice = "- [x] <!-- vger SES004 r1 -->\n- [ ] <!-- vger SES004 r1 -->\n"
    assert _refused(twice, full) == ["line 2: SES004 is ticked on line 1 and not on line 2; keep one of them"]
    assert _read("- [x] <!-- vger SES004 r1 -->\n" * 2, full)


def test_where_there_are_several_targets_a_tick_says_which(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "several")
    [problem] = _refused("- [x] <!-- vger SES004 r1 -->\n", context)
    assert problem.startswith("line 1: no target is named; write 'Target: ' with one of these")
    review = _read("Target: till\n\n- [x] <!-- vger SES001 r1 -->\n", context)
    assert review.answers["SES001"]["till"].value is Value.MET
    assert review.answers["SES001"]["store-2"] == context.review.answers["SES001"]["store-2"]


def test_what_is_no_text_is_refused_with_a_clear_word(full: ReviewContext) -> None:
    with pytest.raises(ImportRejectedError, match="is not UTF-8"):
        read_format("tasks", b"- [x] \xff\xfe", full)


def test_many_problems_are_counted(full: ReviewContext) -> None:
    problems = _refused("- [x] <!-- vger ZZZ999 r1 -->\n" * 1_000, full)
    assert len(problems) == SHOWN_PROBLEMS + 1
    assert problems[-1] == f"and {1_000 - SHOWN_PROBLEMS} more problems"


@settings(deadline=None, max_examples=often(50, 3000))
@given(st.text(st.sampled_from("- []xX1.*<!>vgerSES004 r1\n\t()Target:")) | st.text())
def test_any_text_is_read_or_refused_in_words(catalog: Catalog, text: str) -> None:
    context = fixtures_reviews.filled(catalog, "empty")
    try:
        assert _read(text.encode("utf-8", "replace").decode(), context).id == context.review.id
    except ImportRejectedError as refused:
        assert refused.problems


def test_a_pull_request_asks_a_few_rules_that_show_in_a_repository_once(context: ReviewContext) -> None:
    text = load_format("pull-request").write(context).decode()
    asked = re.findall(r"^- \[ \] .* <!-- vger (\w+) r\d+ -->$", text, re.MULTILINE)
    assert 3 <= len(asked) <= 10
    assert len(set(asked)) == len(asked) == len(_items(READER.parse(text)))
    assert {context.catalog.rules[rule].level for rule in asked} == {"must"}
    assert not {"KEY004", "REL001"} & set(asked), "these are settings"
    assert ("Target:" in text) == (len(context.review.targets) > 1)


def test_a_tick_of_a_pull_request_comes_back_and_a_box_without_one_takes_nothing_away(full: ReviewContext) -> None:
    text = load_format("pull-request").write(full).decode()
    assert read_format("pull-request", text.encode(), full).review == full.review
    ticked = read_format("pull-request", _tick(text, "VER010", "X").encode(), full).review
    assert _value(ticked, full, "VER010") is Value.MET


def test_a_pull_request_may_be_sorted_cut_and_added_to(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "empty")
    lines = _tick(load_format("pull-request").write(context).decode(), "VER010").splitlines()[::-1]
    kept = [line for line in lines if "SES004" not in line]
    added = ["- [x] I have tests", "* [x] Something <!-- of another tool r1 -->", "Done: SES004"]
    review = read_format("pull-request", "\n".join([*added, *kept, *added]).encode(), context).review
    assert {rule: by["shop"].value for rule, by in review.answers.items()} == {"VER010": Value.MET}


def test_an_unchanged_tick_of_a_rule_that_changed_since_is_no_problem(full: ReviewContext) -> None:
    met = next(rule for rule in full.rules if _value(full.review, full, rule.id) is Value.MET)
    text = _text(full).replace(f"vger {met.id} r1", f"vger {met.id} r0")
    assert f"vger {met.id} r0; was met" in text
    assert _read(text, full) == full.review


def test_a_pull_request_of_several_targets_is_asked_which(catalog: Catalog) -> None:
    context = fixtures_reviews.filled(catalog, "several")
    cleared = replace(context, review=context.review.model_copy(update={"answers": {}, "state": State.DRAFT}))
    text = _tick(load_format("pull-request").write(context).decode(), "SES004")
    with pytest.raises(ImportRejectedError, match="shop, till, store-2"):
        read_format("pull-request", text.encode(), context)
    review = read_format("pull-request", text.replace("Target:", "Target: till").encode(), cleared).review
    assert {target: answer.value for target, answer in review.answers["SES004"].items()} == {"till": Value.MET}


def test_a_tick_answers_the_rule_as_it_is_now(full: ReviewContext) -> None:
    rule = next(rule for rule in full.rules if _value(full.review, full, rule.id) is Value.NOT_MET)
    old = full.review.answers[rule.id]["shop"].model_copy(update={"carried_from": "2023.09", "confirm": True})
    conflicts = [Conflict(place=["answers", rule.id, "shop", field]) for field in ("value", "comment")]
    review = record_answers(full.review, {(rule.id, "shop"): (old, set())}).model_copy(update={"conflicts": conflicts})
    after = _read(_tick(_text(full), rule.id), replace(full, review=review))
    answer = after.answers[rule.id]["shop"]
    assert (answer.value, answer.carried_from, answer.confirm) == (Value.MET, "", False)
    assert after.conflicts == conflicts[1:]
