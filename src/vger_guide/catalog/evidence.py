"""What the findings of other tools mean for the rules: a record for each tool, validated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vger_guide.evidence.mapping import ToolFacts
from vger_guide.records.declaration import record_of
from vger_guide.records.fields import Record

if TYPE_CHECKING:
    from vger_guide.catalog.loader import Loader

# What the files of `evidence/` are validated by, and `evidence.schema.json` is made of.
EvidenceTool: type[Record] = record_of(ToolFacts)


def load_tools(loader: Loader) -> dict[str, ToolFacts]:
    """Return the tools of a folder of data by their ids; the loader keeps what is wrong with them."""
    records = loader.many(EvidenceTool, "evidence", "tool")
    return {
        name: ToolFacts.from_plain(record.model_dump(mode="json", exclude_none=True))
        for name, record in records.items()
    }
