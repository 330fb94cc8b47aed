"""The kinds of value that the conditions of checks are made of."""

import re
import warnings
from enum import StrEnum
from typing import Annotated, Any

from vger_guide.matchers.globs import translate
from vger_guide.matchers.jsonpath.field import JsonPath
from vger_guide.records.form_error import FormError
from vger_guide.records.kinds import TextForm, ValueKind
from vger_guide.repo.path_kinds import PathKind

try:
    import re2
except ImportError:  # in a browser
    re2 = None

GLOB = r"^[!-~ ]{1,200}$"
PACKAGE = r"^(pypi|npm|maven|nuget|go|cargo|gem|composer):[A-Za-z0-9@._/:*-]{1,120}$"
TRIED = r"^[A-Za-z0-9._/@ -]{1,200}$"
PATTERN_LENGTH = 1000

# A pattern has to mean the same to both engines: RE2 searches, and re does where there is no RE2, as in a browser.
_ENGINES: list[Any] = [re, *([re2] if re2 else [])]


class Expectation(StrEnum):
    """Whether something is expected to be there."""

    PRESENT = "present"
    ABSENT = "absent"


class EntryKind(StrEnum):
    """What an entry of a tree is."""

    BINARY = "binary"
    LINK = "link"
    SUBMODULE = "submodule"


class ForgePart(StrEnum):
    """A part of the settings of the hosting service; what each holds is said in vger_guide.forge.settings."""

    REPOSITORY = "repository"
    SECURITY = "security"
    BRANCH = "branch"
    RULES = "rules"
    PROTECTION = "protection"
    ORGANISATION = "organisation"


_FORGE_PART = re.compile(rf"(?:\$\.)?({'|'.join(ForgePart)})(?![A-Za-z0-9_])")


class Format(StrEnum):
    """What a structured file is written in."""

    JSON = "json"
    YAML = "yaml"
    TOML = "toml"
    XML = "xml"
    INI = "ini"
    ENV = "env"
    PROPERTIES = "properties"
    HCL = "hcl"
    ARM = "arm"
    CLOUDFORMATION = "cloudformation"


def _require_forge_part(path: str) -> None:
    """Refuse a path that begins with no part of the settings."""
    if not _FORGE_PART.match(path):
        raise FormError(
            "does not begin with a part of the settings; allowed: " + ", ".join(f"$.{part}" for part in ForgePart)
        )


def _compile(engine: Any, text: str) -> None:
    if engine is not re:
        quiet = engine.Options()
        quiet.log_errors = False  # RE2 writes them to the standard error as well
        engine.compile(text.encode(), quiet)
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # of what a later Python will read otherwise
        re.compile(text.encode())


def _find_pattern_fault(text: str) -> str:
    """Return what one of the two engines says against a pattern, or nothing."""
    for engine in _ENGINES:
        try:
            _compile(engine, text)
        except (engine.error, OverflowError, RecursionError, FutureWarning) as error:
            [said, *_] = error.args
            return said.decode() if isinstance(said, bytes) else str(said)
    return ""


def is_glob(text: str) -> bool:
    """Tell whether both engines know what stands in the brackets of a glob, as it is and in small letters."""
    return "[" not in text or not any(_find_pattern_fault(translate(each)) for each in (text, text.lower()))


def _require_glob(text: str) -> None:
    if not is_glob(text):
        raise FormError("is not a glob: brackets hold letters and ranges of them, such as [a-z0-9]")


def _require_pattern(text: str) -> None:
    """Refuse what one of the two engines does not know; RE2 has no look-around and no back references."""
    if not text.isascii():
        raise FormError("contains characters that are not ASCII; write them as bytes, such as '\\xc3\\xa9' for é")
    if why := _find_pattern_fault(text):
        raise FormError(f"is not a pattern: {why}")
    if re.search(text.encode(), b""):
        raise FormError(
            "matches an empty text, so it would match everywhere; write a pattern that needs at least one character"
        )


Glob = Annotated[str, TextForm(GLOB, "a glob over a whole path, such as '**/*.tf'"), ValueKind(prove=_require_glob)]
Globs = Annotated[tuple[Glob, ...], ValueKind(1, 60)]
NoGlobs = Annotated[tuple[Glob, ...], ValueKind(max_length=60)]
Without = Annotated[tuple[PathKind, ...], ValueKind(max_length=len(PathKind))]
Path = Annotated[str, TextForm(TRIED, "a path, such as '.env'")]
PackageName = Annotated[str, TextForm(PACKAGE, "a package, such as 'npm:connect-redis' or 'maven:org.hibernate:*'")]
ForgePath = Annotated[JsonPath, ValueKind(prove=_require_forge_part)]
Pattern = Annotated[str, ValueKind(1, PATTERN_LENGTH, strict=True, prove=_require_pattern)]

# Fields that several matchers have.
WHICH = "The paths to look at, as globs."
BESIDES = "Paths to exclude, as globs."
WITHOUT = "Kinds of paths that are left out, as whole words of the path tell them."
