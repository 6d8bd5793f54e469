"""The stages that a report counts, as slim values: which, whose, how each came out, how late."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from portal.procedures.procedure import Profile, StageKey, Track
from portal.procedures.stage_outcome import (
    UNCOUNTED,
    Course,
    Found,
    StageOutcome,
    Timing,
    outcome_of,
    timing_of,
)
from portal.procedures.state import State
from portal.procedures.vocabulary import Nature, Relationship, Team
from portal.procedures.working_days import Unit, after
from portal.records.feedback import Door
from portal.reports.annual import stage_query
from portal.reports.annual.scope import Scope

AT_A_TIME = 5_000
FINDINGS = len(Found._fields)


class StageRow(NamedTuple):
    """One stage. `matter` is the key of its feedback; `timings` go with `lengths`, the shortest
    first. `found` is by whoever decides at the stage, `recommended` by whoever looked into it
    from outside."""

    matter: int
    case_id: int
    stage_id: int
    back: int
    track: Track
    key: StageKey
    team: Team
    leadership: str
    opened_on: date
    answered_on: date | None
    outcome: StageOutcome
    lengths: tuple[int, ...]
    timings: tuple[Timing, ...]
    # Its own date, extensions included.
    due_on: date
    found: Found
    recommended: Found
    nature: Nature | None
    relationship: Relationship | None
    young: bool
    advocate_wanted: str | None

    @property
    def timing(self) -> Timing | None:
        """Against the longest length, by which the report says in time; None where there is
        none."""
        return self.timings[-1] if self.timings else None


@dataclass
class DueDates:
    """The last days of lengths, each counted once: a year has few different first days."""

    scope: Scope
    _known: dict[tuple[date, int, Unit, bool], date] = field(default_factory=dict)

    def due(self, start: date, length: int, unit: Unit, roll: bool) -> date:
        """The last day of a length that begins on a day."""
        key = (start, length, unit, roll)
        if key not in self._known:
            calendar = self.scope.council.calendar
            self._known[key] = after(start, length, unit, calendar, roll).due
        return self._known[key]

    def of_clock(self, profile: Profile, key: str, start: date) -> tuple[tuple[int, date], ...]:
        """The lengths that the report measures a clock by, with their last days. Where a profile
        names none, what it promises is the measure."""
        rule = profile.promised.get(key)
        if rule is None:
            return ()
        lengths = profile.reported_against.get(key) or (rule.length,)
        return tuple((n, self.due(start, n, rule.unit, rule.roll)) for n in lengths)


def read(session: Session, scope: Scope, dates: DueDates) -> Iterator[StageRow]:
    """Read every stage of the years shown, those that count and those that do not.

    Args:
        session: any session.
        scope: the report's bounds.
        dates: keeps the dates that were counted.
    """
    profiles = {profile.code: profile for profile in scope.council.profiles}
    wanted = stage_query.stages(scope).execution_options(yield_per=AT_A_TIME)
    for row in session.execute(wanted):
        back = scope.back_of(row.opened_on)
        profile = profiles.get(row.profile)
        # A profile that the council's file no longer has names no procedure to count it under.
        if back is not None and profile is not None:
            yield _row(row, back, profile, profiles, scope, dates)


def _row(
    row: Any, back: int, profile: Profile, profiles: dict[str, Profile], scope: Scope,
    dates: DueDates,
) -> StageRow:  # fmt: skip
    decided, recommended = _found(row, 0), _found(row, FINDINGS)
    found = decided if any(decided) else recommended
    outcome = outcome_of(_course(row, profile, profiles), found, scope.as_at)
    answered = row.answered_on if row.answered_on and row.answered_on <= scope.as_at else None
    measured = () if outcome in UNCOUNTED else dates.of_clock(profile, row.key, row.start_on)
    return StageRow(
        matter=row.feedback_id,
        case_id=row.case_id,
        stage_id=row.id,
        back=back,
        track=profile.track,
        key=StageKey(row.key),
        team=row.team,
        leadership=scope.leadership(row.team),
        opened_on=row.opened_on,
        answered_on=answered,
        outcome=outcome,
        lengths=tuple(length for length, _ in measured),
        timings=tuple(
            timing_of(outcome, answered, row.ended_on, due, scope.as_at) for _, due in measured
        ),
        due_on=row.due_on,
        found=found,
        recommended=recommended,
        nature=row.nature,
        relationship=row.relationship,
        young=row.door is Door.YOUNG_PEOPLE,
        advocate_wanted=row.advocate_wanted,
    )


def _course(row: Any, profile: Profile, profiles: dict[str, Profile]) -> Course:
    following = None
    if row.next_key is not None and row.next_profile in profiles:
        following = (profiles[row.next_profile].track, StageKey(row.next_key))
    return Course(
        profile.track, StageKey(row.key), row.answered_on, row.ended_on, following,
        State(row.procedure_state), StageKey(row.stage_key),
    )  # fmt: skip


def _found(row: Any, first: int) -> Found:
    """The counts of one kind of giver stand behind the columns of the stage."""
    begins = len(row) - 2 * FINDINGS + first
    return Found(*(number or 0 for number in row[begins : begins + FINDINGS]))
