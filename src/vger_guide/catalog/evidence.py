"""What the findings of other tools mean for the rules: a record for each tool, validated."""

from __future__ import annotations

from vger_guide.catalog.file_loader import FileLoader
from vger_guide.evidence.mappings import Meaning, Meanings, ToolFacts
from vger_guide.records.derive import record_of
from vger_guide.records.fields import Record

# What `meanings.yml` is validated by, and `meanings.schema.json` is made of.
EvidenceMeanings: type[Record] = record_of(Meanings)

# What the files of `evidence/` are validated by, and `evidence.schema.json` is made of.
EvidenceTool: type[Record] = record_of(ToolFacts)


MEANINGS = "meanings.yml"


def load_meanings(loader: FileLoader) -> dict[str, Meaning]:
    """Return the meanings of a folder of data by their ids; the loader keeps what is wrong with them."""
    path = loader.folder / MEANINGS
    record = loader.one(EvidenceMeanings, path, "meanings") if path.exists() else None
    if record is None:
        return {}
    found = Meanings.from_plain(record.model_dump(mode="json", exclude_none=True)).meanings
    return {meaning.id: meaning for meaning in reversed(found)}


def load_tools(loader: FileLoader) -> dict[str, ToolFacts]:
    """Return the tools of a folder of data by their ids; the loader keeps what is wrong with them."""
    records = loader.many(EvidenceTool, "evidence", "tool")
    return {
        name: ToolFacts.from_plain(record.model_dump(mode="json", exclude_none=True))
        for name, record in records.items()
    }
