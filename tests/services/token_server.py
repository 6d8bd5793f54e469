"""An OAuth token server on loopback: gives tokens, and tells a mail server whose they are."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


@dataclass
class TokenServer:
    """What it knows and does; a test may change all of it."""

    port: int = 0
    user: str = "feedback"
    client_id: str = "the-portal"
    client_secret: str = "client-secret-of-the-test"
    refresh_token: str = "first-refresh-token"
    expires_in: Any = 3600
    # Whether each refresh gives a new refresh token and ends the old one.
    rotates: bool = False
    # A status and body to answer with instead.
    answers_with: tuple[int, bytes] | None = None
    redirects_to: str | None = None
    good: set[str] = field(default_factory=set)
    asked: list[dict[str, str]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def token_url(self) -> str:
        """Where tokens are asked for."""
        return f"http://127.0.0.1:{self.port}/token"

    @property
    def introspection_url(self) -> str:
        """Where a mail server asks whose a token is."""
        return f"http://127.0.0.1:{self.port}/introspect"

    def withdraw(self) -> None:
        """Make every token that was given worthless."""
        self.good.clear()

    def give(self, fields: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Answer a request for a token as RFC 6749 says."""
        self.asked.append(fields)
        if fields.get("client_id") != self.client_id:
            return 401, {"error": "invalid_client"}
        answer: dict[str, Any] = {"token_type": "Bearer"}
        if self.expires_in is not None:
            answer["expires_in"] = self.expires_in
        if fields.get("grant_type") == "client_credentials":
            if fields.get("client_secret") != self.client_secret:
                said = f"AADSTS7000215: Invalid secret {fields.get('client_secret')} provided."
                return 401, {"error": "invalid_client", "error_description": said}
        elif fields.get("grant_type") == "refresh_token":
            if fields.get("refresh_token") != self.refresh_token:
                return 400, {"error": "invalid_grant"}
            if self.rotates:
                self.refresh_token = f"refresh-token-{next(self._numbers)}"
                answer["refresh_token"] = self.refresh_token
        else:
            return 400, {"error": "unsupported_grant_type"}
        token = f"token-{next(self._numbers)}"
        self.good.add(token)
        return 200, {"access_token": token, **answer}

    def tell(self, token: str) -> dict[str, Any]:
        """Answer a mail server as RFC 7662 says."""
        return {"active": token in self.good, "username": self.user}


def _handler(server: TokenServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            fields = {name: values[0] for name, values in parse_qs(body).items()}
            if self.path == "/introspect":
                self._say(200, json.dumps(server.tell(fields.get("token", ""))).encode())
            elif server.redirects_to is not None:
                self.send_response(307)
                self.send_header("Location", server.redirects_to)
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif server.answers_with is not None:
                self._say(*server.answers_with)
            else:
                status, answer = server.give(fields)
                self._say(status, json.dumps(answer).encode())

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing: a test's output is its result."""

    return Handler


@contextmanager
def token_server() -> Iterator[TokenServer]:
    """Run a token server until the block ends."""
    state = TokenServer()
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(state))
    state.port = http.server_port
    thread = threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
