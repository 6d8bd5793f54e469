"""Stages: a case keeps its profile, and every move of a date is kept with its reason."""

from datetime import date

import pytest

from portal.cases import stages
from portal.cases.stages import StageCannotStart
from portal.council import NothingInForce, load_council
from portal.procedures.clocks import StageEvents
from portal.procedures.procedure import StageKey, StartEvent, Track
from portal.records.case import Case, CaseStage

COUNCIL = load_council("staffordshire")


def _stage(received: date, opened: date) -> CaseStage:
    plan = stages.plan(COUNCIL, Track.CORPORATE, {StartEvent.RECEIVED: received}, opened)
    return stages.as_stage(Case(id=1), plan, opened)


def test_a_stage_remembers_each_move() -> None:
    stage = _stage(date(2026, 4, 1), date(2026, 4, 1))
    profile = stages.profile_of(COUNCIL, stage)
    received = {StartEvent.RECEIVED: date(2026, 4, 1)}
    started = {**received, StartEvent.ACKNOWLEDGED: date(2026, 4, 2)}
    events = StageEvents(started=started, met={})
    early = stages.plan_in(profile, StageKey.STAGE_1, events, COUNCIL.calendar)
    assert stages.recalculate(stage, early, date(2026, 4, 2), "acknowledged")
    assert not stages.recalculate(stage, early, date(2026, 4, 3), "points_sent")
    [moved] = stage.working["recalculations"]
    assert moved["why"] == "acknowledged", "what moves nothing is no move, and is on the case"
    assert stage.working["deadline"]["due"] == stage.due_on.isoformat()
    assert not stage.working["from_day_limit"]


def test_a_profile_that_left_the_file_is_said_to_be_gone() -> None:
    stage = _stage(date(2026, 4, 1), date(2026, 4, 1))
    stage.profile = "long-gone"
    with pytest.raises(LookupError, match="long-gone"):
        stages.profile_of(COUNCIL, stage)


def test_nothing_starts_without_its_event() -> None:
    with pytest.raises(StageCannotStart):
        stages.plan(COUNCIL, Track.STATUTORY, {}, date(2026, 6, 1))
    with pytest.raises(NothingInForce):
        stages.plan(COUNCIL, Track.DATA_PROTECTION, {}, date(2020, 6, 1))


def test_until_the_letter_goes_the_words_say_which_day_is_used() -> None:
    waiting = stages.plan(
        COUNCIL, Track.CORPORATE, {StartEvent.RECEIVED: date(2026, 6, 1)}, date(2026, 6, 1)
    )
    assert "whichever is earlier" in waiting.in_words()
    law = stages.plan(
        COUNCIL, Track.STATUTORY, {StartEvent.RECEIVED: date(2026, 6, 1)}, date(2026, 6, 1)
    )
    assert law.in_words().startswith("This counts from the day it came in.")
