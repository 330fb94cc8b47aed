"""Credentials that stand encoded: logins of container registries in base64, and keys in JSON Web Tokens.

A Secret of Kubernetes of the type kubernetes.io/dockerconfigjson keeps the file of Docker
(https://kubernetes.io/docs/concepts/configuration/secret/#docker-config-secrets). A token of Supabase says by its role
whether it opens everything (https://supabase.com/docs/guides/api/api-keys).
"""

import re
from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Iterator

from vger_guide.matchers.credentials.findings import Credential
from vger_guide.matchers.credentials.placeholders import is_made_up
from vger_guide.text.lazy_pattern import lazy_pattern

GATE = r"\.dockerc(?:onfigjson|fg)|\beyJ[A-Za-z0-9_-]{10,}\.eyJ"
_REGISTRY = lazy_pattern(
    rb"\.dockerc(?:onfigjson|fg)[\"']?\s{0,4}:\s{0,4}[\"']?(?P<value>[A-Za-z0-9+/]{40,20000}={0,2})"
)
_LOGIN = lazy_pattern(rb"\"(?:auth|password|identitytoken)\"\s{0,4}:\s{0,4}\"(?P<value>[^\"]{4,4000})\"")
_TOKEN = lazy_pattern(rb"\beyJ[A-Za-z0-9_-]{10,400}\.(?P<claims>eyJ[A-Za-z0-9_-]{10,4000})\.[A-Za-z0-9_-]{20,1000}")
_ROLE = lazy_pattern(rb"\"role\"\s?:\s?\"(?:service_role|supabase_admin)\"")
# The projects that everybody has on the own machine: the same keys for all.
_LOCAL = b'"supabase-demo"'


def find_encoded(data: bytes) -> Iterator[Credential]:
    """Yield the logins and tokens that only show what they are when they are decoded."""
    for match in _REGISTRY.finditer(data):
        login = _LOGIN.search(_decode(match["value"]))
        if login and not is_made_up(login["value"]):
            yield Credential(*match.span("value"), "a login of a container registry", match["value"])
    for match in _TOKEN.finditer(data):
        claims = _decode(match["claims"])
        if _ROLE.search(claims) and _LOCAL not in claims:
            yield Credential(*match.span(), "a key of Supabase that opens everything", match.group())


def _decode(value: bytes) -> bytes:
    """Return what a value of either alphabet of base64 is, or nothing."""
    text = re.sub(rb"=*$", b"", value).translate(bytes.maketrans(b"+/", b"-_"))
    try:
        return urlsafe_b64decode(text + b"=" * (-len(text) % 4))
    except Error:
        return b""
