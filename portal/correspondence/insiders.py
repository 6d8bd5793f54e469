"""Who may get a letter about a young person's matter besides the young person: the council's own
people and teams, the advocates that the council sends to, and an advocate whom the young person
lets follow it. Nobody near the young person: they
are told by a person, after a yes, and never by a letter of the portal (`portal.cases.telling`)."""

from collections.abc import Iterator

from sqlalchemy import exists, or_, select

from portal.access.following import stands
from portal.columns import keyed_hash
from portal.correspondence.voices import Voice, voice_of
from portal.council import Council
from portal.errors import Refused
from portal.procedures.vocabulary import Team
from portal.records.account import Account
from portal.records.advocacy import Advocacy
from portal.records.feedback import Feedback
from portal.work import Work


class NotAnInsider(Refused):
    """A letter about a young person's matter was about to leave for somebody outside."""

    title = "No letter was written"
    message = (
        "This is a young person’s matter. A letter about it goes to nobody but them, our own staff"
        " and the advocates. Use “Tell somebody near them” and tell that person yourself."
    )
    status = 409


def check(work: Work, feedback: Feedback, address: str) -> None:
    """Let a letter about a matter go to an address, or refuse it.

    Args:
        work: the open act.
        feedback: the matter; those of adults are let pass.
        address: where the letter would go, plain.

    Raises:
        NotAnInsider: it is a young person's matter and nobody's of the council's.
    """
    if voice_of(work.session, feedback) is not Voice.YOUNG:
        return
    plain = address.casefold()
    if plain in set(_of_the_council(work.council)):
        return
    own = Account.organisation_id.is_(None)
    # Whom the young person lets speak or see for them, as long as they do.
    follows = exists().where(
        Advocacy.account_id == Account.id,
        Advocacy.feedback_id == feedback.id,
        stands(work.today),
    )
    wanted = select(Account.id).where(
        Account.email_key == keyed_hash(plain, "email"),
        Account.left_on.is_(None),
        or_(own, follows),
    )
    if work.session.scalar(wanted) is None:
        raise NotAnInsider


def _of_the_council(council: Council) -> Iterator[str]:
    yield council.contact.email.casefold()
    yield council.advocacy.email.casefold()
    for team in Team:
        email = council.team(team).email
        if email is not None:
            yield email.casefold()
