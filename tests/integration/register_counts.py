"""The invented register counted by plain SQL and plain Python: no line is the report's code."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, text

Counted = dict[tuple[str, str, str], int]
YEAR = """case when substr({0}, 6, 2) >= '04' then substr({0}, 1, 4)
          else cast(substr({0}, 1, 4) - 1 as text) end"""
STAGES = f"""
select {YEAR.format("s.opened_on")} as year, s.key, s.profile, c.team, c.procedure_state,
       s.id as stage_id, s.opened_on, s.due_on, s.answered_on, s.ended_on, d.nature, d.relationship
from case_stage s join "case" c on c.id = s.case_id
join decision d on d.feedback_id = c.feedback_id
"""
FINDINGS = "select stage_id, giver, finding, resolved from point_finding"
DECIDED = f"""
select {YEAR.format("f.received_on")} as year, d.procedure, d.category, d.outcome, d.reason, d.team
from decision d join feedback f on f.id = d.feedback_id
"""
REMEDIES = f"""
select {YEAR.format("s.opened_on")} as year, s.profile, r.stage_key, r.giver, r.kind
from remedy r join case_stage s on s.case_id = r.case_id and s.key = r.stage_key
"""
MATTERS = f"""
select {YEAR.format("f.received_on")} as year, c.team, m.reached, m.decision, m.declined
from ombudsman_matter m join "case" c on c.id = m.case_id
join feedback f on f.id = c.feedback_id
"""
REFUSED = {
    "court_decision", "out_of_time_statutory", "out_of_time_corporate", "not_eligible",
    "already_concluded", "unreasonable", "policy_or_budget",
}  # fmt: skip
SSTS = {
    "specialist_safeguarding_unit", "first_response", "emergency_duty", "lado", "youth_offending",
    "early_help",
}  # fmt: skip
LACD = {
    "care_planning_court", "disability", "throughcare", "adoption", "fostering",
    "occupational_therapy", "intensive_prevention",
}  # fmt: skip
EDU = {
    "send", "admissions_transport", "home_education", "educational_psychology", "education_welfare",
    "performance_licence", "penalty_notices", "home_tuition",
}  # fmt: skip


def share(part: int, whole: int) -> int:
    """Whole per cent, a half upwards."""
    return (200 * part + whole) // (2 * whole)


def change(before: int, now: int) -> int:
    """Whole per cent from one year to the next, a half away from nothing."""
    size = share(abs(now - before), before)
    return size if now >= before else -size


def rows(connection: Connection, sql: str) -> Sequence[Any]:
    """Every row of a query."""
    return connection.execute(text(sql)).all()


def rolled(found: Iterable[Any]) -> str:
    """What the findings on a stage's points come to."""
    given = list(found)
    if not given:
        return "none"
    if all(one.resolved for one in given):
        return "settled"
    kinds = {one.finding for one in given if one.finding and one.finding != "no_finding"}
    if not kinds:
        return "no_finding"
    return kinds.pop() if len(kinds) == 1 else "partially_upheld"


class Register:
    """Everything that is counted, read once."""

    def __init__(self, connection: Connection) -> None:
        self.stages = rows(connection, STAGES)
        self.decided = rows(connection, DECIDED)
        self.remedies = rows(connection, REMEDIES)
        self.matters = rows(connection, MATTERS)
        by_stage: dict[tuple[int, str], list[Any]] = {}
        for one in rows(connection, FINDINGS):
            by_stage.setdefault((one.stage_id, one.giver), []).append(one)
        self.findings = by_stage

    def of(self, track: str, key: str, year: str) -> list[Any]:
        """The stages of a track that opened in a year, such as `2019-20`."""
        return [
            one
            for one in self.stages
            if one.profile.startswith(track) and one.key == key and one.year == year[:4]
        ]

    def outcomes(self, track: str, year: str) -> Counter[str]:
        """Stage 1 by what became of it."""
        found: Counter[str] = Counter()
        for one in self.of(track, "stage_1", year):
            if one.answered_on is not None:
                found[rolled(self.findings.get((one.stage_id, "service"), ()))] += 1
            elif one.ended_on is not None:
                found[one.procedure_state] += 1
            else:
                found["open"] += 1
        return found

    def times(self, track: str, year: str, as_at: str) -> Counter[str]:
        """Stage 1 by its day; an open one past it is late."""
        found: Counter[str] = Counter()
        for one in self.of(track, "stage_1", year):
            if one.answered_on is None and one.ended_on is not None:
                found[one.procedure_state] += 1
            elif one.answered_on is None and one.due_on >= as_at:
                found["not_due"] += 1
            else:
                found["late" if (one.answered_on or as_at) > one.due_on else "in_time"] += 1
        return found


def team_tables(register: Register) -> Iterator[tuple[tuple[str, str, str], int]]:
    """T07, T08 and T22 to T24."""
    for table, track, teams in (
        ("T07", "statutory", SSTS),
        ("T08", "statutory", LACD),
        ("T22", "corporate", EDU),
        ("T23", "corporate", LACD),
        ("T24", "corporate", SSTS),
    ):
        for year in ("2018-19", "2019-20"):
            found = Counter(one.team for one in register.of(track, "stage_1", year))
            for team in teams:
                yield (table, team, year), found[team]
            yield (table, "total", year), sum(found[team] for team in teams)


def by_year(register: Register, as_at: str) -> Iterator[tuple[tuple[str, str, str], int]]:
    """T06, T09, T12, T13, T21, T25 and T29."""
    for table, track in (("T06", "statutory"), ("T21", "corporate")):
        for year in ("2017-18", "2018-19", "2019-20"):
            yield (table, year, "total"), len(register.of(track, "stage_1", year))
    for outcomes, times, track in (("T09", "T12", "statutory"), ("T25", "T29", "corporate")):
        for year in ("2017-18", "2018-19", "2019-20"):
            base = len(register.of(track, "stage_1", year))
            for what, number in register.outcomes(track, year).items():
                yield (outcomes, year, what), share(number, base)
            for what, number in register.times(track, year, as_at).items():
                yield (times, year, what), share(number, base)
    for year in ("2015-16", "2016-17", "2017-18", "2018-19", "2019-20"):
        first = len(register.of("statutory", "stage_1", year))
        second = len(register.of("statutory", "stage_2", year))
        yield ("T13", year, "stage_1"), first
        yield ("T13", year, "stage_2"), second
        yield ("T13", year, "share"), share(second, first)


def composition(register: Register) -> Iterator[tuple[tuple[str, str, str], int]]:
    """T02."""
    kinds: dict[str, list[int]] = {}
    for year in ("2018-19", "2019-20"):
        decided = [one for one in register.decided if one.year == year[:4]]
        found = {
            "duty": sum(one.procedure == "duty" for one in decided),
            "compliments": sum(one.outcome == "thanked" for one in decided),
            "mp_enquiries": len(register.of("mp-", "answer", year)),
            "ombudsman": len(register.of("ombudsman", "enquiry", year)),
        }
        for track, keys in (("statutory", 3), ("corporate", 2)):
            for number in range(1, keys + 1):
                stages = register.of(track, f"stage_{number}", year)
                found[f"{track}_stage_{number}"] = len(stages)
        for kind, number in found.items():
            kinds.setdefault(kind, []).append(number)
    for kind, (before, now) in kinds.items():
        yield ("T02", kind, "2018-19"), before
        yield ("T02", kind, "2019-20"), now
        yield ("T02", kind, "change"), change(before, now)
