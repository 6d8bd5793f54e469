"""What the annual report measures a stage by: each length, in time or late, and by how much.

The report states statutory stage 1 against 10 and 20 working days and stage 2 against 25 and 65
(reference/procedures.md 2.7), whatever the council promised and whatever an extension allowed.
"""

from dataclasses import dataclass
from datetime import date

from portal.procedures.procedure import ClockKey, Profile
from portal.procedures.working_days import Calendar, after, working_days_between


@dataclass(frozen=True)
class Measure:
    """A stage against one length. `in_time` is None while it is open and not yet due, because it
    belongs neither to those in time nor to those late; `late_by` is in working days."""

    length: int
    due_on: date
    in_time: bool | None
    late_by: int


def measures(
    profile: Profile,
    clock: ClockKey,
    start: date,
    met_on: date | None,
    today: date,
    calendar: Calendar,
) -> tuple[Measure, ...]:
    """Measure a clock against every length that its profile is reported by.

    Args:
        profile: the timescales that the stage keeps.
        clock: which of its clocks.
        start: the day from which the clock counts.
        met_on: the day on which it was met, if it was.
        today: an open one is judged as it stands on this day, the report's as-at date.
        calendar: the days off.

    Returns:
        One measure a length, the shortest first; none where the profile reports nothing for it.
    """
    rule = profile.promised[clock]
    found = []
    for length in profile.reported_against.get(clock, ()):
        due = after(start, length, rule.unit, calendar, rule.roll).due
        ended = met_on or today
        late_by = max(0, working_days_between(due, ended, calendar))
        late = ended > due
        in_time = None if met_on is None and not late else not late
        found.append(Measure(length, due, in_time, late_by))
    return tuple(found)
