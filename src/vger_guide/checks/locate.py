"""Locates the matches of a pattern in a file: line, column and what is shown of them, with secrets masked."""

import time
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from vger_guide.matchers.findings import identify
from vger_guide.matchers.patterns import Expression, compile_pattern
from vger_guide.matchers.probes import HITS_PER_FILE, SHOWN, File, Hit, TextProbe, join_hits
from vger_guide.repo.tree import UnreadableFileError

# Lines of a file, and secrets in one line, that are compared one by one. What is beyond counts as it stands.
COMPARED_PER_FILE = 1000
COMPARED_PER_LINE = 1000
# Seconds of the processor in which a pattern is searched in a file. What people write takes milliseconds.
SECONDS = 5
# Characters of a secret that are shown: enough to know which one it is, too few to be of use.
VISIBLE_CHARS = 4


class _Place(NamedTuple):
    """The first match in a line; `matched` are the bytes of all of them there."""

    line: int
    line_start: int
    start: int
    end: int
    matched: bytes


def locate_matches(file: File, probe: TextProbe) -> list[Hit]:
    """Return where the probe's pattern stands, one hit a line; those beyond HITS_PER_FILE are one.

    Columns count letters, not bytes. The time is linear in the file, whose lines may be as long as it is.
    """
    data = file.searched
    places = list(islice(_places(data, probe), COMPARED_PER_FILE + 1))
    hits = [_hit(file, probe, place) for place in places[: HITS_PER_FILE + 1]]
    if len(places) > HITS_PER_FILE + 1:
        told = [place.matched if probe.secret else _line(data, place) for place in places[HITS_PER_FILE:]]
        rest = data[places[-1].start :] if len(places) > COMPARED_PER_FILE else b""
        hits[HITS_PER_FILE] = join_hits(hits[HITS_PER_FILE], len(told), [*told, rest])
    return hits


def _places(data: bytes, probe: TextProbe) -> Iterator[_Place]:
    """Yield the lines in which the pattern stands. Of a secret, all that stands in a line makes it what it is.

    Raises UnreadableFileError where that takes too long.
    """
    line, line_start = 1, 0
    expression = compile_pattern(probe.pattern, groups=False)
    end_of_time = time.process_time() + SECONDS
    match = expression.search(data)
    while match:
        start, end = match.span()
        line += data.count(b"\n", line_start, start)
        line_start = max(data.rfind(b"\n", line_start, start) + 1, line_start)
        behind = data.find(b"\n", end)
        behind = len(data) if behind == -1 else behind
        matched = [data[start:end], *(_beside(expression, data, end, behind) if probe.secret else ())]
        yield _Place(line, line_start, start, end, b"\0".join(matched))
        if time.process_time() > end_of_time:
            raise UnreadableFileError(f"was searched for more than {SECONDS} seconds, and not to its end")
        match = expression.search(data, behind)


def _beside(expression: Expression, data: bytes, start: int, behind: int) -> Iterator[bytes]:
    """Yield what else stands in the rest of a line, as far as it is compared."""
    for _ in range(COMPARED_PER_LINE):
        match = expression.search(data, start)
        if not match or match.span()[0] >= behind:
            return
        yield data[slice(*match.span())]
        start = match.span()[1]


def _hit(file: File, probe: TextProbe, place: _Place) -> Hit:
    data, line_start, start = file.searched, place.line_start, place.start
    column = len(_decode(data[line_start:start])) + 1
    text = _excerpt(data, line_start, start, place.end, probe.secret)
    return Hit(file.path, place.line, column, text, identity=identify(place.matched) if probe.secret else "")


def _line(data: bytes, place: _Place) -> bytes:
    return data[place.line_start : place.end + SHOWN].partition(b"\n")[0]


def _excerpt(data: bytes, line_start: int, start: int, end: int, secret: bool) -> str:
    """Return the text around a match; of a secret, what masks it and nothing around it, where more may stand."""
    if secret:
        return mask_secret(_decode(data[start:end]))
    line_end = data.find(b"\n", start, line_start + SHOWN * 4)
    begin = max(line_start, start - SHOWN // 2)
    text = _decode(data[begin : line_end if line_end != -1 else begin + SHOWN * 4]).strip()
    return ("…" if begin > line_start else "") + (text if len(text) <= SHOWN else text[:SHOWN] + "…")


def _decode(data: bytes) -> str:
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def mask_secret(secret: str) -> str:
    """Return the part of a secret that a report may show."""
    first = secret.strip().splitlines()[0] if secret.strip() else ""
    return first[:VISIBLE_CHARS] + "…" if len(first) > 2 * VISIBLE_CHARS else "…"
