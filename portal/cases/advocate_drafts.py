"""What an advocate is writing for a young person: a draft of their own until they send it.

It is found by whose it is. No page of the council reads it; it ends by itself after a month in
which nobody wrote on it.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.account_rows import DRAFTS_KEPT
from portal.cases import drafts
from portal.cases.tokens import make_public_id
from portal.records.draft import Draft
from portal.records.feedback import Door
from portal.work import Work

KEPT = timedelta(days=30)


def begin(work: Work, account_id: int) -> Draft:
    """Start a draft; its reference and secret words are made with it."""
    # The token of a cookie that nobody gets: this draft is found by whose it is.
    draft, _ = drafts.begin(work, Door.ADVOCATES)
    draft.account_id, draft.public_id = account_id, make_public_id()
    draft.ends_at = work.now + KEPT
    return draft


def find(session: Session, account_id: int, public_id: str, now: datetime) -> Draft | None:
    """One's own draft; somebody else's is the same as none."""
    return session.scalar(
        select(Draft).where(
            Draft.public_id == public_id,
            Draft.account_id == account_id,
            Draft.door == Door.ADVOCATES.value,
            Draft.ends_at > now,
        )
    )


def of_account(session: Session, account_id: int, now: datetime) -> list[Draft]:
    """An advocate's drafts that are not sent, the one written on last first."""
    kept = [
        one
        for one in DRAFTS_KEPT.of(session, account_id)
        if one.door == Door.ADVOCATES.value and one.feedback_id is None and one.ends_at > now
    ]
    return sorted(kept, key=lambda one: one.updated_at, reverse=True)


def keep(work: Work, draft: Draft, answers: dict[str, Any]) -> None:
    """Keep what was written, for another month."""
    draft.answers = json.dumps(answers)
    draft.updated_at, draft.ends_at = work.now, work.now + KEPT


def delete(work: Work, draft: Draft) -> None:
    """Delete a draft with its files; what was sent stays."""
    if draft.feedback_id is None:
        work.session.delete(draft)
