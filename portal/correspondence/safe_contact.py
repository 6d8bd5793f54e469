"""Safe contact: how the person said we may reach them, obeyed before anything leaves.

There is one way, the one that was chosen. Where it cannot be used, nothing is sent by another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from portal.correspondence.email_address import plain_address
from portal.correspondence.phone_number import mobile_number
from portal.correspondence.voices import Voice, voice_of
from portal.council import Council
from portal.matter_rows import PARTIES
from portal.records.feedback import ContactWay, Feedback
from portal.records.party import Party, PartyRole
from portal.work import Work

FEWEST_DIGITS = 5
MOST_LINES = 7


@dataclass(frozen=True)
class Route:
    """How a letter reaches somebody. `to` is the e-mail address, the lines of the postal address or
    the telephone number; for `portal_only` there is none, and letters are read at /track alone."""

    way: ContactWay
    to: str = ""


NOWHERE = Route(ContactWay.PORTAL_ONLY)
Said = TypeVar("Said")


def email_of(where: Work | Session, feedback: Feedback) -> str | None:
    """Give the address that letters about this feedback may go to.

    Args:
        where: the open act, or a session.
        feedback: the feedback.

    Returns:
        The writer's address; None when they did not choose e-mail, gave no address, or gave one
        that no letter can be sent to. Then no letter goes by e-mail.
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
    parties = PARTIES.of_each(session, [one.id for one in by_email])
    for feedback in by_email:
        said = [(party.role, party.email) for party in parties[feedback.id]]
        found[feedback.id] = _writers(session, feedback, said, plain_address)
    return found


def route_of(session: Session, council: Council, feedback: Feedback) -> Route:
    """Say how letters about a feedback reach its writer now.

    Args:
        session: any session.
        council: its file says whether it posts letters.
        feedback: the feedback.
    """
    return routes_of(session, council, [feedback])[feedback.id]


def routes_of(session: Session, council: Council, several: Sequence[Feedback]) -> dict[int, Route]:
    """Give what `route_of` gives for each of several, by their keys, in few statements."""
    emails = emails_of(session, several)
    found = {
        key: Route(ContactWay.EMAIL, email) if email is not None else NOWHERE
        for key, email in emails.items()
    }
    readers = _READERS if council.posting.sends else _WITHOUT_POST
    others = [one for one in several if one.contact_way in readers]
    if not others:
        return found
    parties = PARTIES.of_each(session, [one.id for one in others])
    for feedback in others:
        way = feedback.contact_way
        said = [(party.role, party) for party in parties[feedback.id]]
        to = _writers(session, feedback, said, readers[way])
        found[feedback.id] = Route(way, to) if to else NOWHERE
    return found


def roles_of(session: Session, feedback: Feedback) -> tuple[PartyRole, ...]:
    """Whose details letters about a feedback may go to, whose first first."""
    # A child's own address is used for their own feedback, never for what an adult wrote.
    young = voice_of(session, feedback) is Voice.YOUNG
    return (PartyRole.COMPLAINANT, PartyRole.YOUNG_PERSON) if young else (PartyRole.COMPLAINANT,)


def usable(way: ContactWay, party: Party) -> str | None:
    """What of a party's details a way can go to, read as the sender reads it; None for nothing."""
    if way is ContactWay.EMAIL:
        return plain_address(party.email)
    reader = _READERS.get(way)
    return reader(party) if reader is not None else None


def _writers(
    session: Session,
    feedback: Feedback,
    parties: Sequence[tuple[PartyRole, Said]],
    read: Callable[[Said], str | None],
) -> str | None:
    for wanted in roles_of(session, feedback):
        for role, said in parties:
            if role is wanted and (address := read(said)):
                return address
    return None


def _address_lines(party: Party) -> str | None:
    """Name and address, a line each: what may stand on an envelope, and nothing else."""
    lines = [line.strip() for line in (party.address or "").splitlines() if line.strip()]
    if len(lines) == 1 and lines[0].count(",") > 1:
        # Typed in one line, as people do.
        lines = [part.strip() for part in lines[0].split(",") if part.strip()]
    if not lines:
        return None
    name = " ".join((party.name or "").split())
    if name and lines[0].casefold() != name.casefold():
        lines.insert(0, name)
    # More would not fit the window, and what does not fit would not be seen.
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], ", ".join(lines[MOST_LINES - 1 :])]
    return "\n".join(lines)


def _callable(text: str | None) -> str | None:
    digits = sum(char.isdigit() for char in text or "")
    return (text or "").strip() if digits >= FEWEST_DIGITS else None


_WITHOUT_POST: Mapping[ContactWay, Callable[[Party], str | None]] = {
    ContactWay.TEXT: lambda party: mobile_number(party.phone),
    ContactWay.PHONE: lambda party: _callable(party.phone),
}
_READERS: Mapping[ContactWay, Callable[[Party], str | None]] = {
    **_WITHOUT_POST,
    ContactWay.POST: _address_lines,
}
