"""Readers of files that are kept for credentials: what in some bytes is one, and what only stands for one."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from vger_guide.matchers.credentials.findings import Credential
from vger_guide.matchers.credentials.placeholders import is_made_up, is_weak_word

# A hash of fewer letters was typed, and not computed.
FEW = 3

# A function of what it finds, in words, and of the bytes of a file.
Reader = Callable[[str, bytes], Iterator[Credential]]


class CredentialFile(NamedTuple):
    """A kind of file: globs of its names, what such a file holds, and the reader that finds it."""

    globs: tuple[str, ...]
    what: str
    read: Reader

    def find(self, data: bytes) -> Iterator[Credential]:
        """Yield the credentials in such a file."""
        return self.read(self.what, data)


def read_hashes(pattern: bytes, what: str, data: bytes) -> Iterator[Credential]:
    """Yield the matches of a pattern's group `value` whose form alone says that they are no placeholders."""
    for match in _compile(pattern).finditer(data):
        if len(set(match["value"][-20:])) > FEW:
            yield Credential(match.start("value"), match.end("value"), what, match["value"])


def _read_values(pattern: bytes, what: str, data: bytes, *, weak: bool = True, least: int = 1) -> Iterator[Credential]:
    """Yield the matches of a pattern's group `value` that are no placeholders; `weak` takes everyday words too."""
    for match in _compile(pattern).finditer(data):
        value = match["value"]
        if len(value) >= least and not is_made_up(value) and (weak or not is_weak_word(value)):
            yield Credential(match.start("value"), match.end("value"), what, value)


@cache
def _compile(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern)


def make_reader(pattern: bytes, *, weak: bool = True, least: int = 1) -> Reader:
    """Return a reader of what a pattern's group `value` matches and is no placeholder; see `_read_values`."""
    return partial(_read_values, pattern, weak=weak, least=least)


def read_signature(signatures: Sequence[bytes], what: str, data: bytes) -> Iterator[Credential]:
    """Yield a file whole where it begins with one of some signatures."""
    if data.startswith(tuple(signatures)):
        yield Credential(0, 0, what, data[:4096])


def read_unless(text: bytes, what: str, data: bytes) -> Iterator[Credential]:
    """Yield a file whole where it has content that does not begin with a text."""
    if data and not data.lstrip().startswith(text):
        yield Credential(0, 0, what, data[:4096])


def named_in_json_or_xml(names: bytes) -> bytes:
    """Return a pattern for `"name": "value"`, `name="value"` and `<name>value</name>`."""
    return (
        rb"(?i)(?:\"(?:" + names + rb")\"\s{0,4}:\s{0,4}\"|(?<=\s)(?:" + names + rb")\s{0,2}=\s{0,2}\"|"
        rb"<(?:" + names + rb")(?:\s[^>]{0,100})?>)(?P<value>[^\"<>\r\n]{1,1000})(?=\"|</)"
    )


HASH = (
    rb"(?P<value>\$(?:apr1|1|2[abxy]?|5|6|7|y|gy|argon2id?|argon2i|pbkdf2[-\w]*|scrypt)\$[^\s:]{8,300}|"
    rb"\{(?:SHA|SSHA|CRYPT|PLAIN|SSHA512)\}[A-Za-z0-9+/=]{12,200}|[./A-Za-z0-9]{13}(?=:|\r?$))"
)
PASSWORDS = (
    rb"(?:user|sshuser|proxy|ftp|smtp|db|database|encrypted)?[_-]?pass(?:word|wd|phrase)?|ssh_?passphrase|"
    rb"sshuserpassword"
)
KEYS = rb"api[_-]?key|auth[_-]?token|oauth[_-]?token|access[_-]?token|secret[_-]?key|secret|token|[\w-]{0,60}api_key"
