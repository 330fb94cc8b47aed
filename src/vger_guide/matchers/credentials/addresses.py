"""Passwords in addresses and in connection strings of databases.

In addresses they stand as in `scheme://user:password@host` (RFC 3986, 3.2.1), or as a parameter, as JDBC has them.
"""

from collections.abc import Iterator

from vger_guide.matchers.credentials.findings import Credential
from vger_guide.matchers.credentials.placeholders import is_made_up, is_password, is_weak_word
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.text.lazy_pattern import lazy_pattern

GATES = (r"[a-z]://[^\s:/@\"'<>]*:[^\s/@\"'<>]+@", r"(?i:(?:password|pwd)\s?=\s?[^;\"'\s]{6})")
_ADDRESS = r"[a-z][a-z0-9+.-]*://([^\s:/@\"'<>`]*):([^\s/@\"'<>`]+)@([A-Za-z0-9\[][A-Za-z0-9.:\]_-]*)"
_CONNECTION = r"(?i:(?:password|pwd)\s?=\s?([^;\"'\r\n]+))"
_PARAMETER = r"[?&](?i:password|passwd|pwd)=([^&\"'\s`<>#]+)"
_BEFORE_PARAMETER = lazy_pattern(rb"[a-z0-9+]://(?:[^\s/@\"'<>]*@)?([A-Za-z0-9\[][A-Za-z0-9.:\]_-]*)[^\s\"'<>`]*$")
_SERVER = lazy_pattern(
    rb"(?i)(?:server|data source|host|addr(?:ess)?|accountendpoint|uid|user(?: id|name)?)\s?=[^\"'\r\n]*;\s?$"
)
_HERE = lazy_pattern(
    rb"(?i)^(?:localhost|127\.|0\.0\.0\.0|\[?::1|host\.docker\.internal|(?:[\w-]+\.)*(?:test|invalid|local|localhost)$)"
)
# Hosts that only stand for one, or that containers name: only a password that was drawn counts there.
_STAND_IN = lazy_pattern(rb"(?i)^(?:host(?:name)?\b|(?:[\w-]+\.)*example\b|ip\b|server\b|domain\b|my|[^.]*$)")
_DRAWN = 10
_LONGEST = 128
_CONTEXT = 200


def find_passwords_in_addresses(data: bytes) -> Iterator[Credential]:
    """Yield the passwords in addresses and connection strings. Those of examples and of this machine are none."""
    for match in compile_pattern(_ADDRESS).finditer(data):
        user, password, host = (data[slice(*match.span(group))] for group in (1, 2, 3))
        if _is_real(user, password, host):
            yield Credential(*match.span(2), "a password in an address", password)
    for match in compile_pattern(_CONNECTION).finditer(data):
        (begin, _), (start, end) = match.span(), match.span(1)
        if is_password(data[start:end]) and _SERVER.search(data, max(0, begin - _CONTEXT), begin):
            yield Credential(start, end, "a password in a connection string", data[start:end])
    for match in compile_pattern(_PARAMETER).finditer(data):
        (begin, _), (start, end) = match.span(), match.span(1)
        address = _BEFORE_PARAMETER.search(data, max(0, begin - _CONTEXT), begin)
        if address and is_password(data[start:end]) and _is_real(b"", data[start:end], address[1]):
            yield Credential(start, end, "a password in an address", data[start:end])


def _is_real(user: bytes, password: bytes, host: bytes) -> bool:
    if len(password) > _LONGEST or _HERE.match(host) or is_made_up(password) or is_made_up(user):
        return False
    if password == user or password.isdigit() or is_weak_word(password) or b"(" in password or b")" in password:
        return False
    return not _STAND_IN.match(host) or is_password(password, least=_DRAWN)
