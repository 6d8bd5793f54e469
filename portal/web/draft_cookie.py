"""The cookie that finds a draft: a random token and nothing else, one for each door."""

from dataclasses import dataclass
from datetime import timedelta

from flask import request, session
from werkzeug.wrappers import Response

from portal import clock
from portal.cases import drafts
from portal.db import db
from portal.records.draft import Draft
from portal.records.feedback import Door
from portal.work import Work, settings

# A child's phone may be another person's too: their cookie ends with the browser's session.
# Others write long texts in many sittings, and a phone that runs short of memory ends sessions.
LIVES: dict[Door, timedelta | None] = {Door.YOUNG_PEOPLE: None, Door.EVERYONE: drafts.KEPT}
# In the browser's session, which "Leave this page" clears: a form was saved for the first time.
_SAVED_HERE = "saved_here"


@dataclass(frozen=True)
class Begun:
    """A draft to keep an answer in, and the token to set when it is new."""

    draft: Draft
    new_token: str | None = None


def name_of(door: Door) -> str:
    """The cookie's name."""
    return f"heard_draft_{door.value}"


def was_given(door: Door) -> bool:
    """Whether the browser holds a draft's cookie, alive or ended."""
    return bool(request.cookies.get(name_of(door)))


def read(door: Door) -> Draft | None:
    """The draft of this browser, for showing it. An act finds it again in its own transaction."""
    return drafts.find(db.session(), request.cookies.get(name_of(door)), door, clock.now())


def find(work: Work, door: Door) -> Draft | None:
    """The draft of this browser, inside an act."""
    return drafts.find(work.session, request.cookies.get(name_of(door)), door, work.now)


def find_to_send(work: Work, door: Door) -> drafts.Sending | None:
    """The draft of this browser, with all that sending it needs."""
    return drafts.find_to_send(work.session, request.cookies.get(name_of(door)), door, work.now)


def find_or_begin(work: Work, door: Door) -> Begun:
    """The draft of this browser, or a new one where it has none that is alive."""
    draft = find(work, door)
    return Begun(draft) if draft is not None else Begun(*drafts.begin(work, door))


def give(response: Response, door: Door, token: str | None) -> None:
    """Set the cookie where a draft was begun; do nothing for None."""
    if token is not None:
        response.set_cookie(
            name_of(door),
            token,
            max_age=LIVES[door],
            httponly=True,
            samesite="Lax",
            secure=settings().public_url.startswith("https://"),
        )


def take_away(response: Response, door: Door) -> None:
    """Make the browser forget the draft."""
    response.delete_cookie(name_of(door), httponly=True, samesite="Lax")


def show_words_here() -> None:
    """Let this browser show the words of a form that it has just saved for the first time."""
    session[_SAVED_HERE] = True


def shows_words() -> bool:
    """Whether this browser may show the words of a saved form: not after "Leave this page",
    although the form itself stays. Saving again does not bring them back."""
    return _SAVED_HERE in session


def take_away_sent(response: Response) -> None:
    """Make the browser forget every draft that was sent: its last page shows the secret words, and
    the copy the whole story. What is not sent yet stays."""
    for door in LIVES:
        draft = read(door)
        if draft is not None and draft.feedback_id is not None:
            take_away(response, door)
