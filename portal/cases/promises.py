"""First promises: the dated next steps that a person is told when we have their words.

Nobody has decided yet which procedure it is, so both are counted and each date says for what it
holds. What the council's file does not promise is not promised here either.
"""

from dataclasses import dataclass
from datetime import date

from portal.council import Council, NothingInForce
from portal.marking import marked
from portal.procedures.procedure import (
    ClockKey,
    Profile,
    StartEvent,
    Track,
    due_on,
    start_of,
)
from portal.procedures.vocabulary import Category

LOOK = {
    Category.COMPLAINT: marked("we will tell you who is looking into it, and why"),
    Category.COMPLIMENT: marked("we will pass your thanks on to the people they are for"),
    Category.COMMENT: marked("we will tell you who we gave your words to"),
}
LOOK_AT_ANYTHING = marked("we will read it and tell you what we will do")
ANSWER = marked("we will send you our answer")
ANSWER_ON_CARE = marked(
    "we will send you our answer, if it is about social workers, care or help for your family"
)
ANSWER_ON_OTHER = marked(
    "we will send you our answer, if it is about something else, such as school"
)


@dataclass(frozen=True)
class Promise:
    """One dated next step. `what` finishes a sentence that begins "By Friday 8 January": it begins
    in lower case and has no full stop."""

    by: date
    what: str


def first_promises(
    council: Council, received_on: date, category: Category | None
) -> tuple[Promise, ...]:
    """Count what we promise on the day something comes in.

    Args:
        council: whose timescales hold.
        received_on: the London date of arrival, day 0.
        category: what the person called it; None where they did not say (an e-mail).

    Returns:
        The promises, soonest first; none where the council's file promises nothing that counts
        from the day of arrival.
    """
    promises = []
    looked_at = _due(council, Track.CORPORATE, ClockKey.ACKNOWLEDGE_1, received_on)
    if looked_at is not None:
        what = LOOK_AT_ANYTHING if category is None else LOOK.get(category, LOOK_AT_ANYTHING)
        promises.append(Promise(looked_at, what))
    if category is Category.COMPLAINT:
        promises += _answers(council, received_on)
    return tuple(sorted(promises, key=lambda promise: promise.by))


def _answers(council: Council, received_on: date) -> list[Promise]:
    care = _due(council, Track.STATUTORY, ClockKey.STAGE_1, received_on)
    other = _due(council, Track.CORPORATE, ClockKey.STAGE_1, received_on)
    if care is not None and care == other:
        return [Promise(care, ANSWER)]
    dated = ((care, ANSWER_ON_CARE), (other, ANSWER_ON_OTHER))
    return [Promise(by, what) for by, what in dated if by is not None]


def _due(council: Council, track: Track, clock: ClockKey, received_on: date) -> date | None:
    profile = _profile(council, track, received_on)
    rule = profile.promised.get(clock) if profile is not None else None
    if profile is None or rule is None:
        return None
    calendar = council.calendar
    # A clock that waits for something else than our receiving it has no date today.
    start = start_of(profile, rule, {StartEvent.RECEIVED: received_on}, calendar)
    return due_on(rule, start, calendar).due if start is not None else None


def _profile(council: Council, track: Track, on: date) -> Profile | None:
    try:
        return council.profile(track, on)
    except NothingInForce:
        return None
