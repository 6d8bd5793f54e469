"""One thing done to several matters that were found: first what it would do, then doing it.

Both ask the same plan, so nothing is done that was not shown, but for what changed meanwhile.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.access import permission
from portal.access.acts import Act
from portal.access.person import person_of
from portal.access.table import COMPLAINTS_TEAM
from portal.cases import field_changes, roles, tagging
from portal.cases.acting import visible_to_actor
from portal.cases.addresses import email_key
from portal.errors import Refused
from portal.records.account import Account
from portal.records.case import Case, CaseState
from portal.records.feedback import Feedback
from portal.records.matter_tag import MatterTag
from portal.work import Work

MOST = 100


class Deed(StrEnum):
    """What can be done to several."""

    PUT_TAG = "put_tag"
    TAKE_TAG_OFF = "take_tag_off"
    ASSIGN = "assign"


class NoSuchOfficer(Refused):
    """Somebody who is not of the complaints team today."""

    message = "Choose somebody of the complaints team."


READ_ONLY = "you may read it, and not change it"
HAS_TAG = "it has the tag already"
LACKS_TAG = "it does not have the tag"
NO_OPEN_CASE = "it has no open case"
THEIRS = "it is theirs already"
CLOSED_TO_THEM = "it is closed to this officer"


@dataclass(frozen=True)
class Several:
    """What is to be done: to which matters, by their public ids; with which tag, or for whom."""

    deed: Deed
    public_ids: tuple[str, ...]
    tag: str = ""
    officer: str = ""


@dataclass(frozen=True)
class Planned:
    """One matter, and why nothing is done to it; None where it is."""

    id: int
    public_id: str
    reference: str
    why_not: str | None = None


def plan(work: Work, asked: Several) -> list[Planned]:
    """What would be done.

    Args:
        work: the open act of whoever asks.
        asked: what, to which. A matter that they may not see is passed over in silence.

    Raises:
        UnknownTag, NoSuchOfficer.
    """
    found = _matters(work, asked.public_ids, Act.READ)
    act = Act.CONDUCT if asked.deed is Deed.ASSIGN else Act.DECIDE
    may = {one.id for one in _matters(work, asked.public_ids, act)}
    reasons = {one.id: READ_ONLY for one in found if one.id not in may}
    if asked.deed is Deed.ASSIGN:
        reasons = _why_not_assigned(work, found, _officer(work, asked.officer)) | reasons
    else:
        reasons = _why_not_tagged(work, found, asked) | reasons
    return [Planned(one.id, one.public_id, one.reference, reasons.get(one.id)) for one in found]


def do(work: Work, asked: Several) -> int:
    """Do it.

    Args:
        work, asked: as in `plan`.

    Returns:
        To how many it was done.

    Raises:
        UnknownTag, NoSuchOfficer.
    """
    changed = [one.id for one in plan(work, asked) if one.why_not is None]
    with audit.gathered(work):
        if asked.deed is Deed.ASSIGN:
            officer = _officer(work, asked.officer)
            for case in _open_cases(work.session, changed):
                if case.officer_id != officer.id:
                    before = field_changes.named(work.session, case.officer_id)
                    field_changes.keep(work, case, "officer", before, officer.name)
                    case.officer_id = officer.id
                    audit.note(work, "case_assigned", case, ["officer"])
        else:
            act = tagging.put if asked.deed is Deed.PUT_TAG else tagging.take_off
            wanted = select(Feedback).where(Feedback.id.in_(changed)).order_by(Feedback.id)
            for feedback in work.session.scalars(wanted).all():
                act(work, feedback, asked.tag)
    return len(changed)


def _matters(work: Work, public_ids: Collection[str], act: Act) -> list[Feedback]:
    wanted = select(Feedback).where(
        Feedback.public_id.in_(list(public_ids)[:MOST]), visible_to_actor(work, act)
    )
    return list(work.session.scalars(wanted.order_by(Feedback.id.desc())))


def _why_not_tagged(work: Work, found: list[Feedback], asked: Several) -> dict[int, str]:
    put = asked.deed is Deed.PUT_TAG
    if put and asked.tag not in work.council.tags:
        raise tagging.UnknownTag
    ids = [one.id for one in found]
    wanted = select(MatterTag.feedback_id).where(
        MatterTag.tag == asked.tag, MatterTag.feedback_id.in_(ids)
    )
    tagged = set(work.session.scalars(wanted))
    if put:
        return {key: HAS_TAG for key in ids if key in tagged}
    return {key: LACKS_TAG for key in ids if key not in tagged}


def _why_not_assigned(work: Work, found: list[Feedback], officer: Account) -> dict[int, str]:
    ids = [one.id for one in found]
    cases = _open_cases(work.session, ids)
    open_ids = {case.feedback_id for case in cases}
    others = {case.feedback_id for case in cases if case.officer_id != officer.id}
    person = person_of(
        work.session, officer, work.today, email_key(work.council.designated_officer)
    )
    theirs = permission.visible(person, Act.CONDUCT, work.today, work.now)
    may = set(work.session.scalars(select(Feedback.id).where(Feedback.id.in_(ids), theirs)))
    reasons = {key: CLOSED_TO_THEM for key in ids if key not in may}
    reasons |= dict.fromkeys(open_ids - others, THEIRS)
    return reasons | {key: NO_OPEN_CASE for key in ids if key not in open_ids}


def _officer(work: Work, public_id: str) -> Account:
    for account in roles.holders(work.session, COMPLAINTS_TEAM, work.today):
        if account.public_id == public_id:
            return account
    raise NoSuchOfficer


def _open_cases(session: Session, feedback_ids: Collection[int]) -> list[Case]:
    wanted = select(Case).where(Case.feedback_id.in_(feedback_ids), Case.state == CaseState.OPEN)
    return list(session.scalars(wanted.order_by(Case.id)))
