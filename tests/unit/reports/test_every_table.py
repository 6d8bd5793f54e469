"""Of whatever register, everything adds up, and every table says what a count by hand says."""

from collections import Counter
from dataclasses import replace
from datetime import date

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.council import load_council
from portal.db import db
from portal.procedures.finding import Finding
from portal.procedures.ombudsman_decision import OmbudsmanDecision, Reached
from portal.procedures.procedure import StageKey, Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.remedy import PAYMENTS, RemedyKind, RemedyState
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.vocabulary import Nature, Relationship, Team
from portal.reports.annual.making import annual_report
from portal.reports.annual.table import AnnualReport, ReportTable
from tests.unit.reports.by_hand import ByHand, rounded
from tests.unit.reports.invented_register import Complaint, Invented, Matter, Money, Step, store

COUNCIL = load_council("staffordshire")
YEAR = ReportingYear(2019)
S, C = Track.STATUTORY, Track.CORPORATE
ONE, TWO, THREE = StageKey.STAGE_1, StageKey.STAGE_2, StageKey.STAGE_3

DAYS = st.dates(date(2014, 10, 1), date(2020, 9, 30))
TEAMS = st.sampled_from(
    [Team.SEND, Team.FOSTERING, Team.FIRST_RESPONSE, Team.OTHER, Team.DISABILITY, Team.LADO]
)
FOUND = st.lists(st.sampled_from([*Finding, None]), max_size=4).map(tuple)
MONEY = st.builds(
    Money,
    kind=st.sampled_from(RemedyKind),
    state=st.sampled_from(RemedyState),
    pence=st.integers(0, 500_000),
)
# Many end about the last day of 20 or 25 working days.
LENGTHS = st.integers(0, 130) | st.integers(26, 38)


def step(key: StageKey, *ends: str) -> st.SearchStrategy[Step]:
    """One stage with one of these ends."""
    return st.builds(
        Step, st.just(key), st.sampled_from(ends), LENGTHS, FOUND,
        st.lists(MONEY, max_size=2).map(tuple),
    )  # fmt: skip


@st.composite
def steps(draw: st.DrawFn, track: Track) -> tuple[Step, ...]:
    """The stages of a complaint, each as the one before allows."""
    more = ("went_on",) if track is S else ()
    first = draw(
        step(ONE, "answered", "answered", "withdrawn", "not_considered", "open", "duplicate",
             "moved", *more)
    )  # fmt: skip
    found = [first]
    if first.end == "moved":
        # What was promised before goes with the case, and counts where it went.
        return (replace(first, remedies=()), draw(step(ONE, "answered", "withdrawn", "open")))
    if first.end == "went_on" or (first.end == "answered" and draw(st.booleans())):
        ends = ("answered", "withdrawn", "open") if track is S else ("answered", "open", "refused")
        found.append(draw(step(TWO, *ends)))
        if track is S and found[-1].end == "answered" and draw(st.booleans()):
            found.append(draw(step(THREE, "answered", "open")))
    return tuple(found)


@st.composite
def complaints(draw: st.DrawFn) -> Complaint:
    """One complaint, enquiry or matter of the Ombudsman."""
    track = draw(st.sampled_from([S, S, C, C, Track.MP_ENQUIRY, Track.OMBUDSMAN]))
    if track in (S, C):
        stages = draw(steps(track))
    elif track is Track.MP_ENQUIRY:
        stages = (draw(step(StageKey.ANSWER, "answered", "open")),)
    else:
        stages = (draw(step(StageKey.ENQUIRY, "answered", "open")),)
    return Complaint(
        draw(DAYS), track, draw(TEAMS), draw(st.none() | st.sampled_from(Nature)),
        draw(st.sampled_from(Relationship)), stages,
        draw(st.none() | st.sampled_from(OmbudsmanDecision)),
        draw(st.none() | st.sampled_from(Reached)),
    )  # fmt: skip


MATTERS = st.builds(Matter, DAYS, TEAMS, st.none() | st.sampled_from(RefusalReason), st.booleans())
REGISTERS = st.builds(
    Invented,
    st.lists(complaints(), min_size=4, max_size=25).map(tuple),
    st.lists(MATTERS, max_size=15).map(tuple),
)


def report_of(invented: Invented, as_at: date) -> AnnualReport:
    """The report of a register that is stored and taken back."""
    session = db.session()
    try:
        invented.stages.clear()
        store(session, COUNCIL, invented)
        return annual_report(session, COUNCIL, YEAR, as_at)
    finally:
        session.rollback()


@given(REGISTERS, st.dates(date(2019, 9, 1), date(2021, 3, 31)))
@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large],
)  # fmt: skip
def test_every_table_is_what_a_count_by_hand_says(
    app: Flask, invented: Invented, as_at: date
) -> None:
    report = report_of(invented, as_at)
    hand = ByHand(COUNCIL, invented, YEAR.begins, as_at)
    assert report.disagreements == ()
    for table in report.tables:
        assert all(len(row) == len(table.columns) for row in table.rows), table.id
    same_composition(report, hand)
    same_duty(report, hand)
    same_stages(report, hand)
    same_services(report, hand)
    same_points(report, hand)
    same_ombudsman(report, hand)
    same_money(report, hand)


def counts(table: ReportTable, column: int = 1) -> dict[str, int | None]:
    """The cells of a column by the headings of their rows."""
    return {row[0].text: row[column].value for row in table.rows}


def texts(table: ReportTable, row: int) -> dict[str, str]:
    """The texts of a row by their columns."""
    return {name: cell.text for name, cell in zip(table.columns, table.rows[row], strict=True)}


def numbers(table: ReportTable, row: int) -> Counter[str]:
    """The counts of a row by their columns, but for its heading and the sum in the last."""
    cells = zip(table.columns[1:-1], table.rows[row][1:-1], strict=True)
    return Counter({name: cell.value for name, cell in cells if cell.value})


def same_composition(report: AnnualReport, hand: ByHand) -> None:
    """T01, T02, T06, T13, T21."""
    kinds = [(S, ONE), (S, TWO), (S, THREE), (C, ONE), (C, TWO)]
    for column, back in ((1, 1), (2, 0)):
        shown = [row[column].value for row in report.table("T02").rows]
        stages = [len(hand.stages(track, key, back)) for track, key in kinds]
        assert shown == [
            len(hand.duty(back)), *stages,
            len(hand.stages(Track.OMBUDSMAN, StageKey.ENQUIRY, back)),
            len(hand.compliments(back)),
            len(hand.stages(Track.MP_ENQUIRY, StageKey.ANSWER, back)),
        ]  # fmt: skip
    assert report.table("T01").rows[0][1].value == sum(
        len(hand.stages(track, key)) for track, key in kinds
    )
    for name, track, years in (("T06", S, 3), ("T21", C, 3)):
        shown = [row[-1].value for row in report.table(name).rows]
        assert shown == [len(hand.stages(track, ONE, back)) for back in range(years - 1, -1, -1)]
    for row, back in zip(report.table("T13").rows, range(4, -1, -1), strict=True):
        first, second = (len(hand.stages(S, key, back)) for key in (ONE, TWO))
        assert [cell.value for cell in row[1:3]] == [first, second]
        assert row[3].text == rounded(second, first)
    in_year = hand.stages(C, ONE)
    quarters = Counter((one.opened_on.month - 4) % 12 // 3 for one in in_year)
    shown = [cell.value for cell in report.table("T21").rows[-1][1:5]]
    assert shown == [quarters[number] for number in range(4)]


def same_duty(report: AnnualReport, hand: ByHand) -> None:
    """T03, X03, T04, T34."""
    assert sum(counts(report.table("T03")).values()) == len(hand.duty())
    reasons = Counter(one.reason for one in hand.duty())
    assert sorted(counts(report.table("X03")).values()) == sorted(reasons.values())
    for name, matters in (("T04", hand.not_for_schools()), ("T34", hand.compliments())):
        assert counts(report.table(name)) == Counter(hand.leadership(one) for one in matters)
    for row in report.table("T04").rows:
        assert row[2].text == rounded(row[1].value or 0, len(hand.not_for_schools()))


def same_stages(report: AnnualReport, hand: ByHand) -> None:
    """T09, X09, T12, X12, T25, X25, T29, X29, X16, X18, X30, X20."""
    for outcome, time, shares, rates, track in (
        ("X09", "X12", "T09", "T12", S), ("X25", "X29", "T25", "T29", C),
    ):  # fmt: skip
        for row, back in enumerate((2, 1, 0)):
            opened = len(hand.stages(track, ONE, back))
            outcomes, times = hand.outcomes(track, ONE, back), hand.times(track, ONE, back)
            assert numbers(report.table(outcome), row) == outcomes
            assert numbers(report.table(time), row) == times
            for name, text in list(texts(report.table(shares), row).items())[1:]:
                assert text == rounded(outcomes[name], opened)
            shown = texts(report.table(rates), row)
            in_time, late = times["Within timescale"], times["Over timescale"]
            completed = sum(hand.outcome(one) not in UNFINISHED
                            for one in hand.stages(track, ONE, back))  # fmt: skip
            assert shown["Within timescale"] == rounded(in_time, opened)
            assert shown["In time, of completed"] == rounded(in_time, completed)
            assert shown["In time, of due"] == rounded(in_time, in_time + late)
    for name, track, key in (("X16", S, TWO), ("X18", S, THREE), ("X30", C, TWO)):
        for row, back in enumerate((1, 0)):
            assert numbers(report.table(name), row) == hand.outcomes(track, key, back)
    shown = {row[0].text: row for row in report.table("X20").rows}
    for name, track, key in (("Statutory stage 2", S, TWO), ("Corporate stage 2", C, TWO)):
        times = hand.times(track, key)
        cells = [cell.value for cell in shown[name][2:5]] if name in shown else [0, 0, 0]
        assert cells == [
            times[one] for one in ("Within timescale", "Over timescale", "Complaint withdrawn")
        ]


UNFINISHED = ("Open", "Complaint withdrawn", "Ended otherwise")


def same_services(report: AnnualReport, hand: ByHand) -> None:
    """Tables of teams and services: T07, T08, T10, T11, T14, T15, T22-T24, T26-T28, T30, T31."""
    for track, prefix in ((S, "Statutory"), (C, "Corporate")):
        tables = [t for t in report.tables if t.title.startswith(f"{prefix} stage 1 complaints: ")]
        for column, back in ((1, 1), (2, 0)):
            teams = Counter(
                hand.council.teams[one.team].officer_label for one in hand.stages(track, ONE, back)
            )
            shown = Counter[str]()
            for table in tables:
                shown.update({row[0].text: row[column].value or 0 for row in table.rows[:-1]})
            assert +shown == teams
        for table in report.tables:
            if table.title.startswith(f"Outcomes of {prefix.lower()} stage 1: "):
                service = table.title.partition(": ")[2]
                ours = [one for one in hand.stages(track, ONE) if hand.leadership(one) == service]
                assert counts(table) == Counter(hand.outcome(one) for one in ours)
    for service, team, track in (("T14", "T15", S), ("T30", "T31", C)):
        stages = hand.stages(track, TWO)
        assert counts(report.table(service)) == Counter(hand.leadership(one) for one in stages)
        assert counts(report.table(team)) == Counter(
            hand.council.teams[one.team].officer_label for one in stages
        )


def same_points(report: AnnualReport, hand: ByHand) -> None:
    """T16 and the natures of T05 and T20."""
    found = Counter(
        finding
        for one in hand.stages(S, TWO)
        if one.step.end == "answered" and hand.over(one)
        for finding in one.step.found
        if finding is not None
    )
    names = {"Upheld": Finding.UPHELD, "Not upheld": Finding.NOT_UPHELD,
             "Partially upheld": Finding.PARTIALLY_UPHELD,
             "No finding": Finding.NO_FINDING}  # fmt: skip
    assert counts(report.table("T16")).items() <= {n: found[f] for n, f in names.items()}.items()
    assert report.table("T16").base_count == found.total()
    for name, track in (("T05", S), ("T20", C)):
        stages = hand.stages(track, ONE)
        for row in report.table(name).rows:
            if row[0].text == "Nature: Communication":
                natures = sum(one.complaint.nature is Nature.COMMUNICATION for one in stages)
                assert row[2].text == rounded(natures, len(stages))


def same_ombudsman(report: AnnualReport, hand: ByHand) -> None:
    """T33 and X33."""
    theirs = hand.stages(Track.OMBUDSMAN, StageKey.ENQUIRY)
    assert len(report.table("T33").rows) == len(theirs) + 1
    assert Counter(row[0].text for row in report.table("T33").rows[:-1]) == Counter(
        hand.council.teams[one.team].officer_label for one in theirs
    )
    upheld = sum(one.complaint.decision is OmbudsmanDecision.UPHELD for one in theirs)
    assert counts(report.table("X33")).get("Upheld: fault and injustice", 0) == upheld


def same_money(report: AnnualReport, hand: ByHand) -> None:
    """X40, X41."""
    made = [
        money
        for one in hand.invented.stages
        if hand.in_year(one.opened_on)
        for money in one.step.remedies
    ]
    assert report.table("X40").rows[-1][1].value == len(made)
    agreed = [
        one
        for one in made
        if one.kind in PAYMENTS and one.state in (RemedyState.PROMISED, RemedyState.DONE)
    ]
    assert report.table("X41").rows[-1][2].value == sum(one.pence for one in agreed)
