"""A real Dovecot on loopback, under a temporary folder, for as long as a test needs it."""

from __future__ import annotations

import imaplib
import itertools
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tests.services.certificate import write_certificate
from tests.services.dovecot_settings import DovecotSettings, configuration, token_configuration
from tests.services.missing import free_port, program


@dataclass
class Dovecot:
    """A mail server with one mailbox, and a postman who writes straight into it."""

    home: Path
    plain_port: int
    tls_port: int
    uid: int
    gid: int
    settings: DovecotSettings = field(default_factory=DovecotSettings)
    user: str = "feedback"
    password: str = "secret-of-the-test"
    _process: subprocess.Popen[bytes] | None = None
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @property
    def url(self) -> str:
        """The mailbox over TLS; trust `ca_file`."""
        return f"imaps://{self.user}:{self.password}@localhost:{self.tls_port}/INBOX"

    @property
    def starttls_url(self) -> str:
        """The mailbox with TLS begun by STARTTLS; trust `ca_file`."""
        return f"imap+starttls://{self.user}:{self.password}@localhost:{self.plain_port}/INBOX"

    @property
    def insecure_url(self) -> str:
        """The mailbox without TLS, on loopback."""
        return f"imap+insecure://{self.user}:{self.password}@127.0.0.1:{self.plain_port}/INBOX"

    @property
    def ca_file(self) -> str:
        """The certificate to trust."""
        return str(self.home / "cert.pem")

    @property
    def maildir(self) -> Path:
        """Where the mailbox's INBOX lies."""
        return self.maildir_of(self.user)

    def maildir_of(self, user: str) -> Path:
        """Where a user's INBOX lies."""
        return self.home / "mail" / user / "Maildir"

    def deliver(self, raw: bytes, *, received: datetime | None = None, to: str = "") -> None:
        """Put a message into INBOX, as a mail server does: whole or not at all."""
        name = f"{int(time.time())}.M{next(self._numbers):06d}P{os.getpid()}.test"
        maildir = self.maildir_of(to or self.user)
        waiting = maildir / "tmp" / name
        waiting.write_bytes(raw)
        if received is not None:
            os.utime(waiting, (received.timestamp(), received.timestamp()))
        self._own(waiting)
        waiting.rename(maildir / "new" / name)

    def kept(self, folder: str = "") -> list[bytes]:
        """Return the messages of INBOX, or of another folder, as they lie on the disk."""
        return [one.read_bytes() for one in sorted(self._files(folder), key=lambda one: one.name)]

    def count(self, folder: str = "") -> int:
        """Return how many messages are there; may be asked while somebody moves them."""
        return len(self._files(folder))

    def _files(self, folder: str) -> list[Path]:
        place = self.maildir / f".{folder}" if folder else self.maildir
        return [*(place / "new").glob("*"), *(place / "cur").glob("*")]

    def seen(self) -> int:
        """Return how many messages of INBOX somebody has marked as read."""
        return sum("S" in one.name.partition(":2,")[2] for one in (self.maildir / "cur").glob("*"))

    def empty(self, *, new_uid_validity: bool = False) -> None:
        """Remove all mail; with a new UIDVALIDITY it is another mailbox to a client."""
        for maildir in (self.home / "mail").glob("*/Maildir"):
            for folder in [maildir, *maildir.glob(".*")]:
                for place in ("new", "cur", "tmp"):
                    for one in (folder / place).glob("*"):
                        one.unlink(missing_ok=True)
        if new_uid_validity:
            for stale in self.maildir.glob("dovecot*"):
                stale.unlink()

    def renumber(self) -> None:
        """Give what is in INBOX other UIDs under a new UIDVALIDITY, even while it is open."""
        place = self.maildir / "dovecot-uidlist"
        head, *lines = place.read_text().splitlines()
        names = [line.partition(" ")[2] for line in reversed(lines)]
        old = int(head.partition(" V")[2].partition(" ")[0])
        head = re.sub(r" V\d+ N\d+", f" V{old + 1000} N{len(names) + 1}", head)
        numbered = [f"{uid} {name}" for uid, name in enumerate(names, 1)]
        waiting = self.maildir / "tmp" / "uidlist"
        waiting.write_text("\n".join([head, *numbered, ""]))
        self._own(waiting)
        waiting.rename(place)

    def start(self) -> None:
        """Start the server on its ports and wait until it answers.

        Raises:
            RuntimeError: it ended or did not answer in ten seconds; its log is in the error.
        """
        configuration = self.home / "dovecot.conf"
        command = [program("dovecot", "Dovecot", "/usr/sbin"), "-F", "-c", str(configuration)]
        # A process group of its own, so that `stop` can end what serves open connections.
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        end = time.monotonic() + 10
        while time.monotonic() < end and self._process.poll() is None:
            with suppress(OSError, imaplib.IMAP4.error):
                with imaplib.IMAP4("127.0.0.1", self.plain_port, timeout=2) as probe:
                    probe.noop()
                return
            time.sleep(0.05)
        self.stop()
        log = self.home / "dovecot.log"
        raise RuntimeError(f"Dovecot did not start: {log.read_text() if log.exists() else ''}")

    def stop(self) -> None:
        """End the server that this started and cut its connections, by its own process group."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    def write_configuration(self) -> None:
        """Write what the server reads at its start, for root and for anybody else."""
        (self.home / "dovecot.conf").write_text(
            configuration(
                self.settings, home=self.home, uid=self.uid, gid=self.gid,
                plain_port=self.plain_port, tls_port=self.tls_port,
            )
        )  # fmt: skip
        (self.home / "oauth2.conf").write_text(token_configuration(self.settings))
        users = (self.user, *self.settings.users)
        (self.home / "users").write_text(
            "".join(f"{user}:{{PLAIN}}{self.password}::::::\n" for user in users)
        )
        for user in users:
            for place in ("new", "cur", "tmp"):
                (self.maildir_of(user) / place).mkdir(parents=True, exist_ok=True)
        for one in [self.home / "mail", *(self.home / "mail").rglob("*")]:
            self._own(one)

    def _own(self, path: Path) -> None:
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)


@contextmanager
def dovecot(settings: DovecotSettings | None = None) -> Iterator[Dovecot]:
    """Run a Dovecot until the block ends.

    Args:
        settings: what it does otherwise than usual.

    Yields:
        The running server, with an empty mailbox.
    """
    program("dovecot", "Dovecot", "/usr/sbin")
    settings = settings or DovecotSettings()
    # Short, for the paths of sockets; open to look through, for the user that mail belongs to.
    home = Path(tempfile.mkdtemp(prefix="dovecot-"))
    home.chmod(0o755)
    # Dovecot lets no mail belong to root, so root's tests use the user made for such things.
    uid, gid = os.geteuid(), os.getegid()
    if uid == 0:
        nobody = pwd.getpwnam("nobody")
        uid, gid = nobody.pw_uid, nobody.pw_gid
    server = Dovecot(home, free_port(), free_port(), uid, gid, settings)
    try:
        write_certificate(home, host=settings.host, ended=settings.ended)
        server.write_configuration()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
