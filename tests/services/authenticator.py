"""A passkey made of software: answers as a browser would, and wrongly where a test asks for it."""

from __future__ import annotations

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
ES256, EC2, P256 = -7, 2, 1


def text(raw: bytes) -> str:
    """Bytes as a browser writes them."""
    return urlsafe_b64encode(raw).decode().rstrip("=")


def raw(written: str) -> bytes:
    """The other way round."""
    return urlsafe_b64decode(written + "=" * (-len(written) % 4))


@dataclass
class Authenticator:
    """One key in one device. A test may change all of it."""

    origin: str = "http://localhost:5000"
    host: str = "localhost"
    verifies: bool = True
    # How often it was used, as it tells; None for one that always says nought.
    count: int | None = 0
    handle: bytes = b""
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def make(self, options: dict[str, Any]) -> str:
        """Answer `navigator.credentials.create`."""
        self.handle = raw(options["user"]["id"])
        client = self._client("webauthn.create", options["challenge"])
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(new=True)}
        return self._said(
            {
                "clientDataJSON": text(client),
                "attestationObject": text(cbor2.dumps(attestation)),
            }
        )

    def show(self, options: dict[str, Any]) -> str:
        """Answer `navigator.credentials.get`."""
        if self.count is not None:
            self.count += 1
        client, data = self._client("webauthn.get", options["challenge"]), self._data()
        signed = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._said(
            {
                "clientDataJSON": text(client),
                "authenticatorData": text(data),
                "signature": text(signed),
                "userHandle": text(self.handle),
            }
        )

    def _said(self, response: dict[str, str]) -> str:
        name = text(self.credential_id)
        said = {"id": name, "rawId": name, "type": "public-key", "response": response}
        return json.dumps(said)

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _data(self, *, new: bool = False) -> bytes:
        flags = PRESENT | (VERIFIED if self.verifies else 0) | (ATTESTED if new else 0)
        start = hashlib.sha256(self.host.encode()).digest() + bytes([flags])
        data = start + (self.count or 0).to_bytes(4, "big")
        if not new:
            return data
        length = len(self.credential_id).to_bytes(2, "big")
        return data + bytes(16) + length + self.credential_id + self._public()

    def _public(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        return cbor2.dumps({1: EC2, 3: ES256, -1: P256, -2: x, -3: y})
