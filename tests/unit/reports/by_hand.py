"""What a report must say of an invented register, counted from its descriptions with nothing of
the report's own code: slow, plain, and another way round."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from portal.council import Council
from portal.procedures.finding import Finding
from portal.procedures.procedure import StageKey, Track
from portal.procedures.refusal import RefusalReason
from tests.unit.reports.invented_register import Invented, Matter, StoredStage

LONGEST = {
    (Track.STATUTORY, StageKey.STAGE_1): 20,
    (Track.STATUTORY, StageKey.STAGE_2): 65,
    (Track.CORPORATE, StageKey.STAGE_1): 20,
    (Track.CORPORATE, StageKey.STAGE_2): 25,
}
NOWHERE = ("moved", "refused", "duplicate")


@dataclass(frozen=True)
class ByHand:
    """Counts of one register for one year as it stood on one day."""

    council: Council
    invented: Invented
    begins: int
    as_at: date

    def in_year(self, day: date, back: int = 0) -> bool:
        """Whether a day lies in the year, or so many years before it, and has come."""
        first, last = date(self.begins - back, 4, 1), date(self.begins - back + 1, 3, 31)
        return first <= day <= last and day <= self.as_at

    def stages(self, track: Track, key: StageKey, back: int = 0) -> list[StoredStage]:
        """The stages that count."""
        return [
            one
            for one in self.invented.stages
            if (one.track, one.key) == (track, key)
            and self.in_year(one.opened_on, back)
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
        found = {finding for finding in one.step.found if finding is not None}
        if not found:
            return "Settled with the person" if one.step.found else "Answered, no finding recorded"
        if found == {Finding.NO_FINDING}:
            return "Unable to make a finding"
        found.discard(Finding.NO_FINDING)
        if found == {Finding.UPHELD}:
            return "Upheld"
        return "Not upheld" if found == {Finding.NOT_UPHELD} else "Partially upheld"

    def time(self, one: StoredStage) -> str:
        """How it stands against the longest length, in the words of a column."""
        due, left = one.opened_on, LONGEST[one.track, one.key]
        while left:
            due += timedelta(days=1)
            working = due.weekday() < 5 and due not in self.council.calendar.holidays
            left -= working
        outcome = self.outcome(one)
        if outcome == "Complaint withdrawn":
            return outcome
        if outcome == "Open":
            return "Over timescale" if self.as_at > due else "Not yet due"
        assert one.ended_on is not None
        late = one.ended_on > due
        if outcome == "Ended otherwise":
            return "Over timescale" if late else "Ended before it was due"
        return "Over timescale" if late else "Within timescale"

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
            if one.reason is not None and self.in_year(one.received_on, back)
        ]

    def compliments(self, back: int = 0) -> list[Matter]:
        """The compliments of a year."""
        return [
            one
            for one in self.invented.matters
            if one.reason is None and self.in_year(one.received_on, back)
        ]

    def not_for_schools(self) -> list[Matter]:
        """Duty matters without those for schools."""
        return [one for one in self.duty() if one.reason is not RefusalReason.SCHOOL]

    def leadership(self, one: Matter | StoredStage) -> str:
        """The name of the leadership of whom it was about: here none has ever moved."""
        code = self.council.teams[one.team].membership[0].leadership
        return self.council.leaderships[code]


def rounded(part: int, base: int) -> str:
    """A share as the report writes it, by another road than the report's: half up."""
    if not base:
        return "-"
    exact = 100 * part / base
    if 0 < exact < 1:
        return "<1%"
    return f"{int(exact + 0.5 + 1e-9)}%"
