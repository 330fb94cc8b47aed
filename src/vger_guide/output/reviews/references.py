"""Web addresses that people typed, as references that a strict reader takes."""

import re

from vger_guide.text.sanitize import safe_link

_PATH = r"(?:[A-Za-z0-9_.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*"
_QUERY = r"(?:[A-Za-z0-9_.~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*"
# RFC 3986, without a user's name and without brackets around the host.
_ADDRESS = re.compile(rf"https?://[A-Za-z0-9.-]+(:[0-9]{{1,5}})?(/{_PATH})?(\?{_QUERY})?(#{_QUERY})?")


def strict_reference(address: str) -> str:
    """Return a web address that is valid, with what has to be percent-encoded so; nothing where it is none."""
    written = safe_link(address)
    return written if _ADDRESS.fullmatch(written) else ""
