"""Text of people in which credentials are masked: one that a waiver's reason quotes would be shown to all readers."""

from vger_guide.matchers.credentials.addresses import find_passwords_in_addresses
from vger_guide.matchers.credentials.findings import mask
from vger_guide.matchers.credentials.search import find_by_form


def mask_text(text: str) -> str:
    """Return a text in which tokens, private keys and passwords in addresses stand with their first letters only."""
    data = text.encode("utf-8", "surrogatepass")
    end = len(data)
    for found in sorted([*find_by_form(data), *find_passwords_in_addresses(data)], reverse=True):
        if found.end <= end:
            data = data[: found.start] + mask(data[found.start : found.end]).encode() + data[found.end :]
            end = found.start
    return data.decode("utf-8", "surrogatepass")
