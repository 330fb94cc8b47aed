"""Templates of HTML and pieces of it: foreign text is text, whoever writes the template."""

from pathlib import Path

import pytest
from jinja2 import UndefinedError

from vger_guide.text.html import format_prose, make_environment, mark_code

HOSTILE = "<b onclick='x'>\u202e &\n`<i>`\x1b"


def _render(folder: Path, template: str, **values: object) -> str:
    (folder / "page.html").write_text(template, encoding="utf-8")
    return make_environment(folder).get_template("page.html").render(**values)


@pytest.mark.parametrize("template", ["{{ text }}", "{{ text | line }}", "{{ text | prose }}", "{{ text | marked }}"])
def test_no_text_is_markup_however_a_template_shows_it(tmp_path: Path, template: str) -> None:
    written = _render(tmp_path, template, text=HOSTILE)
    assert "<b" not in written
    assert "<i" not in written
    assert "&lt;b onclick=&#39;x&#39;&gt;" in written


def test_a_name_that_nobody_gives_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UndefinedError, match="'text' is undefined"):
        _render(tmp_path, "{{ text }}")


def test_code_stands_between_backticks() -> None:
    assert mark_code("a `<b>` c\nd") == "a <code>&lt;b&gt;</code> c\nd"
    assert format_prose("a `b`\n") == "a <code>b</code>\\n"
