"""Passwords and secrets that stand in settings: a name that says what it is, and a value that is one.

The patterns hold for RE2 and for `re`, and are linear in what they search; what they cannot say is asked of each match.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vger_guide.matchers.credentials.findings import Credential
from vger_guide.matchers.credentials.placeholders import decode, is_made_up, is_password, is_weak_word
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.text.lazy_pattern import lazy_pattern

_WORD = r"(?i:password|passwd|passphrase|pass|pwd|secret|token|key|salt|secret[_-]?key[_-]?base)\\?[\"'\]]{0,3}"
# `name = "value"`, `"name": "value"`, `name: str = "value"`, `name => 'value'`, `define('NAME', 'value')`, and what
# stands where the environment has none: `env("NAME", default="value")`, `process.env.NAME || "value"`.
_QUOTED = _WORD + (
    r"(?:\s{0,3}:\s{0,3}[&A-Za-z][\w.<> |?&']{0,30})?[ \t]{0,40}(?:=>|:=|[=:,]|\)?[ \t]{0,4}(?:\|\||\?\?|\bor\b))"
    r"[ \t]{0,40}(?:default[ \t]{0,4}=[ \t]{0,4})?(?:[rbuf]{1,2}|@)?\\?"
    r"(?:\"([^\"\r\n]+)\"|'([^'\r\n]+)'|`([^`\r\n]+)`)"
)
# `NAME=value` and `name: value`, alone in their line.
_PLAIN = (
    r"(?m)^[ \t-]{0,40}(?:(?:export|set|ENV|ARG)[ \t]+)?[\"']?[\w.$-]*?"
    + _WORD
    + r"[ \t]{0,20}(?:=|:[ \t])[ \t]{0,20}([^\s\"'`#;,(){}\[\]<>]+)[ \t]{0,20}(?:[#;,].*)?\r?$"
)
# `ENV NAME value`, the form of a Dockerfile without an equals sign.
SPACED_GATE = r"(?m)^[ \t]*ENV[ \t]+[\w.-]*?" + _WORD + r"[ \t]"
_SPACED = SPACED_GATE + r"[ \t]{0,20}([^\s\"'`#=:${}]+)[ \t]{0,20}\r?$"
# `${NAME:-value}` of shells and Compose, `${NAME:value}` of Spring.
_FALLBACK = r"\$\{[\w.-]*?" + _WORD + r":-?([^\s\"'`{}$+?=-][^\s\"'`{}$]*)\}"
# `NAME_PASSWORD=value` among other words of a line, such as before a command or as a word of it.
_INLINE = r"(?m)(?:^|[ \t\"'])[\w.-]*(?i:password|passwd|passphrase|_pass|pwd)=[\"']?([^\s\"'`;,#(){}\[\]<>\\]{8,128})"
# Wider than all, and without bounds, which would make many states of a search.
GATE = _WORD + (
    r"[^\r\n]*?(?:=>|:=|[=:,]|\|\||\?\?)[ \t]*[a-z@]{0,2}\\?[\"'`]?[^\s\"'`]*"
    r"(?:[0-9!@#$%^&*.]|[A-Za-z0-9+/]==?\s)"
)

_PASSWORD = lazy_pattern(rb"(?i)(?:^|[a-z0-9_.$-])(?:pass(?:word|wd|phrase)?|pwd)$")
# The password of an account that a program makes for itself, and a value that is words without a blank.
ACCOUNT_GATE = r"(?i:(?:admin(?:istrator)?|root|superuser|master)(?:[_-]?user)?[_-]?pass(?:word|wd|phrase))"
_ACCOUNT = lazy_pattern(f"{ACCOUNT_GATE}$".encode())
_PHRASE = lazy_pattern(rb"(?:[A-Z][a-z]+){2,}")
_PLAIN_WORD = lazy_pattern(rb"[a-zA-Z]{6,64}")
PROVISION_GATE = r"(?i:passw(?:ord|d))[ \t]*[=:][ \t]*[\"'][a-zA-Z]+[\"'][ \t]*\r?\n"
_NAMED = lazy_pattern(rb"(?i)pass|pwd|secret|admin|root|user|login|field|input|reset|change|token|key|value|text")
_SECRET = lazy_pattern(
    rb"(?i)(?:secret(?:[_-]?key)?(?:[_-]?base)?|api[_-]?(?:key|token|secret)|(?:access|auth|bearer|refresh|bot|secret|private|"
    rb"oauth|deploy|github|gitlab|api)[_-]?token|(?:encryption|signing|secret|private|master|auth|jwt|hmac|service|app|"
    rb"access|account|storage|license|logged[_-]in|nonce)[_-]?key|(?:auth|nonce|logged[_-]in|password)[_-]?salt|"
    rb"^(?:.*\.)?token)$"
)
# Names of things about a secret, and not of it; and keys that are made to be public.
_ABOUT = lazy_pattern(
    rb"(?i)public|publishable|file|path|name|hint|label|field|header|prefix|type|url|uri|policy|reset|foreign|primary|partition"
)
_NAME = lazy_pattern(rb"[A-Za-z0-9_.$-]{0,60}\Z")
# What a line begins with that sets a variable.
_STATEMENT = lazy_pattern(rb"^.*\bexport |^(?:set|ENV|ARG)[ \t]+")
# A call, whose value is not here, and rules that a value has to meet, as frameworks write them.
_CALL = lazy_pattern(rb"\$?[A-Za-z_][\w.$]*\(.*\)")
_RULES = lazy_pattern(rb"[a-z][a-z_]*(?::[\w.,-]*)?(?:\|[a-z][a-z_]*(?::[\w.,:/-]*)?)+")
# A controller and its action, as routes name them, and what is left of a password by a function that goes one way.
_ROUTE = lazy_pattern(rb"[a-z_/]+#[a-z_]+")
_HASH = lazy_pattern(rb"(?i)(?:sha-?[0-9]{1,3}|md5|argon2[a-z]*|s?bcrypt|scrypt|pbkdf2[\w-]*)[:$]")
# What only the cluster that it was encrypted for can open: a SealedSecret of Kubernetes.
_SEALED = lazy_pattern(rb"Ag[A-D][A-Za-z0-9+/]{150,}={0,2}")
_PUBLIC_SERVICE = lazy_pattern(rb"(?i)algolia|docsearch|sentry_dsn|recaptcha|captcha[_-]?site")
# Where a value is in a program, such as `settings.key2`, and not the value.
_MEMBER = lazy_pattern(rb"[A-Za-z_]\w{0,30}(?:\.[A-Za-z_]\w{0,40}){1,4}")
_JOINED = lazy_pattern(rb"[\"'`][ \t]{0,4}(?:\+|%|\.format|\?|\|\||\.\s?\$)")
_LEAST_SECRET = 16
_LEAST_PHRASE = 8
_LONGEST = 512
_CONTEXT = 200
# Each with the groups that its value may be in; programs have the first two.
_FORMS = ((_QUOTED, 3), (_FALLBACK, 1), (_PLAIN, 1), (_SPACED, 1), (_INLINE, 1))


class Dialect(NamedTuple):
    """How a kind of file writes settings: whether values may stand without quotes, and whether it makes accounts."""

    plain: bool
    provisions: bool = False


CODE = Dialect(plain=False)
SETTINGS = Dialect(plain=True)
INFRASTRUCTURE = Dialect(plain=False, provisions=True)


def find_settings(data: bytes, dialect: Dialect) -> Iterator[Credential]:
    """Yield the passwords and secrets that settings have as literal values."""
    found: set[int] = set()
    for pattern, groups in _FORMS if dialect.plain else _FORMS[:2]:
        for match in compile_pattern(pattern).finditer(data):
            start, end = next(span for span in map(match.span, range(1, groups + 1)) if span[0] >= 0)
            # Within a text, such as a cell of a notebook, quotes stand behind a backslash.
            end -= data.endswith(b"\\", start, end)
            what = classify(_name(data, match.span()[0], start), data[start:end], provisions=dialect.provisions)
            if what and start not in found and not _is_elsewhere(data, match.span()[0], end):
                found.add(start)
                yield Credential(start, end, what, data[start:end])


def _name(data: bytes, begin: int, value: int) -> bytes:
    """Return the name before a value: what stands before the word that was found belongs to it."""
    said = _STATEMENT.sub(b"", data[begin:value].lstrip(b" \t-\"'"))
    name = re.split(rb"[\\\"'\]\s=:,>]", said, maxsplit=1)[0]
    before = _NAME.search(data, max(0, begin - 60), begin)
    return (before.group() if before else b"") + name


def classify(name: bytes, value: bytes, *, provisions: bool = False) -> str:
    """Return what a value under a name is, or nothing where it is no credential.

    Where a file `provisions` what the password is of, a plain word is one too.
    """
    if not 4 <= len(value) <= _LONGEST or _ABOUT.search(name.rsplit(b".", 1)[-1]) or value.lower() == name.lower():
        return ""
    value = decode(value)
    if any(each.fullmatch(value) for each in (_ROUTE, _CALL, _RULES, _SEALED)) or _HASH.match(value):
        return ""
    if _PASSWORD.search(name):
        is_one = (
            is_password(value)
            or (provisions and _is_plain_word(value))
            or (_ACCOUNT.search(name) and _is_phrase(value))
        )
        return "a password in a setting" if is_one else ""
    return "a secret in a setting" if _SECRET.search(name) and is_drawn(value) else ""


def _is_phrase(value: bytes) -> bool:
    """Return whether a value is words that name nothing: a name of a field says what it is for."""
    return (
        len(value) >= _LEAST_PHRASE
        and bool(_PHRASE.fullmatch(value))
        and not (_NAMED.search(value) or is_made_up(value) or is_weak_word(value))
    )


def _is_plain_word(value: bytes) -> bool:
    return bool(_PLAIN_WORD.fullmatch(value)) and not (
        _NAMED.fullmatch(value) or is_made_up(value) or is_weak_word(value)
    )


def _is_elsewhere(data: bytes, begin: int, end: int) -> bool:
    """Return whether a value is joined with another, or is a key that its service makes for everybody to see."""
    return bool(_JOINED.match(data, end) or _PUBLIC_SERVICE.search(data, max(0, begin - _CONTEXT), end))


def is_drawn(value: bytes) -> bool:
    """Return whether a value looks drawn at random, and not like a word, a name, an address or a path."""
    if len(value) < _LEAST_SECRET or is_made_up(value) or is_weak_word(value):
        return False
    if re.match(rb"[a-z]+://|[./~]", value) or re.search(rb"\s", value) or _is_member(value):
        return False
    if re.fullmatch(rb"[A-Za-z]+(?:[-_./: ][A-Za-z0-9]+)*[0-9]{0,2}", value):
        return bool(re.fullmatch(rb"[A-Za-z]{32,}", value)) and not value.islower() and len(set(value)) >= 12
    kinds = sum(re.search(kind, value) is not None for kind in (rb"[a-z]", rb"[A-Z]", rb"[0-9]", rb"[^A-Za-z0-9]"))
    plain = re.fullmatch(rb"[0-9a-f]{20,}|[0-9A-F]{20,}|[a-z0-9]{24,}", value)
    return (kinds >= 3 or bool(plain)) and len(set(value)) >= 9


def _is_member(value: bytes) -> bool:
    """Return whether a value is the way to one in a program: names with hardly a digit."""
    return bool(_MEMBER.fullmatch(value)) and len(re.findall(rb"[0-9]", value)) <= 2
