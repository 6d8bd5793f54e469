"""Where the demo runs: its folder, its four ports, and the settings of its processes."""

import base64
import os
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from portal.council import load_council
from portal.settings import ROOT

LOOPBACK = "127.0.0.1"
MAIL_PASSWORD = "demo-mailbox"  # noqa: S105 - printed, on this machine only
# A setting of a real installation that happens to be in the environment must not reach the demo.
OURS = (
    "CLAMD_URL", "COUNCIL", "DATABASE_URL", "DATA_FOLDER", "DATA_KEY", "FILES_URL", "MAILBOX_CA",
    "MAILBOX_URL", "MAIL_FROM", "MODEL_DIR", "PUBLIC_URL", "SECRET_KEY", "SMTP_URL",
    "NOTIFY_API_KEY", "NOTIFY_TEMPLATE_ID", "NOTIFY_URL", "SUGGESTIONS", "TEXT_GATEWAY",
    "TRUSTED_PROXIES", "WORDS_KEY",
)  # fmt: skip


class CannotStart(Exception):
    """The demo cannot start; its text is a sentence for whoever started it."""


@dataclass(frozen=True)
class Ports:
    """The four loopback ports."""

    web: int
    imap: int
    smtp: int
    mail_page: int

    def named(self) -> Mapping[str, int]:
        """Each port by what it is for."""
        return {
            "the web pages": self.web,
            "the mailbox (IMAP)": self.imap,
            "taking mail (SMTP)": self.smtp,
            "the mailbox's web page": self.mail_page,
        }


@dataclass(frozen=True)
class Surroundings:
    """One demo on one machine."""

    folder: Path
    ports: Ports
    mailbox: str
    environment: Mapping[str, str]

    @property
    def address(self) -> str:
        """The web address of the portal."""
        return f"http://{LOOPBACK}:{self.ports.web}"

    @property
    def mail_page(self) -> str:
        """The web address of the demo's mailboxes."""
        return f"http://{LOOPBACK}:{self.ports.mail_page}/"

    @property
    def logs(self) -> Path:
        """Where each process writes what it says."""
        return self.folder / "log"


def prepare(given: Mapping[str, str]) -> Surroundings:
    """Make the demo's folder and keys, and check that its ports are free.

    Args:
        given: the environment; DEMO_PORT and DEMO_FOLDER are read from it.

    Raises:
        CannotStart: with a sentence that says what to change.
    """
    ports = _ports(given.get("DEMO_PORT", "8000"))
    folder = Path(given.get("DEMO_FOLDER", ROOT / ".demo")).absolute()
    (folder / "log").mkdir(parents=True, exist_ok=True)
    mailbox = load_council("staffordshire").contact.email
    return Surroundings(folder, ports, mailbox, _environment(given, folder, ports, mailbox))


def _environment(
    given: Mapping[str, str], folder: Path, ports: Ports, mailbox: str
) -> dict[str, str]:
    user = quote(mailbox, safe="")
    return {
        **{name: value for name, value in given.items() if name not in OURS},
        "HEARD_DEMO": "1",
        "FLASK_APP": "wsgi",
        "DATA_FOLDER": str(folder),
        "DATA_KEY": _data_key(folder / "data-key"),
        "PUBLIC_URL": f"http://{LOOPBACK}:{ports.web}",
        "MAIL_FROM": mailbox,
        "MAILBOX_URL": f"imap+insecure://{user}:{MAIL_PASSWORD}@{LOOPBACK}:{ports.imap}/INBOX",
        "SMTP_URL": f"smtp+insecure://{LOOPBACK}:{ports.smtp}",
        "INTAKE_SECONDS": "2",
        "MAIL_PASSWORD": MAIL_PASSWORD,
        "PYTHONUNBUFFERED": "1",
    }


def _data_key(path: Path) -> str:
    """The key that people's words are closed with: made once, or nothing would open again."""
    if not path.exists():
        made = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(made)
    return path.read_text().strip()


def _ports(first: str) -> Ports:
    if not first.isdigit() or not 1024 <= int(first) <= 65532:
        raise CannotStart(f"DEMO_PORT is {first}. Give a number from 1024 to 65532, such as 8000.")
    ports = Ports(*range(int(first), int(first) + 4))
    for use, port in ports.named().items():
        if not _is_free(port):
            raise CannotStart(
                f"Port {port}, for {use}, is taken by another program. End that program, or "
                f"choose four other ports by their first: make demo DEMO_PORT={int(first) + 100}"
            )
    return ports


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As servers do, so that connections that ended a moment ago are no reason to refuse.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
