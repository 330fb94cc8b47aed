"""Numbers with their nouns."""


def pluralise(count: int, noun: str) -> str:
    """Return a number with its noun, such as `1 finding` and `2,000 findings`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
