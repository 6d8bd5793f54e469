"""Feedback with a person who may be written to, for the tests of letters."""

from portal.cases.receiving import NewFeedback, NewParty, receive
from portal.records.feedback import Channel, ContactWay, Door, Feedback
from portal.records.party import PartyRole
from portal.work import Work

WRITER = "wren.marlow@post.example"
CHILD = "child.marlow@post.example"


def given(
    work: Work,
    *,
    way: ContactWay = ContactWay.EMAIL,
    email: str | None = WRITER,
    child_email: str | None = None,
    door: Door | None = None,
) -> Feedback:
    """Receive one invented feedback."""
    parties = [NewParty(PartyRole.COMPLAINANT, name="Wren Marlow", email=email)]
    if child_email:
        parties.append(NewParty(PartyRole.YOUNG_PERSON, name="Pip Marlow", email=child_email))
    return receive(
        work,
        NewFeedback(
            channel=Channel.WEB,
            story="The hedgehog crossing was shut for a week.",
            contact_way=way,
            door=door,
            parties=tuple(parties),
            words="river button seven maple torch",
        ),
    )
