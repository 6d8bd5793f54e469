"""The one place that answers: may this person do this to that, and why not?

`answer` is the rule, over plain values. `may` asks it for one record, `visible` is the same rule as
the filter of a list; a property test holds that they never differ.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, false, not_, or_, true
from sqlalchemy.orm import Session

from portal.access.acts import MATTER_ACTS, Act, Reach
from portal.access.person import Person
from portal.access.standing import (
    Conditions,
    Standing,
    conditions,
    conditions_of_today,
    standing,
)
from portal.access.table import GLASS_OPENS

# For each act of everybody who works here in a day.
VISIBLE_KEPT = 1_024


class Why(StrEnum):
    """Why something is allowed or not."""

    ALLOWED = "allowed"
    GLASS_BROKEN = "glass_broken"
    NOT_IN_ROLE = "not_in_role"
    NAMED = "named"
    NAMED_ABOVE = "named_above"
    FOR_DESIGNATED = "for_designated"
    UNSETTLED = "unsettled"
    OUT_OF_REACH = "out_of_reach"
    ERASED = "erased"


SENTENCES = {
    Why.ALLOWED: "Your role lets you do this.",
    Why.GLASS_BROKEN: "You opened this in an emergency. It closes again by itself.",
    Why.NOT_IN_ROLE: "Your role does not do this.",
    Why.NAMED: "It is about you.",
    Why.NAMED_ABOVE: "It is about somebody you report to.",
    Why.FOR_DESIGNATED: "It is about somebody of the complaints team or a head of service, so it"
    " goes to the officer whom the council has named for that.",
    Why.UNSETTLED: "It may be about a person, and no complaints officer has said yet who is meant.",
    Why.OUT_OF_REACH: "It belongs to another team, or was not opened to you.",
    Why.ERASED: "It was erased when its time had come, or because the person asked.",
}


@dataclass(frozen=True)
class Answer:
    """Whether something is allowed, and why or why not."""

    allowed: bool
    why: Why

    @property
    def sentence(self) -> str:
        """The reason in words, for whoever asked."""
        return SENTENCES[self.why]


def answer(person: Person, act: Act, matter: Standing | None = None) -> Answer:
    """May this person do this to that, and why not?

    Args:
        person: who asks, with the roles and teams of today.
        act: what they want to do.
        matter: what the matter is to them; None for what concerns no matter.

    Returns:
        Allowed, or the first reason why not: the person themself first, because nothing opens a
        complaint to those whom it is about.
    """
    if act is Act.OWN_SIGN_IN:
        return _ALLOWED
    reaches = person.reaches(act)
    if act not in MATTER_ACTS:
        return _ALLOWED if reaches else Answer(False, Why.NOT_IN_ROLE)
    if matter is None:
        raise ValueError(f"{act} concerns one matter: say which.")
    if matter.named:
        return Answer(False, Why.NAMED)
    if matter.erased:
        return Answer(False, Why.ERASED)
    if matter.glass_broken and act in GLASS_OPENS and person.reaches(Act.BREAK_GLASS):
        return Answer(True, Why.GLASS_BROKEN)
    if not reaches:
        return Answer(False, Why.NOT_IN_ROLE)
    refusals = {_by(reach, person, matter) for reach in reaches}
    if None in refusals:
        return _ALLOWED
    return Answer(False, next(why for why in _SAID_FIRST if why in refusals))


def may(
    session: Session, person: Person, act: Act, feedback_id: int, today: date, now: datetime
) -> Answer:
    """Ask for one matter of the database.

    Args:
        session: any session.
        person, act: as in `answer`.
        feedback_id: the matter's key.
        today, now: against which roles, grants and broken glass are dated.
    """
    return answer(person, act, standing(session, person, feedback_id, today, now))


def visible(person: Person, act: Act, today: date, now: datetime) -> ColumnElement[bool]:
    """The same rule as a condition on `feedback`: what every list, search and export adds.

    Args:
        person, act: as in `answer`; the act concerns a matter.
        today, now: as in `may`.
    """
    if act not in MATTER_ACTS:
        raise ValueError(f"{act} concerns no matter.")
    if holds_all_day(person, act):
        return _visible_today(person, act, today)
    parts = conditions(person, today, now)
    opened = [_condition(reach, parts) for reach in sorted(person.reaches(act))]
    return and_(not_(parts.named), not_(parts.erased), or_(false(), *opened, parts.glass_broken))


def holds_all_day(person: Person, act: Act) -> bool:
    """Whether `visible` gives one and the same condition all day: where no glass can be broken,
    which closes again by the hour.

    Args:
        person, act: as in `answer`.
    """
    return act not in GLASS_OPENS or not person.reaches(Act.BREAK_GLASS)


@lru_cache(maxsize=VISIBLE_KEPT)
def _visible_today(person: Person, act: Act, today: date) -> ColumnElement[bool]:
    """The same where no glass can have been broken: it holds all day, and is written down once."""
    parts, reaches = conditions_of_today(person, today), person.reaches(act)
    if reaches == {Reach.EVERY_MATTER}:
        # The same, with one look at who is named instead of three: every list of an officer asks.
        return and_(not_(parts.erased), not_(parts.walled))
    opened = [_condition(reach, parts) for reach in sorted(reaches)]
    return and_(not_(parts.named), not_(parts.erased), or_(false(), *opened))


_ALLOWED = Answer(True, Why.ALLOWED)
_SAID_FIRST = (Why.NAMED_ABOVE, Why.FOR_DESIGNATED, Why.UNSETTLED, Why.OUT_OF_REACH)


def _by(reach: Reach, person: Person, matter: Standing) -> Why | None:
    """Why this reach does not open the matter; None when it does."""
    let_in = {
        Reach.FOLLOWED: matter.followed,
        Reach.SPOKEN_FOR: matter.spoken_for,
        Reach.DECIDED_FOR: matter.decided_for,
        Reach.LETTERS_FOR: matter.letters_for,
    }
    if reach in let_in:
        # The young person let them in: walls inside the council are no business of theirs.
        return None if let_in[reach] else Why.OUT_OF_REACH
    if reach is Reach.DESIGNATED:
        # Named by the council for this very thing, whoever is above them.
        return None if matter.for_designated else Why.OUT_OF_REACH
    if matter.named_above:
        return Why.NAMED_ABOVE
    past_walls = {
        # The law's month runs whoever the matter is about, and only the request is opened.
        Reach.DATA_ASKED: matter.data_asked,
        # Somebody must go there tonight, and what is opened is what whoever goes there needs.
        Reach.ALERTED: matter.in_danger,
    }
    if reach in past_walls:
        return None if past_walls[reach] else Why.OUT_OF_REACH
    if matter.for_designated and reach is not Reach.GIVEN:
        return Why.FOR_DESIGNATED
    if matter.unsettled and reach is not Reach.EVERY_MATTER:
        return Why.UNSETTLED
    inside = {
        Reach.EVERY_MATTER: True,
        Reach.OWN_TEAMS: matter.allocated or not matter.teams.isdisjoint(person.teams),
        Reach.GIVEN: matter.given,
        Reach.IN_DANGER: matter.in_danger,
    }
    return None if inside[reach] else Why.OUT_OF_REACH


def _condition(reach: Reach, parts: Conditions) -> ColumnElement[bool]:
    """`_by` as a condition."""
    let_in = {
        Reach.FOLLOWED: parts.followed,
        Reach.SPOKEN_FOR: parts.spoken_for,
        Reach.DECIDED_FOR: parts.decided_for,
        Reach.LETTERS_FOR: parts.letters_for,
    }
    if reach in let_in:
        return let_in[reach]
    if reach is Reach.DESIGNATED:
        return parts.for_designated
    past_walls = {Reach.DATA_ASKED: parts.data_asked, Reach.ALERTED: parts.in_danger}
    if reach in past_walls:
        return and_(past_walls[reach], not_(parts.named_above))
    inside = {
        Reach.EVERY_MATTER: true(),
        Reach.OWN_TEAMS: or_(parts.own_team, parts.allocated),
        Reach.GIVEN: parts.given,
        Reach.IN_DANGER: parts.in_danger,
    }
    walls = [not_(parts.named_above)]
    if reach is not Reach.GIVEN:
        walls.append(not_(parts.for_designated))
    if reach is not Reach.EVERY_MATTER:
        walls.append(not_(parts.unsettled))
    return and_(inside[reach], *walls)
