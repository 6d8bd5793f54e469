"""Put the benchmark mailbox back to its starting state.

Wipes the Maildir (indexes too) and copies messages into INBOX/new in order, so that every run
starts from the same cold Dovecot index. The Processed folder is there and empty. Nothing may be
connected while this runs.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.mail import perfenv as E

FIRST_ARRIVED = 1_772_000_000


def manifest(corpus: str = "main") -> list[dict[str, Any]]:
    """What should be kept of each message of a part of the corpus, in order."""
    with (E.CORPUS / corpus / "manifest.jsonl").open() as lines:
        return [json.loads(line) for line in lines]


def files(corpus: str = "main") -> list[Path]:
    """The messages of a part of the corpus, in order."""
    return [E.CORPUS / corpus / one["file"] for one in manifest(corpus)]


def reset(messages: Sequence[Path]) -> int:
    """Fill INBOX with these files and nothing else.

    Returns:
        How many.
    """
    shutil.rmtree(E.MAIL_ROOT, ignore_errors=True)
    for box in ("", f".{E.IMAP_DONE_FOLDER}"):
        for place in ("cur", "new", "tmp"):
            (E.MAIL_ROOT / box / place).mkdir(parents=True)
    (E.MAIL_ROOT / f".{E.IMAP_DONE_FOLDER}" / "maildirfolder").touch()
    for number, message in enumerate(messages):
        arrived = FIRST_ARRIVED + number
        target = E.MAIL_ROOT / "new" / f"{arrived}.M{number}P1.bench"
        shutil.copyfile(message, target)
        os.utime(target, (arrived, arrived))
    for root, _folders, names in os.walk(E.MAIL_ROOT):
        for name in [".", *names]:
            os.chown(os.path.join(root, name), E.MAIL_UID, E.MAIL_UID)
    return len(messages)


def count(folder: str = "") -> int:
    """How many messages lie in INBOX ("") or in a folder, from the Maildir itself."""
    box = E.MAIL_ROOT / (f".{folder}" if folder else "")
    return sum(len(os.listdir(box / place)) for place in ("cur", "new"))
