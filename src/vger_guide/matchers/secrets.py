"""`secrets`: at least one file contains a credential, or none does."""

from collections.abc import Iterable, Sequence

from vger_guide.matchers import Evaluation, ProbeResult, evaluate_expectation, to_selection
from vger_guide.matchers.credentials import search
from vger_guide.matchers.credentials.credential_files import FILES
from vger_guide.matchers.credentials.findings import Credential, mask
from vger_guide.matchers.fields import BESIDES, WHICH, WITHOUT, Expectation, Globs, NoGlobs, Pattern, Without
from vger_guide.matchers.findings import Finding, Need, identify
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.matchers.probes import File, FileProbe, Gate, Hit
from vger_guide.records.declaration import Declaration, declare
from vger_guide.repo.tree import Tree
from vger_guide.text.lazy_pattern import lazy_pattern

REQUIRES = Need.TREE

# The glob of all files: only then files that are kept for credentials are asked for by their names.
EVERYWHERE = "**"

# A name that a value is given to, before the value in its line.
_NAME = lazy_pattern(r"([A-Za-z0-9_.-]{1,60})[\"'\]]{0,3}\s{0,4}(?:=>|:=|[=:,(])\s{0,4}[\"'`]?$")


class Parameters(Declaration):
    """The files to search, and whether credentials are required or forbidden.

    It knows the tokens of over a hundred services, private keys, passwords in addresses and settings, and files that
    are kept for credentials. Placeholders and references are none. What is found is shown masked.
    """

    which: Globs = declare(WHICH)
    besides: NoGlobs = declare(BESIDES, default=())
    without: Without = declare(WITHOUT, default=())
    holds: Pattern | None = declare("Only files that hold this pattern are searched; left out: all.", default=None)
    expect: Expectation = declare("Whether one has to stand in some file, or in none.")


def probes(params: Parameters) -> list[FileProbe]:
    """Ask for files kept for credentials, for credentials by form, and for those in settings: the most exact first."""
    everywhere = to_selection(params)
    named = enumerate(FILES) if EVERYWHERE in params.which else ()
    return [
        *(FileProbe(everywhere._replace(globs=kind.globs), find_by_name, index) for index, kind in named),
        FileProbe(everywhere, find_by_form, params.holds, _form_gate),
        FileProbe(everywhere, find_by_setting, params.holds, _setting_gate),
    ]


def _form_gate(_: str | None) -> Gate:
    return search.form_gate()


def _setting_gate(_: str | None) -> Gate:
    return search.SETTING_GATE


def find_by_name(file: File, index: int) -> list[Hit]:
    """Return the credentials in a file that is kept for them."""
    return _hits(file, search.find_by_name(index, file.data if file.binary else file.searched))


def find_by_form(file: File, holds: str | None) -> list[Hit]:
    """Return the tokens and private keys in a file, where it holds a pattern."""
    return _by_form(file) if _holds(file, holds) else []


def find_by_setting(file: File, holds: str | None) -> list[Hit]:
    """Return the passwords and secrets in the settings and addresses of a file, where it holds a pattern."""
    return _by_setting(file) if _holds(file, holds) else []


def _by_form(file: File) -> list[Hit]:
    """Search a file once, however many rules ask."""
    found: list[Hit] = file.once("credentials by form", lambda each: _hits(each, search.find_by_form(each.searched)))
    return found


def _by_setting(file: File) -> list[Hit]:
    found: list[Hit] = file.once(
        "credentials in settings", lambda each: _hits(each, search.find_by_setting(each.path, each.searched))
    )
    return found


def _holds(file: File, pattern: str | None) -> bool:
    return not pattern or compile_pattern(pattern).search(file.searched) is not None


def _hits(file: File, found: Iterable[Credential]) -> list[Hit]:
    """Return a hit for each credential; the time is linear in the file, however many there are."""
    data, hits = file.searched, []
    line, line_start = 1, 0
    for each in found:
        line += data.count(b"\n", line_start, each.start)
        line_start = max(data.rfind(b"\n", line_start, each.start) + 1, line_start)
        before = data[max(line_start, each.start - 400) : each.start].decode("utf-8", "replace")
        column = 1 if file.binary else len(data[line_start : each.start].decode("utf-8", "replace")) + 1
        hits.append(Hit(file.path, line, column, _mask(before, data, each), each.what, identify(each.value)))
    return hits


def _mask(before: str, data: bytes, found: Credential) -> str:
    """Return what tells a credential from others, and is of no use: its name or heading, and its mask."""
    heading = data[found.start : found.end]
    if heading.startswith((b"-----BEGIN", b"PuTTY")):
        return heading.splitlines()[0].decode("ascii", "replace")
    name = _NAME.search(before)
    return f"{name[1]}: {mask(found.value)}" if name else mask(found.value)


def evaluate(params: Parameters, seen: Sequence[ProbeResult], _: Tree) -> Evaluation:
    """Judge by the places where credentials stand; of several that stand in one line, the most exact counts."""
    places: dict[tuple[str, int], list[Hit]] = {}
    for hit in (hit for found in seen for hit in found.hits):
        places.setdefault((hit.path, hit.line), []).append(hit)
    findings = list(map(_finding, places.values()))
    none = f"none of {seen[-1].files} files holds a credential that the check knows by its form, its name or its place"
    return evaluate_expectation(params.expect, findings, sum(found.omitted for found in seen), none)


def _finding(hits: Sequence[Hit]) -> Finding:
    """Return the finding of a line: another credential anywhere in it makes it another finding."""
    first = hits[0]
    told = identify(*sorted({hit.identity for hit in hits}))
    return Finding(first.path, f"holds {first.value}", first.line, first.column, first.text, fingerprint=told)
