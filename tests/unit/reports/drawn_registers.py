"""Registers that hypothesis draws: complaints of every procedure with whatever may happen to them,
matters without a stage, and what people said of themselves."""

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from portal.procedures.equality import AgeBand, Disability, Ethnicity, Orientation, Sex
from portal.procedures.finding import Finding, Giver
from portal.procedures.matter import ChildsView
from portal.procedures.ombudsman_decision import Declined, OmbudsmanDecision, Reached
from portal.procedures.procedure import StageKey, Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.remedy import Compliance, RemedyKind, RemedyState
from portal.procedures.state import AppointedAs
from portal.procedures.vocabulary import Category, Nature, Relationship, Team
from tests.unit.reports.invented import Answered, Complaint, Invented, Matter, Money, Step, Theirs
from tests.unit.reports.invented import Young as OfChild

S, C = Track.STATUTORY, Track.CORPORATE
ONE, TWO, THREE = StageKey.STAGE_1, StageKey.STAGE_2, StageKey.STAGE_3

DAYS = st.dates(date(2014, 10, 1), date(2020, 9, 30))
TEAMS = st.sampled_from(
    [Team.SEND, Team.FOSTERING, Team.FIRST_RESPONSE, Team.CONFERENCE_IRO, Team.DISABILITY,
     Team.LADO]
)  # fmt: skip
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
    advocate_wanted=st.sampled_from([None, "yes", "have_one", "no"]),
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


def few(drawn: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    """None to two of something."""
    return st.lists(drawn, max_size=2).map(tuple)


def step(key: StageKey, *ends: str) -> st.SearchStrategy[Step]:
    """One stage with one of these ends."""
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
        step(ONE, "answered", "answered", "withdrawn", "not_considered", "open", "duplicate",
             "moved", *more)
    )  # fmt: skip
    found = [first]
    if first.end == "moved":
        # What was promised before goes with the case, and counts where it went.
        moved = replace(first, remedies=(), appointed=())
        return (moved, draw(step(ONE, "answered", "withdrawn", "open")))
    if first.end == "went_on" or (first.end == "answered" and draw(st.booleans())):
        ends = ("answered", "withdrawn", "open") if track is S else ("answered", "open", "refused")
        found.append(draw(step(TWO, *ends)))
        if track is S and found[-1].end == "answered" and draw(st.booleans()):
            found.append(draw(step(THREE, "answered", "open")))
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
        stages = (draw(step(StageKey.ENQUIRY, "answered", "open")),)
    else:
        stages = (draw(step(StageKey.ANSWER, "answered", "open")),)
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
REGISTERS = st.builds(
    Invented,
    complaints=st.lists(complaints(), min_size=4, max_size=25).map(tuple),
    matters=st.lists(MATTERS, max_size=15).map(tuple),
    answers=st.lists(ANSWERS, max_size=25).map(tuple),
)
DAYS_OF_REPORT = st.dates(date(2019, 9, 1), date(2021, 3, 31))
