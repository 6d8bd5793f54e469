"""The Children Act 1989 representations procedure: SI 2006/1738 ("the Regulations").

Regulations 9, 14, 17 and 20 were read in summaries only (reference/procedures.md section 11), so
the figures are checked limits while who agrees an extension, and why, is the council's setting.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from portal.procedures.law import Binds, LawLimit
from portal.procedures.procedure import ClockKey, StartEvent
from portal.procedures.working_days import (
    ONE_DAY,
    PAUSED,
    Calendar,
    Deadline,
    Unit,
    after,
    working_days_between,
)

STAGE_1_USUAL, STAGE_1_LONGEST = 10, 20
STAGE_2_USUAL, STAGE_2_LONGEST = 25, 65
THIRTEEN_WEEKS = 13 * 7

LIMITS = (
    LawLimit(
        ClockKey.MAKE,
        StartEvent.GROUNDS_AROSE,
        1,
        Unit.YEARS,
        "regulation 9 of SI 2006/1738",
        Binds.PERSON,
        required=False,
    ),
    LawLimit(
        ClockKey.STAGE_1,
        StartEvent.RECEIVED,
        STAGE_1_LONGEST,
        Unit.WORKING_DAYS,
        "regulation 14 of SI 2006/1738",
    ),
    LawLimit(
        ClockKey.STAGE_2,
        StartEvent.REQUEST,
        STAGE_2_LONGEST,
        Unit.WORKING_DAYS,
        "regulation 17 of SI 2006/1738",
    ),
    LawLimit(
        ClockKey.PANEL,
        StartEvent.PANEL_REQUEST,
        30,
        Unit.WORKING_DAYS,
        "regulation 19(4) of SI 2006/1738",
    ),
    LawLimit(
        ClockKey.PANEL_REPORT,
        StartEvent.PANEL_HELD,
        5,
        Unit.WORKING_DAYS,
        "regulation 20 of SI 2006/1738",
    ),
    LawLimit(
        ClockKey.PANEL_ANSWER,
        StartEvent.PANEL_REPORT_RECEIVED,
        15,
        Unit.WORKING_DAYS,
        "regulation 20(3) of SI 2006/1738",
    ),
)
"""What a council's statutory profile is checked against at start."""


@dataclass(frozen=True)
class SecondStageClocks:
    """Both readings of when stage 2 began, each with its usual and its longest date.

    The Ombudsman counts from the request; some councils from the agreed statement. The second
    pair is None until a statement is agreed. Thirteen weeks from the request is how the Ombudsman
    puts the longest time; around holidays it ends before 65 working days do.
    """

    from_request: Deadline
    from_request_longest: Deadline
    thirteen_weeks: Deadline
    from_statement: Deadline | None
    from_statement_longest: Deadline | None

    @property
    def longest(self) -> Deadline:
        """The earlier of the two longest dates from the request: the one to keep."""
        return min(self.thirteen_weeks, self.from_request_longest, key=lambda clock: clock.due)


def second_stage_clocks(
    request: date, statement_agreed: date | None, calendar: Calendar
) -> SecondStageClocks:
    """Count stage 2 both ways: 25 and 65 working days (regulation 17).

    Args:
        request: the day the person asked for stage 2.
        statement_agreed: the day the statement of complaint was agreed, if it has been.
        calendar: the days off.
    """

    def count(start: date, length: int) -> Deadline:
        return after(start, length, Unit.WORKING_DAYS, calendar)

    agreed = statement_agreed
    return SecondStageClocks(
        from_request=count(request, STAGE_2_USUAL),
        from_request_longest=count(request, STAGE_2_LONGEST),
        thirteen_weeks=after(request, THIRTEEN_WEEKS, Unit.DAYS, calendar),
        from_statement=None if agreed is None else count(agreed, STAGE_2_USUAL),
        from_statement_longest=None if agreed is None else count(agreed, STAGE_2_LONGEST),
    )


@dataclass(frozen=True)
class Pause:
    """A time when a clock stood still, both days included; `last_day` is None while it does."""

    first_day: date
    last_day: date | None

    def __post_init__(self) -> None:
        """Refuse a pause that ends before it begins."""
        if self.last_day is not None and self.last_day < self.first_day:
            raise ValueError("A pause cannot end before it begins; correct its last day.")


@dataclass(frozen=True)
class PausedClock:
    """A date as the law counts it, and beside it the date that allows for pauses.

    `used` and `left` are working days at the beginning of the latest pause (one without an end
    counts as the latest). `adjusted` is None
    while that pause has no end.
    """

    unadjusted: Deadline
    adjusted: Deadline | None
    used: int
    left: int


def adjusted_for_pause(
    start: date, length: int, pauses: Sequence[Pause], calendar: Calendar
) -> PausedClock:
    """Count working days with pauses taken out.

    Nothing read in the Regulations stops a clock, so a pause is the council's own decision: the
    unadjusted date stays visible and is what is reported (reference/procedures.md 2.4).

    Args:
        start: day 0.
        length: working days.
        pauses: in any order; they may touch or overlap.
        calendar: the days off.

    Raises:
        ValueError: no pause was given, or the length is below one.
    """
    if not pauses:
        raise ValueError("Without a pause there is nothing to adjust; count with after().")
    unadjusted = after(start, length, Unit.WORKING_DAYS, calendar)
    latest = max(pauses, key=lambda pause: (pause.last_day is None, pause.first_day))
    ended = _with_paused_days(calendar, (p for p in pauses if p.last_day is not None))
    before_latest = max(start, latest.first_day - ONE_DAY)
    used = min(length, working_days_between(start, before_latest, ended))
    # A clock that had run out before the pause began is not moved by it.
    running = used < length
    stands_still = latest.last_day is None and running
    adjusted = None if stands_still else after(start, length, Unit.WORKING_DAYS, ended)
    return PausedClock(unadjusted, adjusted, used, length - used)


def _with_paused_days(calendar: Calendar, pauses: Iterable[Pause]) -> Calendar:
    """Make the working days of each ended pause days off, with a version that says so."""
    paused: dict[date, str] = {}
    marks = []
    for pause in sorted(pauses, key=lambda p: p.first_day):
        if pause.last_day is None:
            continue
        marks.append(f"{pause.first_day} to {pause.last_day}")
        day = pause.first_day
        while day <= pause.last_day:
            if calendar.why_not_working(day) is None:
                paused[day] = PAUSED
            day += ONE_DAY
    version = f"{calendar.version}; paused {', '.join(marks)}" if marks else calendar.version
    return replace(calendar, holidays={**calendar.holidays, **paused}, version=version)
