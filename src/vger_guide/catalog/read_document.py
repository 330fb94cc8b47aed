"""The catalogue out of its JSON document, for what cannot read the data files: the page of reviews."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, TypeVar

from vger_guide.catalog.catalog import Catalog
from vger_guide.catalog.changes import Changes
from vger_guide.catalog.editions import Frozen
from vger_guide.catalog.guide import Guide, Section
from vger_guide.catalog.rules import Profiles, Retired, Rule, RuleSet
from vger_guide.catalog.sources import Source
from vger_guide.catalog.tables import Option, Table
from vger_guide.records.core_schemas import trust_values
from vger_guide.records.fields import Record

R = TypeVar("R", bound=Record)
Exported = Mapping[str, Any]


def read_catalog(data: bytes, editions: bytes) -> Catalog:
    """Return the catalogue that `catalog_json` and `editions_json` wrote.

    The documents are the site's own, and their values were proven when they were written. What is wrong with them
    otherwise is an error of the program, Pydantic's ValidationError.
    """
    with trust_values():
        return _build_catalog(json.loads(data), json.loads(editions))


def _build_catalog(document: Exported, past: Exported) -> Catalog:
    sections = [_record(Section, each) for each in document["sections"]]
    return Catalog(
        guide=Guide(**document["guide"], site=document["site"], sections=sections),
        profiles=Profiles(**{key: document[key] for key in ("profiles", "stages", "workloads")}),
        tables={each["id"]: _table(each) for each in document["tables"]},
        sources={each["edition"]: Source(**each) for each in document["sources"]},
        rulesets=dict(_rulesets(document["rules"], document["retired"])),
        editions={each["edition"]: Frozen(**each) for each in past["editions"]},
        changes={each["edition"]: Changes(**each) for each in past["changes"]},
    )


def _record(model: type[R], exported: Exported) -> R:
    """Return a record without what its export says besides."""
    known = {field.alias or name for name, field in model.model_fields.items()}
    return model.model_validate({key: value for key, value in exported.items() if key in known})


def _table(exported: Exported) -> Table:
    return Table.model_validate({**exported, "rows": [_record(Option, row) for row in exported["rows"]]})


def _rulesets(rules: Iterable[Exported], retired: Iterable[Exported]) -> Iterator[tuple[str, RuleSet]]:
    """Yield the rules by section, which stand together in the document."""
    gone = [(each["section"], _record(Retired, each)) for each in retired]
    for section, exported in groupby(rules, key=lambda each: str(each["section"])):
        asked = [_record(Rule, each) for each in exported]
        left = [each for number, each in gone if number == section]
        yield section, RuleSet(section=section, prefix=asked[0].id[:3], rules=asked, retired=left)
