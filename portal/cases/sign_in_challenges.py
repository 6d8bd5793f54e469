"""Questions that a browser answers within minutes: asked, kept on the server, taken back once."""

from datetime import timedelta

from sqlalchemy import delete, select

from portal.cases.tokens import make_token, token_key
from portal.errors import Refused
from portal.marking import marked
from portal.records.passkey import Asked, SignInChallenge
from portal.work import Work

LASTS = timedelta(minutes=5)
PURPOSE = "sign-in challenge"


class ChallengeEnded(Refused):
    """The answer came too late, twice, or to something that was never asked here."""

    message = marked("That took too long, or was answered already. Try again.")


def ask(work: Work, asked: Asked, challenge: str, account_id: int | None = None) -> str:
    """Keep a question until it is answered; those that nobody answered in time go.

    Args:
        work: the open act.
        asked: what the answer will be for.
        challenge: what the answer must contain.
        account_id: whose answer it must be; None where that follows from the answer.

    Returns:
        The token for the browser's session, by which the question is found again.
    """
    old = delete(SignInChallenge).where(SignInChallenge.asked_at < work.now - LASTS)
    work.session.execute(old)
    token = make_token()
    work.session.add(
        SignInChallenge(
            token_key=token_key(token, PURPOSE),
            asked=asked,
            account_id=account_id,
            challenge=challenge,
            asked_at=work.now,
        )
    )
    return token


def take(work: Work, token: str, asked: Asked, account_id: int | None = None) -> str:
    """Give a question back and forget it, whatever becomes of the answer.

    Args:
        work: the open act, which the caller commits before it judges the answer.
        token: of the browser's session.
        asked, account_id: as when it was asked; another question is not found.

    Raises:
        ChallengeEnded: there is no such question any more.
    """
    found = work.session.scalar(
        select(SignInChallenge)
        .where(
            SignInChallenge.token_key == token_key(token, PURPOSE),
            SignInChallenge.asked == asked,
            SignInChallenge.asked_at >= work.now - LASTS,
        )
        .with_for_update()
    )
    if found is None or found.account_id != account_id:
        raise ChallengeEnded
    work.session.delete(found)
    return found.challenge
