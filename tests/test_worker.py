"""What the engine answers the page of reviews, which it gives texts."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reviews.mutations import review_of, whole
from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.document import catalog_json
from vger_guide.output.catalog.editions_json import editions_json
from vger_guide.reviews import store
from vger_guide.worker import Worker


@pytest.fixture
def worker(catalog: Catalog) -> Worker:
    """Return the engine with the catalogue of the guide."""
    return Worker(catalog)


def test_a_conflict_that_is_decided_already_is_told(worker: Worker) -> None:
    conflicts = [{"place": ["title"], "ours": "Mine", "theirs": "Hers"}]
    review = store.write(review_of({**whole(), "conflicts": conflicts}))
    given = {"places": [["title"]], "side": "theirs"}
    after = worker.handle("decide", {**given, "review": review})["review"]
    assert store.read(after.encode()).title == "Hers"
    assert worker.handle("decide", {**given, "review": after}) == {"problems": ["it is already resolved"]}


def test_a_merge_does_not_change_what_is_signed_off(worker: Worker) -> None:
    signed = review_of({**whole(), "state": "signed-off", "answers": {}})
    given = {"ours": store.write(signed), "theirs": store.write(review_of({**whole(), "state": "draft"}))}
    [problem] = worker.handle("merge", given)["problems"]
    assert "signed off" in problem
    assert worker.handle("merge", {**given, "theirs": given["ours"]})["conflicts"] == 0


def test_an_organisations_folder_is_put_over_the_guide_or_its_problems_are_told(worker: Worker) -> None:
    extends = "organisation: Shops\nreviewed: '2026-11-23'\nwithdrawn:\n  - rule: MET001\n    reason: A regulator.\n"
    files = {"extends.yml": extends.encode(), "../outside.yml": b"x", "readme.md": b"x"}
    tried = worker.handle("organise", {"files": files, "keep": False})
    assert tried["changes"] == ["withdrew MET001: A regulator."]
    assert "MET001" not in [rule["id"] for rule in json.loads(tried["catalog"])["rules"]]
    assert "MET001" in worker.catalog.rules
    worker.handle("organise", {"files": files, "keep": True})
    assert "MET001" not in worker.catalog.rules
    wrong = {"extends.yml": extends.replace("MET001", "MET999").encode()}
    [problem] = worker.handle("organise", {"files": wrong, "keep": True})["problems"]
    assert problem.startswith("extends.yml:4: withdrawn.0.rule: the guide has no rule 'MET999'")
    other = {"evidence/own.yml": b"tool: \xe9", "rules/own.yaml": b""}
    assert worker.handle("organise", {"files": {**files, **other}, "keep": False})["problems"] == [
        "evidence/own.yml:1: is not UTF-8 at byte 6; save it as UTF-8",
        "rules/own.yaml: is not a data file; its name must end in .yml",
    ]

    for name in ("a" * 300, "a\0", "a\ud800"):
        [problem] = worker.handle("organise", {"files": {**files, f"rules/{name}.yml": b""}, "keep": False})["problems"]
        assert problem.endswith(": is no name that a file can have")


WITHOUT = """
import sys
for name in ("ast_grep_py", "tree_sitter", "tree_sitter_bicep", "jsonpath", "regex", "re2", "rich"):
    sys.modules[name] = None
import importlib.util
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if sys.modules.get(name, 0) is None else find(name, *more)
from vger_guide.worker import load_worker
print(len(load_worker(*sys.argv[1:]).catalog.rules))
"""


@pytest.mark.slow
def test_the_engine_loads_without_the_packages_that_no_browser_has(tmp_path: Path, catalog: Catalog) -> None:
    (tmp_path / "catalog.json").write_text(catalog_json(catalog, "https://guide.example/"), "utf-8")
    (tmp_path / "editions.json").write_text(editions_json(catalog), "utf-8")
    command = [sys.executable, "-c", WITHOUT, str(tmp_path / "catalog.json"), str(tmp_path / "editions.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == f"{len(catalog.rules)}\n", done.stderr
