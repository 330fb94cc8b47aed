"""A server on loopback that answers as GitHub's REST API does, in shapes written from its documentation."""

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

Answer = Callable[[http.server.BaseHTTPRequestHandler], None]

SECURITY = {
    "advanced_security": {"status": "enabled"},
    "secret_scanning": {"status": "enabled"},
    "secret_scanning_push_protection": {"status": "enabled"},
}
REPOSITORY = {
    "id": 1296269,
    "full_name": "acme/shop",
    "private": True,
    "visibility": "private",
    "default_branch": "main",
    "permissions": {"admin": False, "push": False, "pull": True},
}
OF_RULESET = {"ruleset_source_type": "Repository", "ruleset_source": "acme/shop", "ruleset_id": 42}
KEPT = [{"type": kind, **OF_RULESET} for kind in ("deletion", "non_fast_forward")]
PULL_REQUEST = {"type": "pull_request", "parameters": {"required_approving_review_count": 1}, **OF_RULESET}
REVIEWS = {"required_pull_request_reviews": {"required_approving_review_count": 1, "dismiss_stale_reviews": True}}

FORBIDDEN = {"message": "Resource not accessible by integration", "documentation_url": "https://docs.github.com/rest"}
NOT_FOUND = {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"}


def branch(*, protected: bool, classic: bool) -> dict[str, Any]:
    """Return what GitHub says of a branch: protected by rulesets or by the classic kind of protection."""
    checks = {"enforcement_level": "off", "contexts": [], "checks": []}
    protection = {"enabled": classic, "required_status_checks": checks}
    return {"name": "main", "commit": {"sha": "c5b9"}, "protected": protected, "protection": protection}


def says(data: Any, status: int = 200, **headers: str) -> Answer:
    """Return an answer in JSON."""
    return sends(json.dumps(data).encode(), status, **{"Content-Type": "application/json; charset=utf-8", **headers})


def sends(body: bytes, status: int = 200, **headers: str) -> Answer:
    """Return an answer of some bytes; `_` stands for `-` in the names of headers."""

    def answer(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


@dataclass
class GitHub:
    """What the server answers by path, and what it was asked: paths and headers."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, Message]] = field(default_factory=list)
    address: str = ""
    ended: threading.Event = field(default_factory=threading.Event)

    def set(self, path: str, answer: Answer) -> None:
        """Answer a path below the repository in this way."""
        self.answers[f"/repos/acme/shop{path}"] = answer

    def answer(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        """Answer a request."""
        path = handler.path.partition("?")[0]
        self.asked.append((handler.path, handler.headers))
        try:
            self.answers.get(path, says(NOT_FOUND, 404))(handler)
        except ConnectionError:
            handler.close_connection = True  # the reader had enough


@contextmanager
def github() -> Iterator[GitHub]:
    """Serve while the block runs: a repository that is readable, and protected in no way."""
    server_of = GitHub()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server_of.answer(self)

        def do_POST(self) -> None:
            server_of.answer(self)

        def do_PATCH(self) -> None:
            server_of.answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing: the tests have their own output."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server_of.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        server_of.set("", says(REPOSITORY))
        server_of.set("/branches/main", says(branch(protected=False, classic=False)))
        server_of.set("/rules/branches/main", says([]))
        try:
            yield server_of
        finally:
            server_of.ended.set()
            server.shutdown()
            thread.join()
