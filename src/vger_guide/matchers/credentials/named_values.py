"""Passwords and secrets whose name stands in one place, and the value in another: pairs, elements, defaults.

The patterns hold for RE2 and for `re`. Their first group is the name, the second the value.
"""

from collections.abc import Iterator

from vger_guide.matchers.credentials.findings import Credential
from vger_guide.matchers.credentials.settings import classify
from vger_guide.matchers.patterns import GatedPatterns

_WORD = r"(?i:password|passwd|passphrase|pwd|secret|token|key)"
_NAME = rf"([\w.-]{{0,60}}{_WORD})"
# What templates of CloudFormation say of a parameter besides its default.
_OTHERS = r"(?:[ \t]+(?:Type|NoEcho|Description|M(?:ax|in)Length|AllowedPattern|ConstraintDescription):[^\r\n]*\r?\n)"
_PATTERNS = (
    # `- name: DB_PASSWORD`, and the value in the next line; the same in JSON.
    (
        r"(?i:[\"']?\b(?:name|key|parameterkey)[\"']?[ \t]?:[ \t]?)[\"']?" + _NAME + r"[\"']?,?\s{0,60}"
        r"(?i:[\"']?(?:value|parametervalue)[\"']?[ \t]?:[ \t]?)[\"']?([^\s\"'{}\[\],]{4,300})"
    ),
    # `<password>value</password>`, `<add key="Password" value="value"/>`, `<property name="db.password">value<`.
    rf"<(?:\w{{1,20}}:)?{_NAME}>\s{{0,4}}([^<>\s]{{4,300}})\s{{0,4}}</",
    rf"(?:name|key)=\"{_NAME}\"[^<>\r\n]{{0,80}}?[ \t]value=\"([^\"\r\n]{{4,300}})\"",
    rf"(?:name|key)=\"{_NAME}\"[^<>\r\n]{{0,80}}?>([^<>\r\n]{{4,300}})</",
    # The default of a variable of Terraform, and of a parameter of CloudFormation, ARM and Bicep.
    rf"\bvariable[ \t]+\"?{_NAME}\"?[ \t]*\{{[^{{}}]*?\bdefault[ \t]*=[ \t]*\"([^\"\r\n]{{4,300}})\"",
    rf"(?m)^[ \t]+{_NAME}:[ \t]*\r?\n{_OTHERS}{{0,7}}[ \t]+Default:[ \t]*[\"']?([^\s\"']{{4,300}})",
    rf"\"{_NAME}\"\s{{0,4}}:\s{{0,4}}\{{[^{{}}]*?\"(?:D|d)efault(?:Value)?\"\s{{0,4}}:\s{{0,4}}\"([^\"\r\n]{{4,300}})\"",
    rf"\bparam[ \t]+{_NAME}[ \t]+string[ \t]*=[ \t]*'([^'\r\n]{{4,300}})'",
    # The key of tokens in a section of its own: `"Jwt": {"Key": "value"}`.
    r"(?i:\"(jwt\w{0,20})\"\s{0,4}:\s{0,4}\{[^{}]*?\"(?:signing)?key\"\s{0,4}:\s{0,4}\"([^\"\r\n]{4,300})\")",
)
# One for each: wider, and without bounds, which would make many states of a search.
GATES = (
    _WORD + r"[\"']?,?\s+[\"']?(?i:value|parametervalue)[\"']?[ \t]?:",
    _WORD + r">\s*[^<>\s]+\s*</",
    _WORD + r"\"[^<>\r\n]*?[ \t]value=\"",
    _WORD + r"\"[^<>\r\n]*?>[^<>\r\n]+</",
    rf"\bvariable[ \t]+\"?[\w-]*{_WORD}\"?[ \t]*\{{[^{{}}]*?\bdefault",
    rf"{_WORD}:[ \t]*\r?\n{_OTHERS}*[ \t]+Default:",
    _WORD + r"\"\s*:\s*\{[^{}]*?\"(?:D|d)efault",
    rf"\bparam[ \t]+\w*{_WORD}[ \t]+string[ \t]*=",
    r"(?i:\"jwt\w*\"\s*:\s*\{[^{}]*?key\"\s*:)",
)

_FOUND = GatedPatterns(_PATTERNS, GATES)


def find_named_values(data: bytes) -> Iterator[Credential]:
    """Yield the passwords and secrets that are named apart from where they stand."""
    for _, match in _FOUND.find(data):
        name, value = data[slice(*match.span(1))], slice(*match.span(2))
        if data[value].isascii() and (what := classify(_whole(name), data[value])):
            yield Credential(value.start, value.stop, what, data[value])


def _whole(name: bytes) -> bytes:
    """Return the name of a value; of one in a section about tokens, the section is a part of it."""
    return name + b"_key" if name[:3].lower() == b"jwt" and b"key" not in name.lower() else name
