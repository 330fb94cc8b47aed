"""Whether a branch with the name of an edition holds that edition: what was frozen, and nothing that changed since."""

from pathlib import Path

from tools.publishing.remote import PublishError
from vger_guide.catalog.editions import NEXT
from vger_guide.catalog.loader import load
from vger_guide.editions.compare import compare


def ask_frozen(checklists: Path, edition: str) -> None:
    """Raise PublishError where the records are not those of the frozen edition; CatalogError for bad data."""
    catalog = load(checklists)
    if edition not in catalog.editions:
        raise PublishError(
            f"checklists/editions/{edition}.json is missing; 'vger editions release {edition}' writes it"
            " before the branch is made"
        )
    if changed := [each.id for each in compare(catalog, edition, NEXT).differences]:
        raise PublishError(
            f"checklists/editions/{edition}.json says something else than the records: {', '.join(changed[:5])};"
            " a frozen edition stays as it is, and what changes is of the next one"
        )
