"""How a clone logs in: by a header that git is given in its environment, so that no list of processes shows it."""

import base64
import os
import re
from urllib.parse import urlsplit

from vger_guide.forge import github, group

# Servers by the variables that name others, as in a workflow or pipeline, with the user that each wants a token from.
SERVERS = {
    ("GITHUB_SERVER_URL", "https://github.com"): ("x-access-token", github.find_token),
    ("CI_SERVER_URL", "https://gitlab.com"): ("oauth2", group.find_token),
}


def login_variables(address: str) -> dict[str, str]:
    """Return the variables by which git logs in at a server that a token is for; none for another server.

    GITHUB_SERVER_URL and CI_SERVER_URL name the servers. What the caller's own environment tells git stays.
    """
    asked = urlsplit(address)
    for (variable, public), (user, find_token) in SERVERS.items():
        server, token = urlsplit(os.environ.get(variable) or public), find_token()
        if re.fullmatch(r"[!-~]+", token) and asked.scheme == "https" and asked.netloc == server.netloc:
            return _header(asked.netloc, f"{user}:{token}")
    return {}


def _header(host: str, login: str) -> dict[str, str]:
    count = os.environ.get("GIT_CONFIG_COUNT", "")
    number = int(count) if count.isdecimal() else 0  # git takes no other count
    basic = base64.b64encode(login.encode()).decode()
    return {
        "GIT_CONFIG_COUNT": str(number + 1),
        f"GIT_CONFIG_KEY_{number}": f"http.https://{host}/.extraHeader",
        f"GIT_CONFIG_VALUE_{number}": f"Authorization: Basic {basic}",
    }
