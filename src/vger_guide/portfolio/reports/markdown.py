"""A report as Markdown (https://github.github.com/gfm/): the state, the repositories, the rules that fail."""

from collections.abc import Iterator, Sequence

from vger_guide.portfolio.overview import Overview, RepositoryLine, pluralise_repositories
from vger_guide.portfolio.reports.rules import count_failures
from vger_guide.text.markdown import escape_prose
from vger_guide.text.sanitize import safe_link, truncate

CELL = 200


def write(overview: Overview, unit: str) -> bytes:
    """Return the report about a unit, or about all of them for an empty name."""
    return ("\n".join(_lines(overview, overview.select(unit), unit)) + "\n").encode()


def _lines(overview: Overview, lines: Sequence[RepositoryLine], unit: str) -> Iterator[str]:
    checked = [line for line in lines if line.is_checked]
    bad = sum(bool(line.count("must")) for line in checked)
    yield f"# {_cell(overview.title)}{f': {_cell(unit)}' if unit else ''}"
    yield ""
    yield f"State of {overview.today}, edition {_cell(overview.edition)}. **Private:** do not publish it."
    yield ""
    yield f"{pluralise_repositories(len(lines))}, {len(checked):,} checked. Rules that must be met fail in {bad:,}."
    yield from _list_repositories(checked)
    yield from _list_unchecked([line for line in lines if not line.is_checked])
    yield from _list_rules(checked)
    yield from _list_waivers(checked)


def _list_repositories(checked: Sequence[RepositoryLine]) -> Iterator[str]:
    if checked:
        yield from ("", "## Repositories, worst first", "")
        yield "| Repository | Owner | Critical | Must | All | New | Mended |"
        yield "| :-- | :-- | --: | --: | --: | --: | --: |"
    for line in checked:
        counts = (line.count("critical"), line.count("must"), len(line.failed), len(line.new), len(line.mended))
        cells = (_cell(line.repository.name), _cell(line.repository.owner), *map(str, counts))
        yield f"| {' | '.join(cells)} |"


def _list_unchecked(unchecked: Sequence[RepositoryLine]) -> Iterator[str]:
    if unchecked:
        yield from ("", "## Not checked", "")
    for line in unchecked:
        yield f"- {_cell(line.repository.name)} ({line.result['status']}): {_cell(line.result['reason'])}"


def _list_rules(checked: Sequence[RepositoryLine]) -> Iterator[str]:
    failures = count_failures(checked)
    if failures:
        yield from ("", "## Rules that fail, worst first", "", "| Rule | Level | Severity | Fails in |")
        yield "| :-- | :-- | :-- | --: |"
    for rule, count in failures:
        page = safe_link(rule.address)
        name = f"[{_cell(rule.id)}](<{page}>)" if page else _cell(rule.id)
        yield f"| {name} {_cell(rule.title)} | {rule.level} | {rule.severity} | {count:,} |"


def _list_waivers(checked: Sequence[RepositoryLine]) -> Iterator[str]:
    found = sorted((each.until, line.repository.name, each) for line in checked for each in line.waivers)
    if found:
        yield from (
            "",
            "## Waivers, the first to end first",
            "",
            "| Until | Repository | Rule | Accepted by | Reason |",
        )
        yield "| :-- | :-- | :-- | :-- | :-- |"
    for until, name, each in found:
        yield f"| {until} ({each.state}) | {_cell(name)} | {each.rule} | {_cell(each.owner)} | {_cell(each.reason)} |"


def _cell(text: str) -> str:
    return escape_prose(truncate(text, CELL))
