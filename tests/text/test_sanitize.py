"""Foreign text made harmless."""

import pytest

from vger_guide.text.sanitize import escape_invisible, escape_surrogates, path_to_uri, safe_link, split_code, truncate


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\x1b[31mb\x00", r"a\x1b[31mb\x00"),
        ("one\ntwo\tthree\u2028", r"one\ntwo\tthree\u2028"),
        ("\u202egnp.exe \u200f", r"\u202egnp.exe \u200f"),
        ("menu\udce9 \ud800", r"menu\xe9 \ud800"),
        ("\ufffe\U000e0001", r"\ufffe\U000e0001"),
        ("für 日本 👩🏽", "für 日本 👩🏽"),
    ],
)
def test_what_has_no_shape_is_shown_as_its_escape(text: str, wanted: str) -> None:
    assert escape_invisible(text) == wanted


def test_only_what_is_no_utf_8_changes_to_be_encodable() -> None:
    assert escape_surrogates("a\x1b\nmenu\udce9 \udfff für") == "a\x1b\nmenu\\xe9 \\udfff für"


def test_a_path_becomes_an_address_byte_by_byte() -> None:
    assert path_to_uri("a b/menu\udce9#?%:ü") == "a%20b/menu%E9%23%3F%25%3A%C3%BC"
    assert path_to_uri("\ud800") == "%ED%A0%80"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", " https://x", ""])
def test_no_other_address_than_one_of_the_web_becomes_a_link(address: str) -> None:
    assert safe_link(address) == ""


def test_an_address_cannot_end_what_it_stands_in() -> None:
    assert safe_link("https://guide.example/a/?b=c&d#e") == "https://guide.example/a/?b=c&d#e"
    assert safe_link('https://x/"><b>(c)\\\n') == "https://x/%22%3E%3Cb%3E%28c%29%5C%0A"


def test_code_stands_between_backticks_and_one_without_a_partner_is_text() -> None:
    assert split_code("a `b` c") == ["a ", "b", " c"]
    assert split_code("a `b c") == ["a `b c"]


def test_a_cut_text_says_so() -> None:
    assert (truncate("abcd", 4), truncate("abcde", 4)) == ("abcd", "abc…")
