"""An OpenID Connect provider on loopback: who is signed in there, and what it says of them."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CODE_LIVES = 60


@dataclass
class OpenIdServer:
    """What it knows and does; a test may change all of it. `says` overrides claims of its tokens;
    a value of None leaves the claim out."""

    port: int = 0
    client_id: str = "the-portal"
    client_secret: str = "client-secret-of-the-test"
    subject: str = "0f3c-22"
    email: str = "ola@council.example"
    groups: list[str] = field(default_factory=list)
    amr: list[str] = field(default_factory=lambda: ["pwd", "mfa"])
    says: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, auto_kid=True))
    signs_with: RSAKey | None = None
    # A status to answer everything with instead.
    answers_with: int | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def issuer(self) -> str:
        """Its name, which is its address."""
        return f"http://127.0.0.1:{self.port}"

    def describe(self) -> dict[str, str]:
        """Its description, as OpenID Connect Discovery says."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def approve(self, address: str) -> str:
        """What the person's browser gets at the authorization endpoint: the way back, with a code.

        Args:
            address: where the portal has sent the browser.
        """
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["client_id"] == self.client_id
        assert asked["code_challenge_method"] == "S256"
        self.asked.append(asked)
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"], "iss": self.issuer})
        return f"{asked['redirect_uri']}?{back}"

    def give(self, fields: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """Answer a request for tokens: the code once, to the client that shows its secret and the
        verifier of its challenge."""
        if authorization != self._basic():
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(fields.get("code", ""), None)
        if asked is None or fields.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        shown = hashlib.sha256(fields.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(shown).decode().rstrip("=") != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        return 200, {
            "token_type": "Bearer",
            "access_token": f"token-{next(self._numbers)}",
            "id_token": self._token(asked),
        }

    def _token(self, asked: dict[str, str]) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": self.client_id, "sub": self.subject, "iat": now,
            "exp": now + 300, "nonce": asked.get("nonce"), "email": self.email,
            "email_verified": True, "groups": self.groups, "amr": self.amr, "auth_time": now,
            **self.says,
        }  # fmt: skip
        said = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": self.key.kid}
        return jwt.encode(header, said, self.signs_with or self.key)

    def _basic(self) -> str:
        pair = f"{quote(self.client_id)}:{quote(self.client_secret)}"
        return "Basic " + base64.b64encode(unquote(pair).encode()).decode()


def _handler(server: OpenIdServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if server.answers_with is not None:
                self._say(server.answers_with, {})
            elif self.path == "/.well-known/openid-configuration":
                self._say(200, server.describe())
            elif self.path == "/keys":
                self._say(200, {"keys": [server.key.as_dict(private=False)]})
            else:
                self.send_response(302)
                self.send_header("Location", server.approve(self.path))
                self.send_header("Content-Length", "0")
                self.end_headers()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            fields = {name: values[0] for name, values in parse_qs(body).items()}
            self._say(*server.give(fields, self.headers.get("Authorization", "")))

        def _say(self, status: int, answer: dict[str, Any]) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Say nothing: a test's output is its result."""

    return Handler


@contextmanager
def openid_server() -> Iterator[OpenIdServer]:
    """Run a provider until the block ends."""
    state = OpenIdServer()
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
