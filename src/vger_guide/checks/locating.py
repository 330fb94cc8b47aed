"""Where a pattern stands in a file: hits with line, column and the line's text, secrets masked."""

from vger_guide.checks.patterns import compile_pattern
from vger_guide.checks.probes import HITS_PER_FILE, SHOWN, File, Hit, TextProbe

# Characters of a secret that are shown: enough to know which one it is, too few to be of use.
KEPT = 4


def hits(file: File, probe: TextProbe) -> list[Hit]:
    """Return where the probe's pattern stands, one hit a line, and at most HITS_PER_FILE of them.

    Columns count letters, not bytes. The time is linear in the file, whose lines may be as long as it is.
    """
    data = file.searched
    found: list[Hit] = []
    line, line_start, behind = 1, 0, -1
    for match in compile_pattern(probe.pattern).finditer(data):
        start, end = match.span()
        if start < behind:
            continue
        line += data.count(b"\n", line_start, start)
        line_start = max(data.rfind(b"\n", line_start, start) + 1, line_start)
        column = len(_decoded(data[line_start:start])) + 1
        found.append(Hit(file.path, line, column, _shown(data, line_start, start, end, probe.secret)))
        if len(found) == HITS_PER_FILE:
            break
        behind = data.find(b"\n", end)
        if behind == -1:
            break
    return found


def _shown(data: bytes, line_start: int, start: int, end: int, secret: bool) -> str:
    """Return the text around a match; of a secret, what masks it and nothing around it, where more may stand."""
    if secret:
        return masked(_decoded(data[start:end]))
    line_end = data.find(b"\n", start, line_start + SHOWN * 4)
    begin = max(line_start, start - SHOWN // 2)
    text = _decoded(data[begin : line_end if line_end != -1 else begin + SHOWN * 4]).strip()
    return ("…" if begin > line_start else "") + (text if len(text) <= SHOWN else text[:SHOWN] + "…")


def _decoded(data: bytes) -> str:
    return data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def masked(secret: str) -> str:
    """Return what a report may show of a secret."""
    first = secret.strip().splitlines()[0] if secret.strip() else ""
    return first[:KEPT] + "…" if len(first) > 2 * KEPT else "…"
