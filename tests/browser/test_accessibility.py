"""What is asked of pages for people who do not see them well would find what is wrong."""

from playwright.sync_api import Browser

from tests.browser.accessibility import find_violations

ROW = "<tr{}><td>Words <a href=#>and a link</a> and <input aria-label=one value=more> words</tr>"
PAGE = """<!doctype html><html lang=en><title>Rows</title><style>
    body {{ color: #111; background: #fff; }}
    a {{ color: #0645ad; }}
    .pale {{ color: #ccc; }}
    .dark {{ background: #222; }}
    .bare a {{ color: #333; text-decoration: none; }}
    .faint input {{ color: #ddd; }}
    tr:nth-child(12) {{ color: #bbb; }}
</style><main><h1>Rows</h1><table>{}</table></main>"""
# The rows that are spoiled among thirty, each in its own way, the first of them by its place alone.
SPOILED = {
    12: "",
    14: " class=pale",
    16: " style='color: #ddd'",
    18: " class=dark",
    20: " class=bare",
    22: " class=faint",
}


def test_one_row_of_little_contrast_is_found_among_many_that_look_otherwise(browser: Browser) -> None:
    rows = "".join(ROW.format(SPOILED.get(number, "")) for number in range(1, 31))
    page = browser.new_page()
    page.set_content(PAGE.format(rows))
    found = find_violations(page, all_texts=False).response["violations"]
    page.close()
    text = str(found)
    assert {each["id"] for each in found} == {"color-contrast", "link-in-text-block"}, text
    assert all(f"tr:nth-child({number})" in text for number in SPOILED if number in (12, 16)), text
    assert all(f".{name}" in text for name in ("pale", "dark", "bare", "faint")), text


def test_a_dialog_is_asked_about_apart_from_the_page_below_it(browser: Browser) -> None:
    page = browser.new_page()
    opened = f"<dialog open aria-label=More><table>{ROW.format(' class=pale')}</table><button></button></dialog>"
    page.set_content(PAGE.format(ROW.format(" class=faint")) + opened)
    found = find_violations(page, "dialog", all_texts=False).response["violations"]
    page.close()
    assert {each["id"] for each in found} == {"color-contrast", "button-name"}
    assert ".faint" not in str(found)
