r"""Private keys in any wrapping: PEM indented, quoted, joined, with headers, in one line with `\n`, or in base64.

PEM is RFC 7468, its headers RFC 1421, PGP's armour RFC 9580, a JSON Web Key RFC 7517.
"""

import base64
import binascii
import re
from collections.abc import Iterator

from vger_guide.matchers.credentials.findings import Credential
from vger_guide.matchers.credentials.placeholders import is_called_made_up, is_uniform
from vger_guide.text.lazy_pattern import lazy_pattern

GATE = (
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY|LS0tLS1CRUdJTi|PuTTY-User-Key-File-|"
    r"\"kty\"|<masterKey|<RSAKeyValue>|BEGIN SSH2 ENCRYPTED PRIVATE KEY"
)
_BEGIN = lazy_pattern(rb"-----BEGIN (?P<kind>(?:[A-Z0-9]{1,12} ){0,4})PRIVATE KEY(?: BLOCK)?-----")
_END = lazy_pattern(rb"-----END ")
_WRAPPED = lazy_pattern(rb"LS0tLS1CRUdJTi[A-Za-z0-9+/\\\s]{40,20000}={0,2}")
_PUTTY = lazy_pattern(rb"PuTTY-User-Key-File-\d: (?P<kind>\S+)\s+Encryption: (?P<cipher>\S+)")
_JWK = lazy_pattern(rb"\"d\"\s{0,4}:\s{0,4}\"(?P<value>[A-Za-z0-9+/=_-]{40,1400})\"")
_MASTER_KEY = lazy_pattern(
    rb"<masterKey\b[^>]{0,300}>(?:\s|<!--[^>]{0,300}-->){0,20}<value>(?P<value>[A-Za-z0-9+/]{40,200}=*)"
)
_XML_KEY = lazy_pattern(rb"</InverseQ>\s{0,20}<D>\s{0,4}(?P<value>[A-Za-z0-9+/=\s]{40,1400})</D>")
# What stands between the lines of a key and belongs to whatever holds it: quotes, escapes, joins, comments, tags.
# Ends of lines are also written as numbers of characters, or by the name that a language has for them. What stands
# before one is bounded, so that a long run of such signs is not looked at from each of them.
_NOISE = lazy_pattern(
    rb"\\+(?:[rnt]|u000[aAdD]|x0[aAdD])|&#(?:1[03]|[xX]0?[aAdD]);|%0[aAdD]|<br ?/?>"
    rb"|[\s\"'+.&,]{0,20}(?:Environment\.NewLine|PHP_EOL|System\.lineSeparator\(\)|os\.(?:linesep|EOL)|vb(?:CrLf|NewLine|Lf)"
    rb"|chr\(10\))[\s\"'+.&,]{0,20}"
    rb"|[\s\"'`,;+|>#*\\/]{0,40}[\r\n][\s\"'`,;+|>#*]*+|[\s\"'`,;\\]+"
)
_HEADER = lazy_pattern(rb"[A-Z][A-Za-z0-9-]{2,30}: [^\r\n\\\"']{0,200}")
_LEAST = 40
_LONGEST = 16_000


def find_private_keys(data: bytes) -> Iterator[Credential]:
    """Yield the private keys in some bytes. One that is protected by a passphrase is named so."""
    yield from _pem_keys(data)
    yield from _find_wrapped_keys(data)
    for match in _PUTTY.finditer(data):
        protected = "" if match["cipher"] == b"none" else " that a passphrase protects"
        yield Credential(match.start(), match.end(), f"a private key of PuTTY{protected}", data[match.end() :][:2000])
    if b'"kty"' in data:
        yield from _matches(_JWK, data, "a private JSON Web Key")
    yield from _matches(_XML_KEY, data, "a private key in XML")
    yield from _matches(_MASTER_KEY, data, "a master key of ASP.NET data protection")


def _matches(pattern: re.Pattern[bytes], data: bytes, what: str) -> Iterator[Credential]:
    for match in pattern.finditer(data):
        if not is_uniform(match["value"]):
            yield Credential(match.start("value"), match.end("value"), what, match["value"])


def _pem_keys(data: bytes) -> Iterator[Credential]:
    begins = list(_BEGIN.finditer(data))
    starts = [match.start() for match in begins]
    for match, following in zip(begins, (*starts[1:], len(data)), strict=False):
        limit = min(match.end() + _LONGEST, following)
        end = _END.search(data, match.end(), limit)
        inside = data[match.end() : end.start() if end else limit]
        body = _letters(inside)
        if len(body) >= _LEAST and not is_uniform(body[:64]) and not is_called_made_up(data, match.start()):
            protected = match["kind"] == b"ENCRYPTED " or b"ENCRYPTED" in inside[:200]
            what = "a private key that a passphrase protects" if protected else "a private key"
            yield Credential(match.start(), match.end(), what, body)


def _letters(inside: bytes) -> bytes:
    """Return the base64 that follows BEGIN, whatever quotes, joins or headers stand between its lines."""
    joined = _NOISE.sub(b"", _HEADER.sub(b"", inside))
    body = re.match(rb"[A-Za-z0-9+/]*", joined)
    return body.group() if body else b""


def _find_wrapped_keys(data: bytes) -> Iterator[Credential]:
    for match in _WRAPPED.finditer(data):
        text = re.sub(rb"\\[rn]|\s", b"", match.group()).rstrip(b"=")
        try:
            inner = base64.b64decode(text[: len(text) // 4 * 4])
        except binascii.Error:
            continue
        if any(True for _ in _pem_keys(inner)):
            yield Credential(match.start(), match.end(), "a private key in base64", text)
