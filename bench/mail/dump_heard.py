"""Print, as JSON, what the intake stored, with the settings of the environment.

    python -m bench.mail.dump_heard

`stored` is for `score.py`; `checks` are counts that must come out the same in every run.
"""

import hashlib
import json
from collections import Counter
from typing import Any

from sqlalchemy import select

from intake.parsing import parse
from portal.app import create_app
from portal.attachments import storing
from portal.db import db
from portal.records.attachment import Attachment
from portal.records.feedback import Feedback
from portal.records.mail import Mail, MailState, RawMail
from portal.records.message import Message
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.records.suggested_link import SuggestedLink


def stored() -> list[dict[str, Any]]:
    """Feedback, messages of its thread, and mail that waits for an officer: words and files."""
    session = db.session
    files = _files()
    ids = dict(
        session.execute(
            select(Mail.feedback_id, Mail.message_id).where(Mail.state == MailState.NEW)
        ).all()
    )
    found = [
        _one(one.id, ids.get(one.id), one.story, files.get((one.id, None), []))
        for one in session.scalars(select(Feedback))
    ]
    found += [
        _one(one.feedback_id, None, one.body, files.get((one.feedback_id, one.id), []))
        for one in session.scalars(select(Message))
    ]
    # A machine's answer to nothing of ours, or a message in quarantine: an officer looks at it.
    left = select(Mail).where(Mail.state != MailState.KNOWN, Mail.feedback_id.is_(None))
    for mail in session.scalars(left):
        read = parse(session.get_one(RawMail, mail.id).body)
        hashes = [file.sha256 for file in read.attachments]
        found.append(_one(f"mail {mail.id}", mail.message_id, read.text, hashes))
    return found


def _one(ticket: object, message_id: str | None, text: str, files: list[str]) -> dict[str, Any]:
    return {"ticket": ticket, "message_id": message_id, "text": text, "attachments": files}


def _files() -> dict[tuple[int | None, int | None], list[str]]:
    found: dict[tuple[int | None, int | None], list[str]] = {}
    for file in db.session.scalars(select(Attachment)):
        if file.stored_as is not None:
            place = (file.feedback_id, file.message_id)
            found.setdefault(place, []).append(hashlib.sha256(storing.read(file)).hexdigest())
    return found


def checks() -> dict[str, Any]:
    """Counts over the whole installation."""
    session = db.session
    receipts = Counter(
        session.scalars(
            select(OutboxLetter.feedback_id).where(OutboxLetter.kind == LetterKind.RECEIPT)
        )
    )
    bodies = session.scalars(select(RawMail.body))
    return {
        "ledger": dict(Counter(session.scalars(select(Mail.state)))),
        "raw_kept": sum(1 for _ in bodies),
        "suggested_links": len(session.scalars(select(SuggestedLink.id)).all()),
        "receipts": sum(receipts.values()),
        "receipts_twice": sum(count > 1 for count in receipts.values()),
        "files_refused": len(
            session.scalars(select(Attachment.id).where(Attachment.stored_as.is_(None))).all()
        ),
    }


def main() -> None:
    """Print both."""
    with create_app().app_context():
        print(json.dumps({"stored": stored(), "checks": checks()}))


if __name__ == "__main__":
    main()
