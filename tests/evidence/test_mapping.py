"""What the guide knows of tools, held against the tools' own lists of ids (tests/examples/evidence/ids)."""

import pytest

from tests.conftest import EXAMPLES
from vger_guide.catalog.catalog import Catalog
from vger_guide.evidence.mappings import Trial

LISTS = {path.stem: path for path in sorted((EXAMPLES / "evidence" / "ids").glob("*.txt"))}


@pytest.mark.parametrize("tool", LISTS)
def test_each_id_that_the_guide_refers_to_is_one_of_the_tool(catalog: Catalog, tool: str) -> None:
    lines = LISTS[tool].read_text("utf-8").splitlines()
    known = {line for line in lines if not line.startswith("#")}
    assert lines[0].startswith(f"# {catalog.evidence[tool].title}"), "says of what it is, and how"
    unknown = {id_ for entry in catalog.evidence[tool].findings for id_ in entry.ids} - known
    assert unknown == set(), f"{tool} has no such ids; it may have renamed them"


def test_each_tool_with_ids_has_a_list_and_no_list_is_left_over(catalog: Catalog) -> None:
    with_ids = {name for name, tool in catalog.evidence.items() if any(entry.ids for entry in tool.findings)}
    assert with_ids == set(LISTS)


def test_each_meaning_is_that_of_some_tool(catalog: Catalog) -> None:
    used = {entry.means for tool in catalog.evidence.values() for entry in tool.findings}
    assert used == set(catalog.meanings)


def test_a_tool_whose_mapping_could_not_be_tried_says_so(catalog: Catalog) -> None:
    untried = [tool for tool in catalog.evidence.values() if tool.tried is Trial.PUBLISHED]
    assert untried, "none is left"
    assert [tool.tool for tool in untried if "could not be run" not in tool.basis] == []
    assert [
        tool.tool for tool in catalog.evidence.values() if "could not be run" in tool.basis and tool.tried is Trial.RUN
    ] == []
