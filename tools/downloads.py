"""Writes what readers take away: workbooks of the checklists, the worked example, and files to start from."""

from datetime import UTC, datetime, time
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from macros.example import example_review
from macros.guidance import DOWNLOADS, FORMS, RECORD
from macros.starters import starters
from macros.templates import FOLDER as TEMPLATES
from vger_guide.catalog.catalog import Catalog
from vger_guide.output.reviews.formats import load_format
from vger_guide.reviews.context import ReviewContext
from vger_guide.reviews.models import Selection, Target
from vger_guide.reviews.selection import create_review

ROOT = Path(__file__).resolve().parent.parent


def write(site: Path, catalog: Catalog) -> None:
    """Write the files below downloads/ of a built site; the same catalogue gives the same bytes."""
    for name, data in contents(catalog).items():
        path = site / DOWNLOADS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def contents(catalog: Catalog) -> dict[str, bytes]:
    """Return the files by their names below downloads/."""
    workbooks = {f"checklist-{name}.xlsx": _workbook(catalog, name, wanted) for name, wanted in _lists(catalog).items()}
    files = {RECORD: (TEMPLATES / RECORD).read_bytes(), **workbooks}
    files.update({each.download: each.text.encode() for each in starters(catalog)})
    if example := example_review(catalog, ROOT):
        files.update({f"example/{name}": load_format(form).write(example) for form, (name, *_) in FORMS.items()})
    return files


def _lists(catalog: Catalog) -> dict[str, Selection]:
    """Return what each checklist of the site asks, by the name of its workbook."""
    chapters = {section.number for section in catalog.guide.sections if section.depth == 1}
    asked = sorted(number for number in chapters if catalog.rules_below(number))
    kinds = {kind.id: Selection(profile=kind.id) for kind in catalog.profiles.profiles if catalog.rules_for(kind.id)}
    return {"whole": Selection(), **kinds, **{f"chapter-{number}": Selection(chapters=[number]) for number in asked}}


def _workbook(catalog: Catalog, name: str, selection: Selection) -> bytes:
    day = max(rule.reviewed for rule in catalog.rules.values())
    began = datetime.combine(day, time(), UTC)
    review = create_review(
        catalog, catalog.edition, "Checklist", selection, [Target(id="system", name="System")], began
    )
    named = review.model_copy(update={"id": str(uuid5(NAMESPACE_URL, f"{catalog.guide.site}{catalog.edition}/{name}"))})
    return load_format("xlsx").write(ReviewContext(catalog, named, day))
