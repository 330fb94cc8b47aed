"""What a new edition leaves in the data: its frozen file, its change file, and an empty one for the next."""

import hashlib
import re

from vger_guide.catalog import Catalog
from vger_guide.catalog.editions import NEXT, freeze
from vger_guide.catalog.fields import EDITION

_EDITION = re.compile(rf"^edition: +[\"']?{NEXT}[\"']? *$", re.MULTILINE)
CHANGES = "changes/next.yml"
EMPTY = "# yaml-language-server: $schema=../schema/changes.schema.json\nedition: next\n"


# As `sha256sum --check` reads it, in the folder of the data: a frozen file is never changed.
SUMS = "editions.sha256"


class NotFrozen(Exception):  # noqa: N818
    """An edition cannot be frozen; the text says why."""


def frozen_files(catalog: Catalog, edition: str, changes: str, sums: str) -> dict[str, str]:
    """Return the texts of the files, by their paths below the folder of the data.

    `changes` is the text of changes/next.yml, `sums` that of the file of hashes, or empty. Raises NotFrozen for a name
    that is none, is taken, or is not the newest.
    """
    _ask_new(catalog, edition)
    name, text = f"editions/{edition}.json", freeze(edition, catalog.timeline[NEXT])
    files = {name: text, SUMS: f"{sums}{_hash(text)}  {name}\n"}
    if not changes:
        return files
    named, count = _EDITION.subn(f'edition: "{edition}"', changes)
    if count != 1:
        raise NotFrozen(f"{CHANGES} has no line 'edition: next' of its own; write it")
    # What made the first edition is not compared with anything.
    moved = {f"changes/{edition}.yml": named} if catalog.editions else {}
    return {**files, **moved, CHANGES: EMPTY}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _ask_new(catalog: Catalog, edition: str) -> None:
    if not re.fullmatch(EDITION, edition):
        raise NotFrozen(f"'{edition[:60]}' is no edition; write a year and a month, such as 2026.12")
    if edition in catalog.editions:
        raise NotFrozen(f"{edition} is frozen already, and stays as it is")
    if newer := [each for each in catalog.editions if each > edition]:
        raise NotFrozen(f"{edition} is older than {max(newer)}, which is frozen")
