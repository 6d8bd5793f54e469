"""Where a secret lies that should not stand in a mailbox's address: a variable or a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from intake.mailbox_errors import MailboxUrlError


@dataclass(frozen=True, slots=True)
class SecretPlace:
    """A place that is named `env:NAME` or `file:/path`; it shows the place, never the secret."""

    kind: str
    name: str

    @classmethod
    def parse(cls, given: str, setting: str) -> SecretPlace:
        """Read the name of a place.

        Args:
            given: what the address says.
            setting: which setting of the address says it.

        Raises:
            MailboxUrlError: it names no place; a secret written there is not repeated.
        """
        kind, _, name = given.partition(":")
        if kind not in {"env", "file"} or not name:
            raise MailboxUrlError(
                f"In a mailbox address, {setting} names where the secret is: env: and the name of "
                "a variable, or file: and a path."
            )
        return cls(kind, name)

    def read(self, environment: Mapping[str, str] | None = None) -> str:
        """Return the secret, without the line end that files have.

        Raises:
            MailboxUrlError: nothing is there.
        """
        if self.kind == "env":
            secret = (os.environ if environment is None else environment).get(self.name, "")
        else:
            try:
                secret = Path(self.name).read_text(encoding="utf-8")
            except (OSError, UnicodeError):
                secret = ""
        if not secret.strip():
            raise MailboxUrlError(f"The secret of a mailbox is missing: {self.kind}:{self.name}")
        return secret.strip("\r\n")

    def replace(self, secret: str) -> bool:
        """Write a new secret in place of the old one, whole or not at all.

        Returns:
            Whether it could be kept: a variable cannot, nor a file that is not ours to write.
        """
        if self.kind != "file":
            return False
        path = Path(self.name)
        try:
            # mkstemp makes a file that its owner alone can read.
            handle, waiting = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        except OSError:
            return False
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as new:
                new.write(secret)
                new.flush()
                os.fsync(new.fileno())
            os.replace(waiting, path)
        except OSError:
            Path(waiting).unlink(missing_ok=True)
            return False
        return True
