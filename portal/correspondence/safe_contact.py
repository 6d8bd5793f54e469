"""Safe contact: how the person said we may reach them, obeyed before anything leaves."""

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
    if feedback.contact_way is not ContactWay.EMAIL:
        return None
    session = where.session if isinstance(where, Work) else where
    roles = [PartyRole.COMPLAINANT]
    # A child's own address is used for their own feedback, never for what an adult wrote.
    if voice_of(session, feedback) is Voice.YOUNG:
        roles.append(PartyRole.YOUNG_PERSON)
    found = select(Party.role, Party.email).where(
        Party.feedback_id == feedback.id, Party.email.is_not(None)
    )
    parties = session.execute(found.order_by(Party.id)).all()
    for role in roles:
        for party in parties:
            if party.role is role and (address := plain_address(party.email)):
                return address
    return None
