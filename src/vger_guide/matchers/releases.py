"""`releases`: the releases that a list of changes or a package names have tags."""

import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from vger_guide.matchers import Evaluation, ProbeResult, UndecidedError
from vger_guide.matchers.fields import Globs, Pattern
from vger_guide.matchers.findings import Finding, Need, identify
from vger_guide.matchers.formats import read_document
from vger_guide.matchers.jsonpath import find_values
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.matchers.probes import File, FileProbe, FileSelection, Hit, Probe
from vger_guide.matchers.tags import require_releases
from vger_guide.records.declaration import Declaration, declare
from vger_guide.repo.tree import Tree
from vger_guide.text.lazy_pattern import lazy_pattern

REQUIRES = Need.HISTORY

# Headings that are read of a list of changes: the newest come first.
HEADINGS = 200

# A heading of Markdown, reStructuredText or AsciiDoc, or a line that begins with the version or names it by itself.
_HEADING = lazy_pattern(
    r"(?m)^[ \t]{0,3}(?:\#{1,4}|={1,4})?[ \t]*(?:\[|<a[^>\n]{0,200}>[ \t]*|\*\*)?(?:(?i:version|release)s?[ \t]+)?"
    r"(?:[A-Za-z@][\w/@-]{0,40}[ @])?[vV]?"
    r"(\d{1,4}\.\d{1,4}(?:\.\d{1,6}){0,2}(?:[-.]?(?i:alpha|beta|rc|pre|dev|[abc])[.\d]*)?)"
    r"(?=[\]\s):*,-]|$)"
)
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_DATE = lazy_pattern(
    rf"\b(?:(?:19|20)\d\d-[01]\d-[0-3]\d|{_MONTH} [0-3]?\d,? (?:19|20)\d\d|[0-3]?\d {_MONTH},? (?:19|20)\d\d)\b"
)
# A list of changes that has so many dates is one by dates.
DATES = 3
_UNRELEASED = lazy_pattern(r"(?i)unreleased|not[ -]released|upcoming|in progress|\bTBD\b")
_VERSION = lazy_pattern(r"\d+(?:\.\d+)+(?:[-.+]?[A-Za-z][0-9A-Za-z.-]*)?$")

# Where packages say which version they are, and what says that they are never published or still in the making.
_PACKAGES = {
    "package.json": ("json", "$.version", "$.private"),
    "pyproject.toml": ("toml", "$.project.version", ""),
    "Cargo.toml": ("toml", "$.package.version", ""),
    "pom.xml": ("xml", "$.project.version", ""),
    "setup.cfg": ("ini", "$.metadata.version", ""),
}
_PUBLISHED = lazy_pattern(r"^\d+(?:\.\d+)+$")


class Parameters(Declaration):
    """Which lists of changes, and the share of the newest releases in them that has to have tags."""

    changelogs: Globs = declare("Which files are lists of changes, as globs.")
    besides: Pattern | None = declare("Tags of this form are no releases.", default=None)
    newest: int = declare("How many releases are looked at.", default=10, ge=1, le=100, strict=True)
    percent: int = declare("How many in a hundred have to have a tag.", ge=1, le=100, strict=True)


def probes(params: Parameters) -> list[Probe]:
    """Ask for the headings of lists of changes, and for the versions of packages at the root."""
    return [
        FileProbe(FileSelection(tuple(params.changelogs)), _list_headings),
        FileProbe(FileSelection(tuple(_PACKAGES)), _read_version),
    ]


def _list_headings(file: File, _: Any) -> list[Hit]:
    """Return the versions that headings name, as they stand; one that is said to come is none yet.

    Of a list that names none and has dates instead, the first of these is returned, without a version.
    """
    hits = []
    for match in _HEADING.finditer(file.text):
        line = file.text[match.start() : match.end() + 60].lstrip().partition("\n")[0]
        if not _UNRELEASED.search(line):
            hits.append(Hit(file.path, file.text.count("\n", 0, match.start(1)) + 1, text=line.strip(), value=match[1]))
        if len(hits) == HEADINGS:
            break
    if hits or len(dates := list(islice(_DATE.finditer(file.text), DATES))) < DATES:
        return hits
    return [Hit(file.path, file.text.count("\n", 0, dates[0].start()) + 1, text=dates[0][0], value="")]


def _read_version(file: File, _: Any) -> list[Hit]:
    form, at, never = _PACKAGES[file.path]
    document = read_document(file, form)
    if never and any(met.value is True for met in find_values(document, never)):
        return []
    versions = [str(met.value) for met in find_values(document, at)]
    return [Hit(file.path, text=version, value=version) for version in versions if _PUBLISHED.match(version)]


def evaluate(params: Parameters, seen: Sequence[ProbeResult], tree: Tree) -> Evaluation:
    """Judge by the newest releases in the lists, or else by the tags that there are."""
    listed, declared = seen
    names, apart = _split_versions(params, tree.tags())
    tagged = {_version(name) for name in names}
    releases = _newest([hit for hit in listed.hits if hit.value])
    if releases and not _is_tagged(releases[0], tagged):
        releases = releases[1:] or releases  # the first may be in the making
    if releases:
        return _evaluate_list(params, releases[: params.newest], tagged)
    if not tagged and declared.hits:
        says = f"`{declared.hits[0].path}` says that it is {declared.hits[0].text}, and no tag names a version"
        raise UndecidedError(f"{says}; whether that was released is not in the repository")
    if not tagged:
        raise UndecidedError(
            "no list of changes names a release, and no tag a version; whether there were releases is open"
        )
    if ahead := [hit for hit in declared.hits if _major(hit.text) > max(map(_major, tagged)) + 1]:
        says = f"`{ahead[0].path}` says that it is {ahead[0].text}, and the highest tag is {max(tagged, key=_numbers)}"
        raise UndecidedError(says)
    require_releases(names, apart)
    if listed.hits:
        says = f"`{listed.hits[0].path}` lists changes by their dates and names no release"
        raise UndecidedError(f"{says}; which of them were released is not in the repository")
    return Evaluation(True, f"{len(tagged)} tags name a version")


def _newest(hits: Sequence[Hit]) -> list[Hit]:
    """Return a hit for each version, in the order of the list."""
    by_version: dict[str, Hit] = {}
    for hit in sorted(hits, key=lambda hit: (hit.path, hit.line)):
        by_version.setdefault(hit.value, hit)
    found = list(by_version.values())
    ascending = len(found) > 1 and _numbers(found[0].value) < _numbers(found[-1].value)
    return found[::-1] if ascending else found


def _evaluate_list(params: Parameters, releases: Sequence[Hit], tagged: set[str]) -> Evaluation:
    without = [hit for hit in releases if not _is_tagged(hit, tagged)]
    count = len(releases) - len(without)
    says = f"{count} of the newest {len(releases)} releases in `{releases[0].path}` have tags"
    if count * 100 >= params.percent * len(releases):
        return Evaluation(True, says)
    return Evaluation(False, says, tuple(map(_finding, without)))


def _finding(hit: Hit) -> Finding:
    return Finding(
        hit.path, "names a release that has no tag", hit.line, text=hit.text, fingerprint=identify(hit.value)
    )


def _split_versions(params: Parameters, names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the tags that name a version, and of these apart those that are no releases."""
    besides = compile_pattern(params.besides) if params.besides else None
    counted: list[str] = []
    apart: list[str] = []
    for name in filter(_version, names):
        is_apart = besides and besides.search(name.encode("utf-8", "surrogateescape"))
        (apart if is_apart else counted).append(name)
    return counted, apart


def _version(name: str) -> str:
    """Return the version that a tag names, without what stands before it; nothing where it names none."""
    match = _VERSION.search(name.replace("_", "."))
    return match[0] if match else ""


def _is_tagged(hit: Hit, tagged: set[str]) -> bool:
    version = hit.value
    return version in tagged or _numbers(version) in {_numbers(tag) for tag in tagged}


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version without zeros at its end: 1.2.0 is the release 1.2."""
    numbers = [int(part[:9]) for part in re.findall(r"\d+", version)]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def _major(version: str) -> int:
    return (_numbers(version) or (0,))[0]
