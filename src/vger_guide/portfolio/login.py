"""How a clone logs in: by a header that git is given in its environment, so that no list of processes shows it."""

import base64
import os
import re
from urllib.parse import urlsplit

from vger_guide.forge.github import find_token

PUBLIC = "https://github.com"


def login_variables(address: str) -> dict[str, str]:
    """Return the variables by which git logs in at the server that the token is for; none for another server.

    GITHUB_SERVER_URL names the server, as in a workflow. What the caller's own environment tells git stays.
    """
    token = find_token()
    server = urlsplit(os.environ.get("GITHUB_SERVER_URL") or PUBLIC)
    asked = urlsplit(address)
    if not re.fullmatch(r"[!-~]+", token) or asked.scheme != "https" or asked.netloc != server.netloc:
        return {}
    count = os.environ.get("GIT_CONFIG_COUNT", "")
    number = int(count) if count.isdecimal() else 0  # git takes no other count
    basic = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": str(number + 1),
        f"GIT_CONFIG_KEY_{number}": f"http.https://{asked.netloc}/.extraHeader",
        f"GIT_CONFIG_VALUE_{number}": f"Authorization: Basic {basic}",
    }
