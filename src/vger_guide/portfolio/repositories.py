"""A repository of a portfolio: where it is, what it is called, and whose it is."""

import hashlib
import re
from dataclasses import dataclass

# Letters of a name that stand in the names of its files.
SHOWN = 48


@dataclass(frozen=True)
class Repository:
    """`place` is its address, or its path relative to the folder of the portfolio's file. Empty: not said.

    `id` is its name in files and addresses; it stays the same as long as name and place do.
    """

    name: str
    place: str
    is_remote: bool = False
    unit: str = ""
    owner: str = ""
    profile: str = ""

    @property
    def id(self) -> str:
        """Small letters, digits and dashes: the name, and a digest of the place, as two may have one name."""
        letters = re.sub(r"[^a-z0-9]+", "-", self.name.lower())[:SHOWN].strip("-") or "repository"
        return f"{letters}-{hashlib.sha256(self.place.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def repository_name(place: str) -> str:
    """Return what a repository is called by its path or address: the last part of it."""
    last = re.split(r"[/\\:]", place.rstrip("/\\"))[-1]
    return last.removesuffix(".git") or place
