"""Keys that a program hands to a function of cryptography as they are: a literal where a variable should be."""

from collections.abc import Iterator

from vger_guide.matchers.credentials.findings import Credential
from vger_guide.matchers.credentials.placeholders import is_made_up, is_weak_word
from vger_guide.matchers.patterns import compile_pattern

# What a program signs sessions and tokens with, as frameworks name it.
_SIGNING = (
    r"(?:\bSECRET_KEY[\"']?\]?|\bapp\.secret_key)\s{0,4}=\s{0,4}(?:os\.(?:environ\.get|getenv)\([^()\r\n]{1,80}\)\s{0,4}or)?"
    r"|\bsession\(\s{0,8}\{[^{}]{0,200}?\bsecret\s{0,4}:"
)
GATE = (
    r"\bSECRET_KEY[\"']?\]?\s*=|\bapp\.secret_key\s*=|\bsession\(\s*\{|"
    r"\b(?:SecretKeySpec|createHmac|createCipheriv|createDecipheriv|Fernet|jwt\.(?:sign|verify|encode|decode))\("
)
_LITERAL = r"b?(?:\"([^\"\r\n]{6,512})\"|'([^'\r\n]{6,512})')"
_ALGORITHM = r"\s{0,8}[\"'][\w-]{1,40}[\"']\s{0,8},"
# What is signed is a name, or an object without quotes; behind a second comma stands the name of an algorithm.
_SIGNED = r"\s{0,8}(?:[\w.]{1,60}|\{[^{}\"'\r\n]{0,200}\})\s{0,8},"
_CALLS = (
    r"\b(?:(?:SecretKeySpec|Fernet)\(|create(?:Hmac|Cipheriv|Decipheriv)\("
    + _ALGORITHM
    + r"|jwt\.(?:sign|verify|encode|decode)\("
    + _SIGNED
    + f"|{_SIGNING}"
    + r")\s{0,8}"
    + _LITERAL
)


def find_keys_in_calls(data: bytes) -> Iterator[Credential]:
    """Yield the keys that calls have as literals. Placeholders are none; words are, because they are what is used."""
    for match in compile_pattern(_CALLS).finditer(data):
        start, end = next(span for span in map(match.span, (1, 2)) if span[0] >= 0)
        if not (is_made_up(data[start:end]) or is_weak_word(data[start:end])):
            yield Credential(start, end, "a key in a call", data[start:end])
