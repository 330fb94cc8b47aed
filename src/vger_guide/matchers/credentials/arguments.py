"""Passwords and tokens that are given away where they are used: to commands, to functions and in headers of HTTP.

The patterns hold for RE2 and for `re`. Their group is the value.
"""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Callable, Iterator

from vger_guide.matchers.credentials.findings import Credential
from vger_guide.matchers.credentials.placeholders import is_made_up, is_password, is_weak_word
from vger_guide.matchers.credentials.settings import is_drawn
from vger_guide.matchers.patterns import GatedPatterns

_VALUE = r"[\"']?([^\s\"'`;|&()<>]{4,128})"
_TEXT = r"[\"']([^\"'\r\n]{4,128})[\"']"
_REST = r"[^\r\n|;&]{0,200}?"
_LOGIN = r"\b(?:docker|podman|buildah|skopeo|nerdctl|helm|az|oc)[ \t]"
_OPENING = r"(?:\bmysqli(?:_connect)?|\bmysql_p?connect|\bPDO|\bgetConnection|\bftp_login)[ \t]?\("
_COMMANDS = (
    rf"\bsshpass[ \t]+-p[ \t]?{_VALUE}",
    rf"{_LOGIN}{_REST}\blogin\b{_REST}[ \t](?:-p|--password)[ \t=]?{_VALUE}",
    rf"\b(?:mysql|mariadb)(?:dump|admin|-dump|-admin)?[ \t](?:{_REST}[ \t])?-p{_VALUE}",
    rf"\b(?:curl|wget)[ \t](?:{_REST}[ \t])?(?:-u|--user)[ \t=]?[\"']?[^\s:\"']{{1,100}}:{_VALUE}",
    rf"(?i:\bConvertTo-SecureString[ \t]+(?:-String[ \t]+)?){_TEXT}[^\r\n]{{0,80}}?(?i:-AsPlainText)",
    # The third argument of what opens a connection, and the second of a pair that logs in.
    rf"{_OPENING}\s{{0,4}}[^,()\r\n]{{1,200}},\s{{0,20}}[^,()\r\n]{{1,100}},\s{{0,20}}{_TEXT}",
    rf"(?:\bauth[ \t]?=[ \t]?|\bHTTPBasicAuth)\(\s{{0,4}}[\"'][^\"'\r\n]{{1,100}}[\"'],\s{{0,4}}{_TEXT}",
)
_HEADER = r"(?i:authorization)[\"'\]]{0,2}[ \t]?(?:=>|[:=,])[^\r\n]{0,20}?\b"
_BASIC = _HEADER + r"(?i:basic)[ \t]+([A-Za-z0-9+/]{12,400}={0,2})"
_BEARER = _HEADER + r"(?i:bearer|token)[ \t]+([A-Za-z0-9._~+/-]{20,400})"


def _is_login(value: bytes) -> bool:
    """Return whether a value is `user:password` in base64 (RFC 7617)."""
    try:
        user, colon, password = b64decode(value).partition(b":")
    except Error:
        return False
    return bool(colon and user and len(password) > 5) and not (
        is_made_up(user) or is_made_up(password) or is_weak_word(password) or user == password
    )


def _is_token(value: bytes) -> bool:
    """Return whether a token was drawn; one that says itself what it is for, as of RFC 7519, is often none."""
    return is_drawn(value) and not re.match(rb"eyJ", value)


_FORMS: tuple[tuple[str, str, Callable[[bytes], bool]], ...] = (
    *((pattern, "a password given to a command or a function", is_password) for pattern in _COMMANDS),
    (_BASIC, "a login in a header", _is_login),
    (_BEARER, "a token in a header", _is_token),
)
# One for each: wider, and without bounds, which would make many states of a search.
GATES = (
    r"\bsshpass[ \t]+-p",
    _LOGIN + r"[^\r\n]*?\blogin\b[^\r\n]*?[ \t](?:-p|--password)",
    r"\b(?:mysql|mariadb)(?:dump|admin|-dump|-admin)?[ \t][^\r\n]*?-p[A-Za-z0-9]",
    r"\b(?:curl|wget)[ \t][^\r\n]*?(?:-u|--user)[ \t=]?[\"']?[^\s:\"']+:",
    r"(?i:\bConvertTo-SecureString)[^\r\n]+?(?i:-AsPlainText)",
    _OPENING + r"[^()]*[\"']\s?\)",
    r"(?:\bauth[ \t]?=[ \t]?|\bHTTPBasicAuth)\(\s*[\"']",
    r"(?i:authorization)[^\r\n]*?(?i:basic)[ \t]+[A-Za-z0-9+/]+",
    r"(?i:authorization)[^\r\n]*?(?i:bearer|token)[ \t]+[A-Za-z0-9._~+/-]+",
)

_FOUND = GatedPatterns([pattern for pattern, _, _ in _FORMS], GATES)


def find_arguments(data: bytes) -> Iterator[Credential]:
    """Yield the passwords of commands and calls, and the logins and tokens of headers."""
    for index, match in _FOUND.find(data):
        _, what, is_one = _FORMS[index]
        start, end = match.span(1)
        if is_one(data[start:end]):
            yield Credential(start, end, what, data[start:end])
