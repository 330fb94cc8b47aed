"""Values of a Secret of Kubernetes that stand in its manifest as they are, or in base64, which hides nothing.

https://kubernetes.io/docs/concepts/configuration/secret/ says what `data` and `stringData` hold. Whatever the name of a
value is, it is in a Secret because it is one; names of what is known to everybody are left out.
"""

from collections.abc import Iterator

from vger_guide.matchers.credentials.findings import Credential
from vger_guide.matchers.credentials.placeholders import decode, is_password
from vger_guide.text.lazy_pattern import lazy_pattern

GATE = r"(?m)^[ \t]*(?:-[ \t]+)?kind:[ \t]*[\"']?Secret[\"']?[ \t]*\r?$"
_SECRET = lazy_pattern(GATE.encode())
_ENCRYPTED = lazy_pattern(rb"(?m)^sops:|^kind:[ \t]*SealedSecret")
_BLOCK = lazy_pattern(rb"(?m)^([ \t]*)(?:data|stringData):[ \t]*\r?\n((?:\1[ \t]+[^\r\n]*(?:\r?\n|\Z)|[ \t]*\r?\n)*)")
_ENTRY = lazy_pattern(rb"(?m)^[ \t]+[\"']?([\w.-]{1,100})[\"']?:[ \t]+[\"']?([^\s\"'#{}|>]{8,512})[\"']?[ \t]*\r?$")
# Names of what is no secret, such as who logs in where.
_KNOWN = lazy_pattern(
    rb"(?i)user|name|host|port|url|uri|endpoint|server|address|domain|region|bucket|database|email|type|version|path|file|"
    rb"project|tenant|organi[sz]ation|config|public|\.(?:crt|pem|ya?ml|json|conf|properties|toml)$|(?:^|[._-])(?:ca|id|db)$"
)


def find_values_of_secrets(data: bytes) -> Iterator[Credential]:
    """Yield the values in Secrets that look chosen or drawn. Templates, placeholders and words are none."""
    if not _SECRET.search(data) or _ENCRYPTED.search(data):
        return
    for start, end in _documents(data):
        if _SECRET.search(data, start, end):
            yield from _values(data, start, end)


def _documents(data: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    while (end := data.find(b"\n---", start)) >= 0:
        yield start, end + 1
        start = end + 4
    yield start, len(data)


def _values(data: bytes, start: int, end: int) -> Iterator[Credential]:
    for block in _BLOCK.finditer(data, start, end):
        for entry in _ENTRY.finditer(data, block.start(2), block.end(2)):
            value = entry[2]
            if not _KNOWN.search(entry[1]) and is_password(decode(value)):
                yield Credential(*entry.span(2), "a value of a Secret of Kubernetes", value)
