"""What a search for credentials finds, and what it leaves alone."""

import random
import re
import string
import time
from pathlib import Path
from typing import Any

import pytest

from tests import plain_yaml
from vger_guide.matchers.credentials import search, settings, tokens
from vger_guide.matchers.credentials.credential_files import FILES
from vger_guide.matchers.credentials.findings import Credential, mask
from vger_guide.matchers.credentials.token_formats import TOKEN_FORMATS, TokenFormat
from vger_guide.matchers.glob_set import GlobSet
from vger_guide.matchers.patterns import compile_pattern
from vger_guide.matchers.probes import File, Gate
from vger_guide.repo.tree import TreeEntry

EXAMPLES = Path(__file__).parent.parent / "examples" / "credentials"
LETTERS = "".join(chr(code) for code in range(33, 127))


def _examples(name: str) -> list[Any]:
    records = plain_yaml.load((EXAMPLES / name).read_text())
    return [pytest.param(each, id=each["title"]) for each in records]


def _draw(alphabet: str, count: int) -> str:
    letters = [letter for letter in LETTERS if re.fullmatch(f"[{tokens.ALPHABETS[alphabet]}]", letter)]
    return "".join(random.choices(letters, k=count))  # noqa: S311 - made-up credentials


def _filled(text: str) -> bytes:
    return re.sub(r"\{(\w+):(\d+)\}", lambda found: _draw(found[1], int(found[2])), text).encode()


def _opens(gate: Gate, data: bytes) -> bool:
    return any(all(compile_pattern(pattern).search(data) for pattern in way) for way in gate)


def _search(path: str, data: bytes) -> dict[int, str]:
    """Search as the matcher does, gates and names included."""
    found: list[Credential] = []
    if _opens(search.SETTING_GATE, data):
        found += search.find_by_setting(path, data)
    if _opens(search.form_gate(), data):
        found += search.find_by_form(data)
    for index, kind in enumerate(FILES):
        if GlobSet(kind.globs).selecting(path):
            found += search.find_by_name(index, data)
    return {data.count(b"\n", 0, each.start) + 1: each.what for each in found}


@pytest.mark.parametrize("example", _examples("found.yml"))
def test_a_credential_is_found_on_its_line(example: dict[str, Any]) -> None:
    assert _search(example["path"], _filled(example["text"])) == example["found"]


@pytest.mark.parametrize("example", _examples("none.yml"))
def test_what_is_no_credential_is_left_alone(example: dict[str, Any]) -> None:
    assert _search(example["path"], _filled(example["text"])) == {}


def _token(record: TokenFormat, *, longest: bool) -> str:
    made = ""
    for part in record.form:
        if isinstance(part, dict):
            made += "".join(_draw(name, most if longest else least) for name, (least, most) in part.items())
        else:
            made += part if isinstance(part, str) else random.choice(part)  # noqa: S311
    return made


def test_the_records_of_tokens_are_of_one_form_and_each_has_an_id_of_its_own() -> None:
    assert len({record.id for record in TOKEN_FORMATS}) == len(TOKEN_FORMATS)
    for record in TOKEN_FORMATS:
        assert re.fullmatch("[a-z0-9-]+", record.id) and re.match("an? ", record.what) and record.form, record
        assert record.documented.startswith("https://"), record
    lengths = [part for record in TOKEN_FORMATS for part in record.form if isinstance(part, dict)]
    assert all(name in tokens.ALPHABETS and least <= most for part in lengths for name, (least, most) in part.items())


@pytest.mark.parametrize("longest", [False, True], ids=["shortest", "longest"])
@pytest.mark.parametrize("record", TOKEN_FORMATS, ids=lambda record: record.id)
def test_a_token_of_each_format_is_found_whatever_its_length(record: TokenFormat, longest: bool) -> None:
    random.seed(record.id)
    token = _token(record, longest=longest)
    data = f"{record.near[0] if record.near else 'it'} = '{token}'\n".encode()
    assert _opens(search.form_gate(), data), token
    assert token.encode() in {each.value for each in search.find_by_form(data)}, token


@pytest.mark.parametrize("record", TOKEN_FORMATS, ids=lambda record: record.id)
def test_a_token_of_one_letter_stands_for_one(record: TokenFormat) -> None:
    made = "".join(
        "".join(re.findall(f"[{tokens.ALPHABETS[name]}]", "xXaA1=")[0] * least for name, (least, _) in part.items())
        if isinstance(part, dict)
        else (part if isinstance(part, str) else part[0])
        for part in record.form
    )
    if len({*made}) < 14:
        assert not search.find_by_form(f"{record.near[0] if record.near else 'it'} = '{made}'\n".encode())


def test_what_is_shown_of_a_credential_is_too_little_to_use() -> None:
    assert mask(b"AKIAQYLPMN5HFIQR7XYZ") == "AKIA…"
    assert mask(b"hunter22") == "…"


@pytest.mark.slow
def test_hostile_text_is_searched_in_time_that_grows_with_it() -> None:
    for text in (
        b"password='" * 40_000,
        b"secret_key = 'a" * 30_000,
        b"name: password\nvalue: " * 20_000,
        b"authorization: basic " * 20_000,
        b"mysql -u root " * 30_000,
        b"a://b:" * 70_000,
        b"-----BEGIN PRIVATE KEY-----" * 15_000,
        (b"-----BEGIN PRIVATE KEY-----" + b"+" * 15_900) * 10,
    ):
        begun = time.process_time()
        search.find_by_form(text)
        search.find_by_setting("a.env", text)
        assert time.process_time() - begun < 5, text[:20]


def test_every_alphabet_is_of_printable_letters() -> None:
    for letters in tokens.ALPHABETS.values():
        assert re.findall(f"[{letters}]", string.printable)


def test_settings_are_found_once_in_a_line_that_two_forms_fit() -> None:
    found = list(settings.find_settings(b'DB_PASSWORD="x9{}qLw8Xv"\n'.replace(b"{}", b"Z"), settings.SETTINGS))
    assert len(found) == 1


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-16", "utf-32", "utf-8"])
def test_text_is_searched_in_every_encoding_of_unicode(encoding: str) -> None:
    text = f"A=1\r\nKEY={'AKIA'}{_draw('base32', 16)}\r\n"
    file = File(TreeEntry("app.env"), text.encode(encoding))
    assert not file.binary
    assert [(each.what, file.searched[: each.start]) for each in search.find_by_form(file.searched)] == [
        ("an access key of AWS", b"A=1\r\nKEY=")
    ]


def test_a_zero_byte_makes_no_program_of_a_text() -> None:
    assert not File(TreeEntry("app.env"), b"A=1\0\nKEY=what it is\n").binary
    assert File(TreeEntry("a.png"), bytes(range(256)) * 9).binary
