"""Kinds of token that their form gives away: facts about the issuers' formats, from which `tokens` makes patterns.

They are records in token_formats.json, which is JSON because each run needs it: YAML takes as long to read as all else
that is loaded. Adding a token is adding a record. `form` is read from left to right: a string stands for itself, a list
for one of its strings, and a table for letters of an alphabet, from the least to the most there can be (ranges and not
one exact length, so that a longer form of tomorrow is found). `near` are words one of which stands before a token that
has no prefix of its own, in the same line. `documented` is where the issuer, or the specification, tells of it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

# What stands at most between a word that announces a token and the token.
BETWEEN_MOST = 60

Part = str | Sequence[str] | dict[str, tuple[int, int]]


@dataclass(frozen=True)
class TokenFormat:
    """A kind of token: what it is made of, and what announces it."""

    id: str
    what: str
    form: Sequence[Part]
    documented: str
    near: Sequence[str] = ()

    @property
    def keywords(self) -> tuple[bytes, ...]:
        """Strings one of which stands wherever such a token does, in small letters where it is announced by a word."""
        if self.near:
            return tuple(each.lower().encode() for each in self.near)
        literals = [[part] if isinstance(part, str) else part for part in self.form if not isinstance(part, dict)]
        return tuple(each.encode() for each in max(literals, key=lambda choices: min(map(len, choices))))

    @property
    def reach(self) -> int:
        """How many bytes a token and what announces it take at most."""
        return BETWEEN_MOST + max(map(len, self.near), default=0) + sum(map(_most, self.form))


def _most(part: Part) -> int:
    if isinstance(part, dict):
        return sum(most for _, most in part.values())
    return max(map(len, [part] if isinstance(part, str) else part))


# The engine of the browser reads it from an archive.
_RECORDS = files(__package__) / "token_formats.json"
TOKEN_FORMATS = tuple(TokenFormat(**each) for each in json.loads(_RECORDS.read_bytes()))
