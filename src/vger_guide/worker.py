"""What the page of reviews asks of the engine, which runs there in a worker of the browser (Pyodide).

Texts and bytes come in and go out. What is wrong with the input comes back as `problems`, a line each.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.document import catalog_json
from vger_guide.catalog.overlay import extend
from vger_guide.catalog.read_document import read_catalog
from vger_guide.output.catalog.questions import questions_json
from vger_guide.output.reviews.formats import extract_review, load_format, read_format
from vger_guide.output.reviews.import_result import Importer, ImportRejectedError
from vger_guide.records.problems import CatalogError
from vger_guide.reviews import store
from vger_guide.reviews.conflicts import explain_conflict
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.edit import begin_anew, decide_conflicts
from vger_guide.reviews.merge import MergeError, Side, breaks_sign_off, merge
from vger_guide.reviews.migrate import MigrationError, migrate
from vger_guide.reviews.store import InvalidReviewError
from vger_guide.text.sanitize import escape_invisible, truncate

Given = dict[str, Any]


# The files of an organisation's folder, by their paths in it.
_OWN = re.compile(r"(extends|profiles|meanings)\.yml|(rules|evidence)/[^/]+\.ya?ml")


class Worker:
    """The engine with the catalogue of the site, or the one that `organise` was asked to keep."""

    def __init__(self, catalog: Catalog) -> None:
        self.base = self.catalog = catalog

    def handle(self, what: str, given: Given) -> dict[str, Any]:
        """Return the answer of a function below: `write`, `read`, and so on; or the `problems` of the input."""
        asked: dict[str, Callable[[Given], dict[str, Any]]] = {
            "write": self._write,
            "read": self._read,
            "open": self._open,
            "merge": self._merge,
            "decide": self._decide,
            "migrate": self._migrate,
            "organise": self._organise,
        }
        try:
            return asked[what](given)
        except (ImportRejectedError, InvalidReviewError) as error:
            return {"problems": error.problems}
        except (MergeError, MigrationError) as error:
            return {"problems": [str(error)]}

    def _make_context(self, given: Given) -> ReviewContext:
        return ReviewContext(self.catalog, store.read(given["review"].encode()), date.fromisoformat(given["today"]))

    def _write(self, given: Given) -> dict[str, Any]:
        return {"file": load_format(given["form"]).write(self._make_context(given))}

    def _read(self, given: Given) -> dict[str, Any]:
        return self._take(given, self._make_context(given))

    def _open(self, given: Given) -> dict[str, Any]:
        review = extract_review(given["form"], bytes(given["data"]))
        fresh = begin_anew(review, datetime.fromisoformat(given["now"]))
        return self._take(given, ReviewContext(self.catalog, fresh, date.fromisoformat(given["today"])))

    def _take(self, given: Given, filled: ReviewContext) -> dict[str, Any]:
        importer = Importer(given["by"].strip(), datetime.fromisoformat(given["now"]))
        done = read_format(given["form"], bytes(given["data"]), filled, importer)
        return {
            "review": store.write(done.review),
            "lossy": store.write(done.lossy),
            "conflicts": [explain_conflict(each, filled.review, self.catalog) for each in done.conflicts],
            "losses": list(done.losses),
            "remarks": list(done.remarks),
        }

    def _merge(self, given: Given) -> dict[str, Any]:
        ours, theirs = (store.read(given[side].encode()) for side in ("ours", "theirs"))
        merged = merge(None, ours, theirs)
        if breaks_sign_off(merged, ours, theirs):
            raise MergeError("one of the two is signed off and the other says something else; reopen it first")
        return {"review": store.write(merged.review), "conflicts": len(merged.conflicts)}

    def _decide(self, given: Given) -> dict[str, Any]:
        review = store.read(given["review"].encode())
        places = [list(place) for place in given["places"]]
        chosen = [each for each in review.conflicts if each.place in places]
        if len(chosen) < len(places):
            raise MergeError("it is already resolved")
        return {"review": store.write(decide_conflicts(review, chosen, Side(given["side"])))}

    def _migrate(self, given: Given) -> dict[str, Any]:
        review = store.read(given["review"].encode())
        moved = migrate(review, self.catalog, given["to"], datetime.fromisoformat(given["now"]))
        return {"review": store.write(moved)}

    def _organise(self, given: Given) -> dict[str, Any]:
        """Return the guide with an organisation's folder over it, and what that changes; `keep` goes on with it.

        `files` has the bytes by their paths in the folder.
        """
        with tempfile.TemporaryDirectory() as folder:
            if problems := _lay_out(Path(folder), given["files"]):
                return {"problems": problems}
            try:
                made = extend(self.base, Path(folder))
            except CatalogError as error:
                return {"problems": [str(problem).removeprefix(f"{folder}/") for problem in error.problems]}
        if given["keep"]:
            self.catalog = made.catalog
        whole = catalog_json(made.catalog, made.catalog.guide.site)
        return {"catalog": questions_json(whole), "changes": made.changes}


def _lay_out(folder: Path, files: Mapping[str, Any]) -> list[str]:
    """Write the files of an organisation's folder that count, and return what is wrong with their names."""
    problems = []
    for name, data in files.items():
        if _OWN.fullmatch(name):
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            try:
                path.write_bytes(bytes(data))
            except (OSError, ValueError):  # too long, or with what no name can have
                problems.append(f"{truncate(escape_invisible(name), 80)}: is no name that a file can have")
    return problems


def load_worker(catalog: str, editions: str) -> Worker:
    """Return the engine with the catalogue in two files, the site's catalog.json and editions.json."""
    return Worker(read_catalog(Path(catalog).read_bytes(), Path(editions).read_bytes()))
