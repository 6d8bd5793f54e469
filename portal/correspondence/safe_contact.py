"""Safe contact: how the person said we may reach them, obeyed before anything leaves."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.correspondence.email_address import plain_address
from portal.correspondence.voices import Voice, voice_of
from portal.records.feedback import ContactWay, Feedback
from portal.records.party import Party, PartyRole
from portal.work import Work


def email_of(where: Work | Session, feedback: Feedback) -> str | None:
    """Give the address that letters about this feedback may go to.

    Args:
        where: the open act, or a session.
        feedback: the feedback.

    Returns:
        The writer's address; None when they did not choose e-mail, gave no address, or gave one
        that no letter can be sent to. Then the letter is read at /track alone.
    """
    session = where.session if isinstance(where, Work) else where
    return emails_of(session, [feedback])[feedback.id]


def emails_of(session: Session, several: Sequence[Feedback]) -> dict[int, str | None]:
    """Give what `email_of` gives for each of several, by their keys, looked up in one go.

    Args:
        session: any session.
        several: written feedback.
    """
    found: dict[int, str | None] = dict.fromkeys((one.id for one in several), None)
    by_email = [one for one in several if one.contact_way is ContactWay.EMAIL]
    if not by_email:
        return found
    wanted = select(Party.feedback_id, Party.role, Party.email).where(
        Party.feedback_id.in_([one.id for one in by_email]), Party.email.is_not(None)
    )
    parties: dict[int, list[tuple[PartyRole, str | None]]] = {}
    for feedback_id, role, email in session.execute(wanted.order_by(Party.id)):
        parties.setdefault(feedback_id, []).append((role, email))
    for feedback in by_email:
        found[feedback.id] = _writers(session, feedback, parties.get(feedback.id, []))
    return found


def _writers(
    session: Session, feedback: Feedback, parties: Sequence[tuple[PartyRole, str | None]]
) -> str | None:
    roles = [PartyRole.COMPLAINANT]
    # A child's own address is used for their own feedback, never for what an adult wrote.
    if voice_of(session, feedback) is Voice.YOUNG:
        roles.append(PartyRole.YOUNG_PERSON)
    for wanted in roles:
        for role, email in parties:
            if role is wanted and (address := plain_address(email)):
                return address
    return None
