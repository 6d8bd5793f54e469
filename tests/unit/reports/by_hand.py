"""What a report must say of an invented register, counted from its descriptions with nothing of
the report's own code: slow, plain, and another way round."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from portal.council import Council
from portal.procedures.finding import Finding
from portal.procedures.procedure import StageKey, Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.vocabulary import Team
from tests.unit.reports.invented import Invented, Matter, Money, StoredStage

LENGTHS = {
    (Track.STATUTORY, StageKey.STAGE_1): (10, 20),
    (Track.STATUTORY, StageKey.STAGE_2): (25, 65),
    (Track.CORPORATE, StageKey.STAGE_1): (20,),
    (Track.CORPORATE, StageKey.STAGE_2): (25,),
    (Track.CORPORATE, StageKey.STAGE_3): (30,),
    (Track.MP_ENQUIRY, StageKey.ANSWER): (10,),
    (Track.MEMBER_ENQUIRY, StageKey.ANSWER): (10,),
    (Track.OMBUDSMAN, StageKey.ENQUIRY): (20,),
}
"""In working days, as the council's file has them for the years of these tests, and for corporate
stage 3 that of the council that has one."""
NOWHERE = ("moved", "refused", "duplicate")
FINDINGS = ("Upheld", "Partially upheld", "Not upheld", "Unable to make a finding")
COMPLETED = (*FINDINGS, "Settled with the person", "Answered, no finding recorded")
OUTCOMES = (*COMPLETED, "Complaint withdrawn", "Ended otherwise", "Open")
IN_TIME, LATE = "Within timescale", "Over timescale"
TIMES = (IN_TIME, LATE, "Complaint withdrawn", "Not yet due", "Ended before it was due")
Row = list[str]
Table = tuple[int | None, list[Row]]
"""The base of a table, and its rows as they are read."""


@dataclass(frozen=True)
class ByHand:
    """Counts of one register for one year as it stood on one day."""

    council: Council
    invented: Invented
    begins: int
    as_at: date
    quarter: int | None = None
    teams: Sequence[Team] | None = None

    @property
    def whole(self) -> bool:
        """Whether it is about the whole year and everybody."""
        return self.quarter is None and self.teams is None

    def label(self, back: int = 0) -> str:
        """What a year, or its quarter, is called."""
        begins = self.begins - back
        part = "" if self.quarter is None else f", quarter {self.quarter}"
        return f"{begins}/{(begins + 1) % 100}{part}"

    def in_year(self, day: date, back: int = 0) -> bool:
        """Whether a day lies in the year, or so many years before it, or in the quarter of that,
        and has come."""
        first, last = date(self.begins - back, 4, 1), date(self.begins - back + 1, 3, 31)
        if self.quarter is not None and (day.month - 4) % 12 // 3 + 1 != self.quarter:
            return False
        return first <= day <= last and day <= self.as_at

    def covers(self, one: Matter | StoredStage) -> bool:
        """Whether it is about one of the teams."""
        return self.teams is None or one.team in self.teams

    def stages(self, track: Track, key: StageKey, back: int = 0) -> list[StoredStage]:
        """The stages that count."""
        return [
            one
            for one in self.invented.stages
            if (one.track, one.key) == (track, key)
            and self.in_year(one.opened_on, back)
            and self.covers(one)
            and not (self.over(one) and one.step.end in NOWHERE)
        ]

    def over(self, one: StoredStage) -> bool:
        """Whether a stage had ended, in whatever way."""
        return one.ended_on is not None and one.ended_on <= self.as_at

    def outcome(self, one: StoredStage) -> str:
        """How it came out, in the words of a column."""
        if not self.over(one):
            return "Open"
        if one.step.end == "withdrawn":
            return "Complaint withdrawn"
        if one.step.end != "answered":
            return "Ended otherwise"
        step = (one.led_by or one).step
        points = step.found or step.outside
        found = {finding for finding in points if finding is not None}
        if not found:
            return "Settled with the person" if points else "Answered, no finding recorded"
        if found == {Finding.NO_FINDING}:
            return "Unable to make a finding"
        found.discard(Finding.NO_FINDING)
        if found == {Finding.UPHELD}:
            return "Upheld"
        return "Not upheld" if found == {Finding.NOT_UPHELD} else "Partially upheld"

    def last_day(self, one: StoredStage, length: int, start: int | None = None) -> date:
        """The last of so many working days from the day on which a stage's own clock starts, or
        from so many days after it opened."""
        due = one.opened_on + timedelta(days=one.step.start if start is None else start)
        left = length
        while left:
            due += timedelta(days=1)
            left -= due.weekday() < 5 and due not in self.council.calendar.holidays
        return due

    def time(self, one: StoredStage, length: int | None = None) -> str:
        """How it stands against a length, or the longest, in the words of a column."""
        due = self.last_day(one, length or LENGTHS[one.track, one.key][-1])
        outcome = self.outcome(one)
        if outcome == "Complaint withdrawn":
            return outcome
        if outcome == "Open":
            return LATE if self.as_at > due else "Not yet due"
        assert one.ended_on is not None
        late = one.ended_on > due
        if outcome == "Ended otherwise":
            return LATE if late else "Ended before it was due"
        return LATE if late else IN_TIME

    def outcomes(self, track: Track, key: StageKey, back: int = 0) -> Counter[str]:
        """How many came out how."""
        return Counter(self.outcome(one) for one in self.stages(track, key, back))

    def times(self, track: Track, key: StageKey, back: int = 0) -> Counter[str]:
        """How many kept their time how."""
        return Counter(self.time(one) for one in self.stages(track, key, back))

    def duty(self, back: int = 0) -> list[Matter]:
        """The duty matters of a year."""
        return [
            one
            for one in self.invented.matters
            if one.reason is not None and self.in_year(one.received_on, back) and self.covers(one)
        ]

    def compliments(self, back: int = 0) -> list[Matter]:
        """The compliments of a year."""
        return [
            one
            for one in self.invented.matters
            if one.reason is None and self.in_year(one.received_on, back) and self.covers(one)
        ]

    def not_for_schools(self) -> list[Matter]:
        """Duty matters without those for schools."""
        return [one for one in self.duty() if one.reason is not RefusalReason.SCHOOL]

    def leadership(self, one: Matter | StoredStage) -> str:
        """The name of the leadership of whom it was about: here none has ever moved."""
        return self.council.leaderships[self.code(one)]

    def code(self, one: Matter | StoredStage) -> str:
        """The code of that leadership."""
        return self.council.teams[one.team].membership[0].leadership

    def team(self, one: Matter | StoredStage) -> str:
        """A team as the report names it."""
        return self.council.teams[one.team].officer_label

    def counted(self) -> list[StoredStage]:
        """Every stage of the year that counts, of whatever procedure."""
        return [
            one
            for one in self.invented.stages
            if self.in_year(one.opened_on)
            and self.covers(one)
            and not (self.over(one) and one.step.end in NOWHERE)
        ]

    def remedies(self, back: int = 0) -> list[tuple[StoredStage, int, Money]]:
        """What was promised and recommended at the stages of a year, each with its stage and its
        place there."""
        return [
            (one, at, money)
            for one in self.invented.stages
            if self.in_year(one.opened_on, back) and self.covers(one)
            for at, money in enumerate(one.step.remedies)
            if self.happened(one, money.made)
        ]

    def state(self, one: StoredStage, money: Money) -> str:
        """How far a remedy had come by the day: what is done later was a promise."""
        later = one.opened_on + timedelta(days=money.done) > self.as_at
        return "promised" if money.state == "done" and later else money.state.value

    def happened(self, one: StoredStage, days: int) -> bool:
        """Whether what happened so many days after a stage opened lies before the day's end."""
        return one.opened_on + timedelta(days=days) <= self.as_at


def rounded(part: int, base: int) -> str:
    """A share as the report writes it, by another road than the report's: half up."""
    if not base:
        return "-"
    return f"{int(100 * part / base + 0.5 + 1e-9)}%"


def change(last: int, this: int) -> str:
    """A change as the report writes it."""
    if not last or last == this:
        return "-"
    arrow, size = ("↑", this - last) if this > last else ("↓", last - this)
    whole = int(100 * size / last + 0.5 + 1e-9)
    return f"{whole or '<1'}% {arrow}"


def pounds(pence: int) -> str:
    """A sum as the report writes it."""
    return f"£{pence // 100:,}.{pence % 100:02}".removesuffix(".00")


def tally(words: Iterable[str], order: Iterable[str]) -> list[tuple[str, int]]:
    """How often each word of an order comes."""
    found = Counter(words)
    return [(word, found[word]) for word in order]
