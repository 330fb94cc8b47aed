"""The search for credentials in a file: by what it holds, and by what its name says it is kept for."""

from bisect import bisect
from collections.abc import Iterable
from functools import cache

from vger_guide.matchers.credentials import (
    addresses,
    arguments,
    calls,
    encoded,
    kubernetes,
    named_values,
    private_keys,
    settings,
    tokens,
)
from vger_guide.matchers.credentials.credential_files import FILES
from vger_guide.matchers.credentials.findings import Credential
from vger_guide.matchers.credentials.settings import CODE, INFRASTRUCTURE, SETTINGS, Dialect
from vger_guide.matchers.probes import Gate
from vger_guide.text.lazy_pattern import lazy_pattern

_PROSE = lazy_pattern(
    r"(?i)\.(?:md|mdx|rst|adoc|asciidoc|txt|tex|html?|org|textile|wiki|po|pot|xlf|xliff|resx|strings|arb|svg|css|scss|less)$|"
    # Pages that a program fills, and requests and answers that show how to call it.
    r"(?:\.blade\.php|\.html?\.[a-z0-9]+)$|(?:^|/)(?:requests|responses|payloads)/[^/]*\.json$"
)
_TRANSLATION = lazy_pattern(
    r"(?i)(?:^|/)(?:lang|langs|languages?|locales?|i18n|l10n|translations?|messages?)(?:/|[._-])"
)
# Settings of throwaway services that a build starts, whose passwords guard nothing. Tokens there are found.
_AUTOMATION = lazy_pattern(r"(?i)(?:^|[/._-])(?:ci|cypress|phpunit|playwright|testing|test|tests|e2e)(?:[/._-])")
_IN_USE = lazy_pattern(
    rb"(?i)deploy|git(?:hub|lab)|prod(?:uction)?(?:[_.-]|\b)|live|publish|release|registry|sshpass|[_.-]ftp|smtp"
)
# Lists of packages are no prose, whatever their names end in.
_REQUIREMENTS = lazy_pattern(r"(?i)(?:^|/)(?:requirements|constraints)(?:[^/]*|/[^/]+)\.txt$")
_SETTINGS = lazy_pattern(
    r"(?i)(?:^|/)(?:\.env[^/]*|[^/]*\.(?:env|properties|ya?ml|ini|cfg|conf|cnf|config|xml|ipynb|sh|bash|zsh|"
    r"ps1|bat|cmd|dockerfile)|[^/]*dockerfile[^/]*|hosts|inventory|roster|\.(?:bash_profile|bashrc|zshrc|profile|zprofile|bash_aliases|envrc|exports))$"
)
_INFRASTRUCTURE = lazy_pattern(r"(?i)\.(?:tf|tofu|bicep)$")


@cache
def form_gate() -> Gate:
    """Return the gate of files that may have a token or a private key."""
    return tuple((pattern,) for pattern in (*tokens.gate(), private_keys.GATE, encoded.GATE))


SETTING_GATE: Gate = tuple(
    (pattern,)
    for pattern in (
        *addresses.GATES,
        settings.GATE,
        settings.ACCOUNT_GATE,
        settings.PROVISION_GATE,
        settings.SPACED_GATE,
        calls.GATE,
        kubernetes.GATE,
        *named_values.GATES,
        *arguments.GATES,
    )
)


def find_by_form(data: bytes) -> list[Credential]:
    """Return the tokens and private keys in some bytes, in the order of their places, each place once."""
    return _distinct([*tokens.find_tokens(data), *private_keys.find_private_keys(data), *encoded.find_encoded(data)])


def find_by_setting(path: str, data: bytes) -> list[Credential]:
    """Return the passwords and secrets in addresses, settings, calls and Secrets of Kubernetes, each place once."""
    if (_PROSE.search(path) and not _REQUIREMENTS.search(path)) or _TRANSLATION.search(path):
        return []
    found = _distinct(
        [
            *addresses.find_passwords_in_addresses(data),
            *arguments.find_arguments(data),
            *settings.find_settings(data, _dialect(path)),
            *named_values.find_named_values(data),
            *calls.find_keys_in_calls(data),
            *kubernetes.find_values_of_secrets(data),
        ]
    )
    return [each for each in found if _is_of_use(data, each)] if _AUTOMATION.search(path) else found


def _is_of_use(data: bytes, found: Credential) -> bool:
    """Return whether the line before a credential says that it opens more than what a build starts for itself."""
    return bool(_IN_USE.search(data, max(data.rfind(b"\n", 0, found.start) + 1, found.start - 200), found.start))


def find_by_name(index: int, data: bytes) -> list[Credential]:
    """Return the credentials in a file of one of the kinds of credential_files.FILES."""
    return _distinct(FILES[index].find(data))


def _dialect(path: str) -> Dialect:
    if _INFRASTRUCTURE.search(path):
        return INFRASTRUCTURE
    return SETTINGS if _SETTINGS.search(path) else CODE


def _distinct(found: Iterable[Credential]) -> list[Credential]:
    """Leave out what overlaps with a credential that an earlier, more exact search has found."""
    kept: list[Credential] = []
    for each in found:
        place = bisect(kept, each)
        before, after = kept[max(0, place - 1) : place], kept[place : place + 1]
        if not any(each.start < other.end and other.start < each.end for other in (*before, *after)):
            kept.insert(place, each)
    return kept
