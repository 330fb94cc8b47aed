"""Loading files of data: each is read and validated, and what is wrong is kept, of all of them."""

from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from vger_guide.records.fields import Record
from vger_guide.records.problems import CatalogError, Problem, named, printable, shown
from vger_guide.records.validation import validate
from vger_guide.records.yaml_reader import YamlDocument, parse, read_bytes

R = TypeVar("R", bound=Record)

# Keys and values of all files of a folder together; the guide has 12,000. They are what loading takes memory for.
MAX_PARTS = 250_000
# Bytes of all files of a folder together; the guide has 600,000. They are what loading takes time for.
MAX_BYTES = 10_000_000

# Files that were read and are valid, by their models and bytes. Of a folder that is loaded again after a save, or of a
# copy of it, only the files that differ are read again; the guide has 54.
MAX_KEPT = 100
_kept: dict[tuple[type[Record], bytes], tuple[YamlDocument, Any]] = {}


class FileLoader:
    """Reads and validates files, keeps their documents, and goes on after a bad one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.docs: dict[str, YamlDocument] = {}
        self.parts = self.size = 0
        self.problems: list[Problem] = []

    def one(self, model: type[R], path: Path, name: str) -> R | None:
        """Return the record of one file, or None when it has problems; its document is kept under the name."""
        found = self._read_one(model, path)
        if found is None:
            return None
        self.docs[name], record = found
        return record

    def many(
        self, model: type[R], kind: str, key: str, *, named_by_key: bool = True, suffix: str = ".yml"
    ) -> dict[str, R]:
        """Return the records of a folder by their `key`, which is the file's name too unless said otherwise."""
        records: dict[str, R] = {}
        for path in sorted((self.folder / kind).glob("*")):
            if path.match(".*.new"):
                continue  # what is written at the moment, or was when a command was killed
            if path.suffix != suffix:
                self.problems.append(Problem(named(path), 0, "", f"is not a data file; its name must end in {suffix}"))
                continue
            found = self._read_one(model, path)
            if found is None:
                continue
            doc, record = found
            name = getattr(record, key)
            if named_by_key and name != path.stem:
                message = f"is '{name}' in a file named {shown(path.name)}; make them equal"
                self.problems.append(doc.problem((key,), message))
            elif name in records:
                other = printable(self.docs[f"{kind}/{name}"].path.name)
                self.problems.append(doc.problem((key,), f"is '{name}', which the file {other} is about already"))
            else:
                self.docs[f"{kind}/{name}"] = doc
                records[name] = record
        return records

    def _read_one(self, model: type[R], path: Path) -> tuple[YamlDocument, R] | None:
        try:
            if self.parts > MAX_PARTS:
                message = f"is not read: the files before it have more than {MAX_PARTS:,} keys and values"
                raise CatalogError([Problem(named(path), 0, "", message)])
            if self.size > MAX_BYTES:
                message = f"is not read: the files before it have more than {MAX_BYTES:,} bytes"
                raise CatalogError([Problem(named(path), 0, "", message)])
            data = read_bytes(path)
            self.size += len(data)
            doc, record = _read(model, path, data)
            self.parts += len(doc.lines)
            return doc, record
        except CatalogError as error:
            self.problems += error.problems
            return None


def _read(model: type[R], path: Path, data: bytes) -> tuple[YamlDocument, R]:
    """Return what a file of these bytes holds. Raises CatalogError, and keeps nothing of it."""
    if kept := _kept.get((model, data)):
        return replace(kept[0], path=path), kept[1]
    doc = parse(path, data)
    record = validate(model, doc)
    if len(_kept) >= MAX_KEPT:
        del _kept[next(iter(_kept))]
    _kept[model, data] = doc, record
    return doc, record
