"""Registers that hypothesis draws: complaints of every procedure with whatever may happen to them,
matters without a stage, and what people said of themselves."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from portal.procedures.equality import AgeBand, Disability, Ethnicity, Orientation, Sex
from portal.procedures.finding import Finding, Giver
from portal.procedures.matter import ChildsView
from portal.procedures.ombudsman_decision import Declined, OmbudsmanDecision, Reached
from portal.procedures.procedure import ClockKey, StageKey, StartEvent, Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.remedy import Compliance, RemedyKind, RemedyState
from portal.procedures.state import AppointedAs
from portal.procedures.vocabulary import Category, Nature, Relationship, Team
from tests.unit.reports.invented import (
    Answered,
    Complaint,
    Invented,
    Matter,
    Money,
    Step,
    Theirs,
    Ticking,
)
from tests.unit.reports.invented import Young as OfChild

S, C = Track.STATUTORY, Track.CORPORATE
ONE, TWO, THREE = StageKey.STAGE_1, StageKey.STAGE_2, StageKey.STAGE_3

DAYS = st.dates(date(2014, 10, 1), date(2020, 9, 30))
OF_TEAMS = (
    Team.SEND, Team.FOSTERING, Team.FIRST_RESPONSE, Team.CONFERENCE_IRO, Team.DISABILITY, Team.LADO,
)  # fmt: skip
TEAMS = st.sampled_from(OF_TEAMS)
FOUND = st.lists(st.sampled_from([*Finding, None]), max_size=4).map(tuple)
# Many end about the last day of 20 or 25 working days.
LENGTHS = st.integers(0, 130) | st.integers(26, 38)
MONEY = st.builds(
    Money,
    kind=st.sampled_from(RemedyKind),
    state=st.sampled_from(RemedyState),
    pence=st.integers(0, 500_000),
    giver=st.sampled_from(Giver),
    due=st.none() | LENGTHS,
    done=LENGTHS,
    made=LENGTHS,
    for_report=st.booleans(),
    compliance=st.none() | st.sampled_from(Compliance),
)
REASONS = st.none() | st.sampled_from(["complex", "advocate_needed"])
ROLES = st.sampled_from(
    [*Relationship, Relationship.YOUNG_PERSON, Relationship.YOUNG_PERSON, Relationship.PARENT]
)
YOUNG = st.builds(
    OfChild,
    door=st.booleans(),
    advocate_wanted=st.sampled_from([None, "yes", "have_one", "not_now", "offered", "not_sure"]),
    joined=st.booleans(),
    appointed=st.booleans(),
    view=st.none() | st.sampled_from(ChildsView),
)
THEIRS = st.builds(
    Theirs,
    decision=st.none() | st.sampled_from(OmbudsmanDecision),
    reached=st.none() | st.sampled_from(Reached),
    declined=st.none() | st.sampled_from(Declined),
    public_report=st.booleans(),
    about=st.none() | st.integers(0, 5),
    refused=st.none() | st.integers(0, 2),
)


START = StartEvent
STARTS = {
    (S, ONE): {START.RECEIVED: (-6, 0), START.ACCEPTED: (0, 0)},
    (S, TWO): {START.REQUEST: (0, 0), START.STATEMENT_AGREED: (0, 40)},
    (S, THREE): {START.PANEL_REQUEST: (0, 0)},
    (C, ONE): {START.RECEIVED: (-6, 0), START.ACKNOWLEDGED: (0, 8)},
    (C, TWO): {START.REQUEST: (0, 0), START.REQUEST_ACKNOWLEDGED: (0, 8)},
    (C, THREE): {START.REQUEST: (0, 0)},
}
"""From what the clock of a stage's answer counts, and from how many to how many days after the
stage opened: it came in before a case was opened, and what is agreed later starts it anew."""
OTHERS = {START.RECEIVED: (-6, 0)}
MORE_CLOCKS = {
    (S, ONE): [(ClockKey.REQUEST_2, START.FIRST_ANSWER_RECEIVED, "")],
    (S, TWO): [(ClockKey.STAGE_2, START.REQUEST, "thirteen_weeks")],
    (S, THREE): [(ClockKey.PANEL_REPORT, START.PANEL_HELD, ""),
                 (ClockKey.PANEL_ANSWER, START.PANEL_REPORT_RECEIVED, "")],
    (C, ONE): [(ClockKey.ACKNOWLEDGE_1, START.RECEIVED, ""),
               (ClockKey.REQUEST_2, START.FIRST_ANSWER_RECEIVED, "")],
    (C, TWO): [(ClockKey.ACKNOWLEDGE_2, START.REQUEST, "")],
    (C, THREE): [(ClockKey.ACKNOWLEDGE_3, START.REQUEST, "")],
    (Track.OMBUDSMAN, StageKey.ENQUIRY): [(ClockKey.DRAFT_COMMENTS, START.DRAFT_RECEIVED, "")],
}  # fmt: skip
"""The clocks that a stage has besides."""
OTHER_WAY = {
    START.REQUEST: (ClockKey.STAGE_2, START.STATEMENT_AGREED, "from_statement"),
    START.STATEMENT_AGREED: (ClockKey.STAGE_2, START.REQUEST, "from_request"),
}
"""Statutory stage 2 is counted from the request and from the statement, whichever is promised."""


def few(drawn: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """None to two of something."""
    return st.lists(drawn, max_size=2).map(tuple)


@st.composite
def step(draw: st.DrawFn, track: Track, key: StageKey, *ends: str) -> Step:
    """One stage with one of these ends, and its clocks."""
    of = (track, key)
    starts, (first, last) = draw(st.sampled_from(sorted(STARTS.get(of, OTHERS).items())))
    more = [*MORE_CLOCKS.get(of, ()), *([OTHER_WAY[starts]] if of == (S, TWO) else ())]
    clocks = tuple(
        Ticking(clock, event, draw(st.integers(0, 60)), draw(st.none() | LENGTHS), reading)
        for clock, event, reading in more
        if draw(st.booleans())
    )
    found = draw(plain_step(key, *ends))
    return replace(
        found, starts=starts, start=draw(st.integers(first, last)), clocks=clocks,
        outside=draw(FOUND) if track is S and key in (TWO, THREE) else (),
        panel=found.panel if track is S else None,
    )  # fmt: skip


def plain_step(key: StageKey, *ends: str) -> st.SearchStrategy[Step]:
    """What may happen at a stage of whatever procedure."""
    return st.builds(
        Step,
        key=st.just(key),
        end=st.sampled_from(ends),
        days=LENGTHS,
        found=FOUND,
        remedies=few(MONEY),
        extended=few(st.tuples(LENGTHS, REASONS)),
        met=few(LENGTHS),
        appointed=few(st.tuples(LENGTHS, st.sampled_from(AppointedAs))),
        panel=st.none() | LENGTHS if key is THREE else st.none(),
    )


@st.composite
def steps(draw: st.DrawFn, track: Track) -> tuple[Step, ...]:
    """The stages of a complaint, each as the one before allows."""
    more = ("went_on",) if track is S else ()
    first = draw(
        step(track, ONE, "answered", "answered", "withdrawn", "not_considered", "open",
             "duplicate", "moved", *more)
    )  # fmt: skip
    found = [first]
    if first.end == "moved":
        # What was promised before goes with the case, and counts where it went.
        moved = replace(first, remedies=(), appointed=())
        other = C if track is S else S
        return (moved, draw(step(other, ONE, "answered", "withdrawn", "open")))
    if first.end == "went_on" or (first.end == "answered" and draw(st.booleans())):
        ends = ("answered", "withdrawn", "open") if track is S else ("answered", "open", "refused")
        found.append(draw(step(track, TWO, *ends)))
        if found[-1].end == "answered" and draw(st.booleans()):
            found.append(draw(step(track, THREE, "answered", "open")))
    return tuple(found)


@st.composite
def complaints(draw: st.DrawFn) -> Complaint:
    """One complaint, enquiry or matter of the Ombudsman."""
    track = draw(
        st.sampled_from([S, S, C, C, Track.MP_ENQUIRY, Track.MEMBER_ENQUIRY, Track.OMBUDSMAN])
    )
    if track in (S, C):
        stages = draw(steps(track))
    elif track is Track.OMBUDSMAN:
        stages = (draw(step(track, StageKey.ENQUIRY, "answered", "open")),)
    else:
        stages = (draw(step(track, StageKey.ANSWER, "answered", "open")),)
    return Complaint(
        draw(DAYS), track, draw(TEAMS), draw(st.none() | st.sampled_from(Nature)), draw(ROLES),
        stages, draw(THEIRS), draw(YOUNG),
    )  # fmt: skip


LETTERS = (
    "We cannot look into it.\n\nYou can ask the Local Government and Social Care Ombudsman.",
    "We cannot look into it. You can contact the Local Government and\nSocial Care Ombudsman.",
    "We cannot look into it. That is all.",
    "We cannot look into it. There is an ombudsman.",
)
MATTERS = st.builds(
    Matter,
    received_on=DAYS,
    team=TEAMS,
    reason=st.none() | st.sampled_from(RefusalReason),
    passed_on=st.booleans(),
    young=st.booleans(),
    relationship=ROLES,
    consulted=st.booleans(),
    published=st.booleans(),
    letter=st.none() | st.sampled_from(LETTERS),
    went_out=st.booleans(),
)
ANSWERS = st.builds(
    Answered,
    year=st.sampled_from(["2019-20", "2019-20", "2018-19"]),
    category=st.sampled_from([Category.COMPLAINT, Category.COMPLAINT, Category.COMPLIMENT, None]),
    age_band=st.none() | st.sampled_from(AgeBand),
    sex=st.none() | st.sampled_from(Sex),
    disability=st.none() | st.sampled_from(Disability),
    ethnicity=st.none() | st.sampled_from(Ethnicity),
    orientation=st.none() | st.sampled_from(Orientation),
)


@st.composite
def joined(draw: st.DrawFn) -> tuple[Complaint, ...]:
    """Complaints, and others that came soon after some of them and are worked under these."""
    alone = draw(st.lists(complaints(), min_size=6, max_size=30))
    found = list(alone)
    for lead, one in enumerate(alone):
        if one.track not in (S, C) or not draw(st.booleans()):
            continue
        under = step(one.track, ONE, "answered", "answered", "withdrawn", "open")
        found.append(
            Complaint(
                one.opened_on + timedelta(days=draw(st.integers(0, 9))), one.track, draw(TEAMS),
                one.nature, draw(ROLES), (draw(under),), lead=lead,
                parted=draw(st.sampled_from([False, False, True])),
            )
        )  # fmt: skip
    return tuple(found)


REGISTERS = st.builds(
    Invented,
    complaints=joined(),
    matters=st.lists(MATTERS, max_size=15).map(tuple),
    answers=st.lists(ANSWERS, max_size=25).map(tuple),
)
DAYS_OF_REPORT = st.dates(date(2019, 9, 1), date(2021, 3, 31))
SCOPES = st.fixed_dictionaries(
    {},
    optional={
        "quarter": st.integers(1, 4),
        "teams": st.lists(TEAMS, min_size=1, max_size=3, unique=True),
    },
)
"""The whole year, a quarter of it, some teams, or some teams in a quarter."""
