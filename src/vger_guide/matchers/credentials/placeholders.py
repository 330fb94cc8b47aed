"""Whether a value only stands for a credential: an example, a variable, a reference, what is encrypted."""

import re
from base64 import b64decode
from itertools import pairwise

from vger_guide.text.lazy_pattern import lazy_pattern

# Words that only a made-up value holds, anywhere in it.
_MADE_UP = lazy_pattern(
    rb"(?i)example|sample|placeholder|change[-_ ]?(?:me|it|this)|replace[-_ ]?(?:me|this|with)|insert[-_ ]|"
    rb"your[-_ ]|\byour(?:strong|weak|super|very|own|secret|secure|api|token|key|pass|db|user|real|client|access|jwt)|"
    rb"[-_ ]here\b|dummy|fake|redacted|removed|censored|xxxx|\*\*\*|\.\.\.|"
    rb"(?<![a-z0-9])(?:todo|tbd|please)(?![a-z0-9])|"
    rb"not[-_]?(?:a[-_]?)?(?:real|secret|needed|used|set)|notreal|insecure|foobar|lorem|deadbeef|1234567890abcdef|"
    rb"0123456789abcdef|abcdefghij|123456789"
)
# References to where a value really is: a variable, a template, a lookup, a file, another resource; and what is
# encrypted, as by SOPS and eyaml (ENC[), jasypt (ENC(), EJSON (EJ[1:) and dotenvx (encrypted:).
_REFERENCE = lazy_pattern(
    rb"[$%#@]?\{\{|[$#%@]\{|\$\([\w./ -]+\)|^\{|^[<&]|<[A-Za-z_ .-]*>|^%(?:[\w.]+|env\([\w:.-]+\))%$|"
    rb"^\$[A-Za-z_]\w*(?:$|[:/.])|"
    rb"^\$[A-Z_]{3,}|\[\[|"
    rb"^(?i:env|process\.env|os\.|getenv|secrets?[./:]|vault:|ssm:|arn:|var\.|local\.|data\.|module\.|ref\+|op://|"
    rb"@microsoft\.|file:|/run/|/etc/|/var/|~/|\./|\.\./|https?://[^:@]*$|base64:$|enc\[|enc\(|ej\[[0-9]+:|"
    rb"encrypted:)"
)
# Keys that their makers publish for emulators on everybody's machine: Azurite's and that of Azure Cosmos DB.
_PUBLISHED = (
    b"Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq",
    b"C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw",
)
# What developers type where any password will do, and names that stand for themselves.
_WORDS = frozenset(
    b"password passwd pass pwd secret token key apikey api_key test testing tests tester admin administrator root user "
    b"username guest default none null nil nan undefined empty unknown true false yes no on off postgres postgresql "
    b"mysql mariadb mongo mongodb redis rabbitmq sa dev develop development local localhost staging prod production "
    b"string str text value demo mypassword mysecret my_password my_secret secretkey secret_key hello foo bar baz qux "
    b"optional required auto automatic generated random hidden private public basic bearer password1 "
    b"password123 passw0rd pa55w0rd secret123 admin123 test123 test1234 12345 123456 "
    b" 1234567 12345678 qwerty letmein".split()
)
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{4,}={0,2}")
_PRINTABLE = lazy_pattern(rb"[ -~]+\s{0,2}")
_LEAST_VARIETY = 5
_LONG = 12


def decode(value: bytes) -> bytes:
    """Return the text that a value is in base64, as in a Secret of Kubernetes; any other value as it is.

    Hardly any value that was drawn is the base64 of nothing but letters and signs.
    """
    if len(value) % 4 or not _BASE64.fullmatch(value):
        return value
    text = b64decode(value)
    return text.rstrip() if _PRINTABLE.fullmatch(text) else value


def is_made_up(value: bytes) -> bool:
    """Return whether a value holds a word of examples, refers to another place, or shows hardly any variety."""
    published = any(each in value for each in _PUBLISHED)
    return bool(published or _MADE_UP.search(value) or _REFERENCE.search(value)) or is_uniform(value)


def is_called_made_up(data: bytes, start: int) -> bool:
    """Return whether what stands before a credential says that it is a dummy."""
    return bool(re.search(rb"(?i)\bdummy|\bfake|dummy[_-]", data[max(0, start - 400) : start]))


def is_uniform(value: bytes) -> bool:
    """Return whether a long value has so few letters, or so plain an order of them, that nobody drew it by chance."""
    if len(value) < _LONG:
        return len(value) > 3 and len(set(value)) <= 1 + (len(value) > 5)
    variety = len(set(value.lower()))
    steps = sum(b - a in (0, 1) for a, b in pairwise(value))
    return variety < _LEAST_VARIETY or steps > 0.6 * len(value)


def is_weak_word(value: bytes) -> bool:
    """Return whether a password is one of the words that stand in every quick start."""
    return value.strip().lower() in _WORDS


def is_password(value: bytes, *, least: int = 8) -> bool:
    """Return whether a value in a setting is a password that somebody chose or drew.

    It has no blank, some length, and letters mixed with digits or signs: words alone are names of things more often.
    """
    if not least <= len(value) <= 512 or is_made_up(value) or is_weak_word(value) or re.search(rb"\s", value):
        return False
    kinds = [re.search(kind, value) is not None for kind in (rb"[a-z]", rb"[A-Z]", rb"[0-9]", rb"[^\w.:/\\-]")]
    return sum(kinds) >= 2 and (kinds[2] or kinds[3])
