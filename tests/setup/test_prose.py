"""The linter of prose finds the phrases that the style page forbids, in prose and nowhere else."""

from pathlib import Path

from tools.prose import find_phrases, load_phrases

ROOT = Path(__file__).parent.parent.parent


def test_a_phrase_is_found_over_a_line_end_and_not_in_code() -> None:
    text = "# Title\n\nAll is run, but\nfor the tests. `but for` is code.\n\n```text\nbut for\n```\n\nBut for that.\n"
    found = [(line, phrase) for line, phrase, _ in find_phrases(text, load_phrases(ROOT))]
    assert found == [(3, "but for"), (10, "But for")]


def test_every_phrase_has_something_to_write_instead() -> None:
    phrases = load_phrases(ROOT)
    assert len(phrases) > 20
    assert all(phrases.values())
