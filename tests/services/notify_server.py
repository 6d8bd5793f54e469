"""A stand-in for GOV.UK Notify on loopback: takes texts, tells their fate, checks each bearer."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from notifications_python_client.authentication import decode_jwt_token, get_token_issuer
from notifications_python_client.errors import TokenError

SERVICE_ID = "26785a09-ab16-4eb0-8407-a37497a57506"
SECRET = "3d844edf-8d35-48ac-975b-e847b4f122b0"
API_KEY = f"the_test_key-{SERVICE_ID}-{SECRET}"
TEMPLATE_ID = "f33517ff-2a88-4f6e-b855-c550268ce08a"


@dataclass
class NotifyServer:
    """What it took and how it answers; a test may change all of it."""

    port: int = 0
    # Every text that it took, in order, as it was asked to send it.
    taken: list[dict[str, Any]] = field(default_factory=list)
    # By its own id: created, sending, delivered, permanent-failure, temporary-failure, …
    fates: dict[str, str] = field(default_factory=dict)
    # Status and body with which each text is answered instead of being taken.
    answers_with: tuple[int, dict[str, Any]] | None = None
    # It takes the text and then answers with this, as a server does that fails behind its door.
    breaks_after_taking: int | None = None
    # Seconds before it answers.
    waits: float = 0.0
    asked: list[tuple[str, str]] = field(default_factory=list)
    refused_bearers: int = 0
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def url(self) -> str:
        """For `NOTIFY_URL`."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings of a portal that sends here."""
        return {
            "TEXT_GATEWAY": "notify",
            "NOTIFY_API_KEY": API_KEY,
            "NOTIFY_TEMPLATE_ID": TEMPLATE_ID,
            "NOTIFY_URL": self.url,
        }

    def is_signed(self, header: str) -> bool:
        """Whether a bearer is one that our key makes now."""
        scheme, _, token = header.partition(" ")
        try:
            return (
                scheme == "Bearer"
                and get_token_issuer(token) == SERVICE_ID
                and bool(decode_jwt_token(token, SECRET))
            )
        except TokenError:
            return False

    def send(self, text: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Take a text as POST /v2/notifications/sms does."""
        if self.answers_with is not None:
            return self.answers_with
        if text.get("template_id") != TEMPLATE_ID:
            return 400, _error("BadRequestError", "Template not found")
        gateway_id = f"00000000-0000-4000-8000-{next(self._numbers):012d}"
        self.taken.append({**text, "id": gateway_id})
        self.fates.setdefault(gateway_id, "created")
        if self.breaks_after_taking is not None:
            return self.breaks_after_taking, _error("Exception", "Internal server error")
        return 201, {"id": gateway_id, "reference": text.get("reference")}

    def tell(self, gateway_id: str) -> tuple[int, dict[str, Any]]:
        """The fate of one text."""
        if gateway_id not in self.fates:
            return 404, _error("NoResultFound", "No result found")
        return 200, {"id": gateway_id, "status": self.fates[gateway_id]}

    def find(self, reference: str) -> tuple[int, dict[str, Any]]:
        """The texts under a reference."""
        found = [{"id": text["id"]} for text in self.taken if text.get("reference") == reference]
        return 200, {"notifications": found, "links": {}}


def _error(kind: str, message: str) -> dict[str, Any]:
    return {"status_code": 0, "errors": [{"error": kind, "message": message}]}


def _handler(server: NotifyServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._answer(lambda: server.send(json.loads(body)))

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/v2/notifications":
                reference = parse_qs(parts.query).get("reference", [""])[0]
                self._answer(lambda: server.find(reference))
            else:
                self._answer(lambda: server.tell(parts.path.rpartition("/")[2]))

        def _answer(self, make: Any) -> None:
            server.asked.append((self.command, urlsplit(self.path).path))
            if not server.is_signed(self.headers.get("Authorization", "")):
                server.refused_bearers += 1
                status, answer = 403, _error("AuthError", "Invalid token")
            else:
                status, answer = make()
            time.sleep(server.waits)
            said = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_args: object) -> None:
            """Say nothing: a test's output is its result."""

    return Handler


@contextmanager
def notify_server() -> Iterator[NotifyServer]:
    """Run a stand-in until the block ends."""
    state = NotifyServer()
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(state))
    # A client that gave up must not make the end of a test wait.
    http.daemon_threads = True
    state.port = http.server_port
    thread = threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
