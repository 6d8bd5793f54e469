"""What one matter is to one person: everything that a right to it can depend on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    Select,
    and_,
    bindparam,
    exists,
    false,
    or_,
    select,
)
from sqlalchemy.orm import Session

from portal.access import following
from portal.access.person import Person, in_force
from portal.one_of import one_of_these
from portal.plain_rows import plain_rows
from portal.procedures.vocabulary import Risk, Team
from portal.records.access_request import AccessRequest
from portal.records.advocacy import Advocacy
from portal.records.allocation import STANDS, Allocation
from portal.records.case import Case, CaseState
from portal.records.danger_alert import DangerAlert
from portal.records.decision import Decision, Outcome
from portal.records.feedback import Feedback, FeedbackState
from portal.records.wall import GlassBreak, MatterGrant, NamedPerson

# Writing these conditions down took longer than asking the database for them, at every page.
PEOPLE_KEPT = 256
# By which name `standings` is given the moment.
NOW = "moment_of_asking"


@dataclass(frozen=True)
class Standing:
    """One matter as one person meets it.

    Attributes:
        teams: the teams its parts belong to, once an officer has decided; none before.
        in_danger: somebody may be in danger now, and nobody has finished with it.
        named: the person is one of those whom it is about.
        named_above: somebody above the person is.
        for_designated: it is for the officer whom the council's file names.
        unsettled: a person may be meant, and no officer has said who.
        given: it was opened to the person for a time that has not ended.
        followed: the person is an advocate who follows it.
        spoken_for, decided_for, letters_for: the young person agreed that they write, or decide,
            for them, or get the letters.
        data_asked: a request to see personal data was found in it and passed on.
        allocated: the person was given a part of it to answer, and has not handed it back.
        erased: nothing is left of it but what the figures of a year count.
        glass_broken: the person broke the glass, not many hours ago.
    """

    teams: frozenset[Team] = frozenset()
    in_danger: bool = False
    named: bool = False
    named_above: bool = False
    for_designated: bool = False
    unsettled: bool = False
    given: bool = False
    followed: bool = False
    spoken_for: bool = False
    decided_for: bool = False
    letters_for: bool = False
    data_asked: bool = False
    allocated: bool = False
    erased: bool = False
    glass_broken: bool = False


@dataclass(frozen=True)
class Conditions:
    """The same as conditions of a query over `feedback`: what filters every list."""

    own_team: ColumnElement[bool]
    in_danger: ColumnElement[bool]
    named: ColumnElement[bool]
    named_above: ColumnElement[bool]
    for_designated: ColumnElement[bool]
    unsettled: ColumnElement[bool]
    given: ColumnElement[bool]
    followed: ColumnElement[bool]
    spoken_for: ColumnElement[bool]
    decided_for: ColumnElement[bool]
    letters_for: ColumnElement[bool]
    data_asked: ColumnElement[bool]
    allocated: ColumnElement[bool]
    erased: ColumnElement[bool]
    glass_broken: ColumnElement[bool]
    # `named`, `named_above` or `for_designated`, asked as one.
    walled: ColumnElement[bool]


def conditions(person: Person, today: date, now: datetime) -> Conditions:
    """Write down, for one person, what each part of a standing is in the database.

    Args:
        person: who asks.
        today: grants are dated.
        now: broken glass closes again by the hour.
    """
    return replace(conditions_of_today(person, today), glass_broken=_glass(person, now))


def _glass(person: Person, now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    return _there_is(
        and_(
            GlassBreak.feedback_id == Feedback.id,
            GlassBreak.account_id == person.id,
            GlassBreak.ends_at > now,
        )
    )


@lru_cache(maxsize=PEOPLE_KEPT)
def conditions_of_today(person: Person, today: date) -> Conditions:
    """What holds all day, as long as the person has the same roles, teams and superiors; no glass.

    Args:
        person, today: as in `conditions`.
    """
    grant = and_(
        MatterGrant.feedback_id == Feedback.id,
        MatterGrant.account_id == person.id,
        MatterGrant.ended_at.is_(None),
        one_of_these(MatterGrant.role, person.roles),
        in_force(MatterGrant.first_day, MatterGrant.last_day, today),
    )
    advocacy = and_(
        Advocacy.feedback_id == Feedback.id,
        Advocacy.account_id == person.id,
        following.stands(today),
    )
    themself = NamedPerson.account_id == person.id
    above = NamedPerson.account_id.in_(person.superiors)
    designated = NamedPerson.for_designated.is_(True)
    return Conditions(
        own_team=_own_team(person),
        in_danger=_in_danger(),
        named=_names(themself),
        named_above=_names(above) if person.superiors else false(),
        for_designated=_names(designated),
        unsettled=Feedback.persons_unsettled.is_(True),
        given=_there_is(grant) if person.roles else false(),
        followed=_there_is(advocacy),
        spoken_for=_there_is(advocacy & Advocacy.speaks),
        decided_for=_there_is(advocacy & Advocacy.decides),
        letters_for=_there_is(advocacy & Advocacy.gets_letters),
        data_asked=_there_is(AccessRequest.feedback_id == Feedback.id),
        allocated=_allocated(person),
        erased=Feedback.erased_at.is_not(None),
        glass_broken=false(),
        walled=_names(
            or_(themself, above, designated) if person.superiors else themself | designated
        ),
    )


def standing(
    session: Session, person: Person, feedback_id: int, today: date, now: datetime
) -> Standing:
    """What one matter is to one person.

    Args:
        session: any session.
        person: who asks.
        feedback_id: the matter's key.
        today, now: as in `conditions`.
    """
    wanted = standings(person, today).where(Feedback.id == feedback_id)
    return read(plain_rows(session, wanted, {NOW: now}).all())


@lru_cache(maxsize=PEOPLE_KEPT)
def standings(person: Person, today: date) -> Select[*tuple[Any, ...]]:
    """What matters are to one person, as `read` takes it: a line for each part of a matter, with
    the matter's key first. The caller says which matters, and binds `NOW` to the moment.

    Args:
        person: who asks.
        today: as in `conditions`.
    """
    now = bindparam(NOW, type_=GlassBreak.ends_at.type)
    parts = replace(conditions_of_today(person, today), glass_broken=_glass(person, now))
    thanked = (Decision.feedback_id == Feedback.id) & (Decision.outcome == Outcome.THANKED)
    return (
        select(
            Feedback.id,
            Case.team,
            Decision.team,
            parts.in_danger,
            parts.named,
            parts.named_above,
            parts.for_designated,
            parts.unsettled,
            parts.given,
            parts.followed,
            parts.spoken_for,
            parts.decided_for,
            parts.letters_for,
            parts.data_asked,
            parts.allocated,
            parts.erased,
            parts.glass_broken,
        )
        .select_from(Feedback)
        .outerjoin(Case, Case.feedback_id == Feedback.id)
        .outerjoin(Decision, thanked)
    )


def read(lines: Sequence[Row[*tuple[Any, ...]]]) -> Standing:
    """What one matter is, from its lines of `standings`."""
    # Thanks become no case, and are the team's all the same.
    teams = {line[1] for line in lines} - {None} or {line[2] for line in lines} - {None}
    return Standing(frozenset(teams), *(bool(part) for part in lines[0][3:]))


def _own_team(person: Person) -> ColumnElement[bool]:
    if not person.teams:
        return false()
    case = (Case.feedback_id == Feedback.id) & Case.team.in_(person.teams)
    # Thanks become no case, and are the team's to read all the same.
    thanks = and_(
        Decision.feedback_id == Feedback.id,
        Decision.outcome == Outcome.THANKED,
        Decision.team.in_(person.teams),
    )
    return or_(_there_is(case), _there_is(thanks))


def _allocated(person: Person) -> ColumnElement[bool]:
    return _there_is(
        and_(
            Case.feedback_id == Feedback.id,
            Allocation.case_id == Case.id,
            Allocation.account_id == person.id,
            one_of_these(Allocation.state, STANDS),
        )
    )


def _in_danger() -> ColumnElement[bool]:
    waiting = (Feedback.state == FeedbackState.WAITING) & (Feedback.risk == Risk.NOW)
    case = and_(
        Case.feedback_id == Feedback.id, Case.risk == Risk.NOW, Case.state == CaseState.OPEN
    )
    untaken = and_(DangerAlert.feedback_id == Feedback.id, DangerAlert.ended_at.is_(None))
    return or_(waiting, _there_is(case), _there_is(untaken))


def _names(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    linked = and_(
        NamedPerson.feedback_id == Feedback.id, NamedPerson.unlinked_at.is_(None), condition
    )
    return _there_is(linked)


def _there_is(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    # Bound to the outer query's feedback alone: a list that joins the same table must not lend it.
    return exists().where(condition).correlate(Feedback)
