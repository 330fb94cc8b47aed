"""What a search for credentials returns: where one stands, what it is, and what may be shown of it."""

from typing import NamedTuple

# Characters of a credential that are shown: enough to know which one it is, too few to be of use.
VISIBLE_CHARS = 4


class Credential(NamedTuple):
    """A credential in a file.

    `start` and `end` are offsets in bytes of the credential itself, `what` names it, such as "an access key of AWS";
    `value` is what identifies it among others of its kind, and never leaves the process unhashed.
    """

    start: int
    end: int
    what: str
    value: bytes


def mask(value: bytes) -> str:
    """Return what a report may show of a credential: its first characters where it has a prefix, never more."""
    text = " ".join(value.decode("utf-8", "replace").split())
    if len(text) <= 3 * VISIBLE_CHARS:
        return "…"
    return text[:VISIBLE_CHARS] + "…"
