"""A council with three corporate stages and times of its own works from its folder alone."""

from datetime import date
from pathlib import Path

import pytest

from portal.cases.chasing import Dated, asked, waiting
from portal.cases.routing import RouteFacts, concluded, keep_facts, latest
from portal.council import CouncilFileError, load_council
from portal.procedures.conclusion import FirstDecision
from portal.procedures.finding import Giver
from portal.procedures.function import Function
from portal.procedures.guard import Guard
from portal.procedures.matter import Matter, Part, Writer
from portal.procedures.person import PersonCode
from portal.procedures.procedure import StageKey, Track
from portal.procedures.proceedings import Proceeding, ProceedingKind, ProceedingState
from portal.procedures.refusal import RefusalReason
from portal.procedures.state import Doer, Event, State
from portal.procedures.vocabulary import ProcedureCode
from portal.records.account import Role
from portal.work import Work
from tests.matters import make_account
from tests.unit.cases.driven_case import DrivenCase, happens, on, refused
from tests.unit.triage.matters import a_feedback, acting

COUNCILS = Path(__file__).resolve().parents[2] / "councils"
FILE = (COUNCILS / "threeshire" / "council.toml").read_text(encoding="utf-8")
SOMEBODY = Writer(PersonCode.PARENT)
E, THREESHIRE = Event, load_council("threeshire", COUNCILS)


@pytest.fixture
def case(work: Work) -> DrivenCase:
    """A corporate case of Threeshire, received on Wednesday 10 June 2026."""
    work.council = THREESHIRE
    return DrivenCase(work, Track.CORPORATE)


def answer(case: DrivenCase) -> None:
    if not case.points():
        case.add_point()
    case.find(Giver.SERVICE, "found")
    happens(case, E.ANSWERED)


def review(case: DrivenCase) -> None:
    happens(case, E.REVIEWER_APPOINTED)
    happens(case, E.NEXT_STAGE_ACCEPTED)
    happens(case, E.REQUEST_ACKNOWLEDGED)


def test_a_case_goes_through_three_stages_with_the_councils_own_dates(case: DrivenCase) -> None:
    (first,) = case.stages()
    # Two working days to acknowledge, then seven.
    assert (first.start_on, first.due_on) == (date(2026, 6, 12), date(2026, 6, 23))
    answer(case)
    happens(case, E.NEXT_STAGE_ASKED, by=Doer.PERSON)
    review(case)
    second = case.stages()[-1]
    assert (second.key, second.due_on) == ("stage_2", date(2026, 6, 26))
    # Somebody who is not content writes before the second answer is there.
    happens(case, E.NEXT_STAGE_ASKED_EARLY, by=Doer.PERSON)
    answer(case)
    assert refused(case, E.CONCLUDED) == (Guard.NO_REQUEST_WAITS,)
    on(case, date(2026, 6, 15))
    happens(case, E.NEXT_STAGE_ASKED)
    review(case)
    third = case.stages()[-1]
    assert (third.key, third.due_on) == ("stage_3", date(2026, 7, 9))
    happens(case, E.EXTENDED, new_date=date(2026, 7, 27))
    answer(case)
    assert refused(case, E.NEXT_STAGE_ASKED) == (Guard.NEXT_STAGE_EXISTS,)
    happens(case, E.CONCLUDED)
    assert case.case.procedure_state is State.CONCLUDED
    assert [stage.profile for stage in case.stages()] == ["threeshire-corporate"] * 3


def test_its_own_maximum_binds(case: DrivenCase) -> None:
    assert refused(case, E.EXTENDED, new_date=date(2026, 7, 1)) == (Guard.DATE_WITHIN_MAXIMUM,)
    happens(case, E.EXTENDED, new_date=date(2026, 6, 30))


def test_its_statutory_stage_1_is_its_own(work: Work) -> None:
    work.council = THREESHIRE
    (stage,) = DrivenCase(work, Track.STATUTORY).stages()
    assert stage.due_on == date(2026, 6, 22)


def test_its_stages_have_its_names() -> None:
    assert THREESHIRE.stage_name(Track.CORPORATE, StageKey.STAGE_3).endswith("by a director")
    assert THREESHIRE.profile(ProcedureCode.CORPORATE, date(2026, 6, 1)).reported_against == {
        "stage_1": (7, 12),
        "stage_2": (12,),
        "stage_3": (18,),
    }


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("length = 18\nmaximum = 30", "length = 18\nmaximum = 41", "stage_3.maximum is 41"),
        ("length = 18\nmaximum = 30", "length = 50\nmaximum = 50", "stage_3.length is 50"),
        (
            'acknowledge_3 = { starts = "request", length = 4 }',
            'acknowledge_3 = { starts = "request", length = 6 }',
            "acknowledge_3.length is 6 working days, past the 5 working days",
        ),
        ("length = 8\nmaximum = 16", "length = 8\nmaximum = 21", "stage_1.maximum is 21"),
    ],
)
def test_a_target_beyond_the_law_stops_the_start(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    assert old in FILE
    (tmp_path / "threeshire").mkdir()
    changed = FILE.replace(old, new, 1)
    (tmp_path / "threeshire" / "council.toml").write_text(changed, encoding="utf-8")
    with pytest.raises(CouncilFileError, match=sentence.replace(".", r"\.")):
        load_council("threeshire", tmp_path)


@pytest.mark.parametrize(
    ("function", "arose", "late"),
    [
        # Eighteen months, where the law gives a year.
        (Function.CHILD_IN_NEED, date(2025, 1, 10), False),
        (Function.CHILD_IN_NEED, date(2024, 12, 1), True),
        # Twenty-four months, where the Code gives twelve.
        (Function.EARLY_HELP, date(2024, 7, 1), False),
        (Function.EARLY_HELP, date(2024, 6, 1), True),
    ],
)
def test_its_times_to_complain_take_effect(function: Function, arose: date, late: bool) -> None:
    part = Part(function, arose=arose)
    (found,) = concluded(Matter(date(2026, 6, 10), SOMEBODY, (part,)), THREESHIRE.local_rules)
    assert (FirstDecision.LATENESS in found.outcome.decisions) is late


def test_its_other_rules_take_effect() -> None:
    beside = (Proceeding(ProceedingKind.COURT, ProceedingState.UNDER_WAY),)
    parts = (Part(Function.CHILD_IN_NEED), Part(Function.CONFERENCE))
    matter = Matter(date(2026, 6, 10), SOMEBODY, parts, beside)
    care, conference = concluded(matter, THREESHIRE.local_rules)
    assert any("within 18 months of their end" in step.text for step in care.steps)
    assert conference.outcome.refusal is RefusalReason.STATUTORY_OTHER


def test_an_officers_working_out_is_kept_by_the_councils_rules(work: Work) -> None:
    acting(work, make_account(work, Role.OFFICER, "officer@council.example"))
    kept = []
    for council in (work.council, THREESHIRE):
        work.council = council
        feedback = a_feedback(work, received=date(2026, 6, 10))
        keep_facts(work, feedback, RouteFacts((Function.CONFERENCE,)), named=True)
        found = latest(work.session, feedback)
        kept.append(found.concluded if found is not None else [])
    assert kept[0] != kept[1]
    assert kept[1] == ["conference:redirected:statutory_other"]


def chase_of(case: DrivenCase, day: date) -> list[Dated]:
    """What would be sent on a day, and not only passed over."""
    found = waiting(case.work.session, THREESHIRE, day)
    return [
        one
        for one in found
        if (asks := asked(case.work.session, THREESHIRE, day, one)) is not None and asks.now
    ]


def test_its_ladder_is_its_own(case: DrivenCase) -> None:
    ladder = [(rung.code, len(rung.to)) for rung in THREESHIRE.chasing.ladder]
    assert ladder == [("before_2", 2), ("after_1", 2)]
    case.work.session.flush()
    # Two working days to acknowledge, by Friday 12 June: no rung is due on that day here.
    for day, dates in ((date(2026, 6, 11), set()), (date(2026, 6, 15), {date(2026, 6, 12)})):
        chased = chase_of(case, day)
        assert {one.due_on for one in chased} == dates
