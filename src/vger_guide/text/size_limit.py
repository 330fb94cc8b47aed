"""Text that has to fit: whole items are left out, never parts of them, and what is left out is counted."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from vger_guide.text.plural import pluralise

# Room for the line that says what was left out.
NOTE = 300


class Block(NamedTuple):
    """Items that belong together, with what stands around them. `noun` is what one of them is called."""

    opening: str
    items: list[str]
    closing: str = ""
    noun: str = "finding"


def fit_blocks(head: str, blocks: Iterable[Block], limit: int) -> str:
    """Return a text of at most `limit` bytes of UTF-8: the head, and as many items as fit, in their order.

    Raises ValueError where there is no room for the head.
    """
    room = limit - _size(head) - NOTE
    if room < 0:
        raise ValueError(f"a report needs at least {limit - room:,} bytes, and {limit:,} is less")
    parts, left_out = [head], Counter[str]()
    for block in blocks:
        taken = _take(block, room)
        text = "".join([block.opening, *taken, block.closing]) if taken else ""
        room -= _size(text)
        parts.append(text)
        left_out[block.noun] += len(block.items) - len(taken)
    return "".join([*parts, _note(left_out, limit)])


def _take(block: Block, room: int) -> list[str]:
    room -= _size(block.opening) + _size(block.closing)
    taken = []
    for item in block.items:
        room -= _size(item)
        if room < 0:
            break
        taken.append(item)
    return taken


def _note(left_out: Counter[str], limit: int) -> str:
    words = " and ".join(pluralise(count, noun) for noun, count in left_out.items() if count)
    text = f"\n**{words} left out**: there is room for {limit:,} bytes. The other reports have them all.\n"
    return text if words else ""


def _size(text: str) -> int:
    return len(text.encode())
