"""Findings: written bit by bit by whose turn it is, told only when the stage is answered."""

import pytest
from sqlalchemy import select

from portal.cases import answers, findings, gathering
from portal.cases.points import ChangedMeanwhile, NotLive
from portal.procedures.finding import Finding, Giver
from portal.procedures.state import Doer, Event
from portal.records.audit_event import AuditEvent
from portal.records.case import CaseStage
from portal.work import Work
from tests.unit.cases.procedure_world import case_with_points, let

SERVICE = Giver.SERVICE


def test_a_finding_grows_and_both_officers_words_stand(work: Work) -> None:
    case, (first, *_) = case_with_points(work)
    stage = gathering.current_stage(work.session, case)
    row = findings.record_finding(work, first, stage, SERVICE, Finding.UPHELD, "", 0)
    assert row is not None
    assert (row.finding, row.reasons, row.version) == (Finding.UPHELD, None, 1)
    findings.record_finding(work, first, stage, SERVICE, Finding.UPHELD, "The rota shows it.", 1)
    assert row.reasons == "The rota shows it."
    with pytest.raises(ChangedMeanwhile):
        findings.record_finding(work, first, stage, SERVICE, Finding.NOT_UPHELD, "No.", 1)
    with pytest.raises(ChangedMeanwhile):
        findings.record_finding(work, first, stage, SERVICE, Finding.NOT_UPHELD, "No.", 0)
    assert (row.finding, row.version) == (Finding.UPHELD, 2)


def test_nothing_said_is_nothing_kept_and_the_same_again_changes_nothing(work: Work) -> None:
    case, (first, *_) = case_with_points(work)
    stage = gathering.current_stage(work.session, case)
    assert findings.record_finding(work, first, stage, SERVICE, None, "  ") is None
    row = findings.record_finding(work, first, stage, SERVICE, None, "A first thought.")
    again = findings.record_finding(work, first, stage, SERVICE, None, "A first thought.\r\n", 1)
    assert row is again
    acts = list(work.session.scalars(select(AuditEvent.act)))
    assert acts.count("finding_recorded") == 1


def test_what_is_settled_says_what_was_agreed(work: Work) -> None:
    case, (first, *_) = case_with_points(work)
    stage = gathering.current_stage(work.session, case)
    with pytest.raises(findings.NothingAgreed):
        findings.record_resolution(work, first, stage, SERVICE, " ")
    row = findings.record_resolution(work, first, stage, SERVICE, "She has a new worker.")
    assert (row.resolved, row.finding, row.reasons) == (True, None, "She has a new worker.")
    with pytest.raises(findings.CannotSettle):
        findings.record_resolution(work, first, stage, Giver.PANEL, "Agreed.")


def test_only_whose_turn_it_is_writes_and_only_on_live_points(work: Work) -> None:
    case, (first, second, third) = case_with_points(work)
    stage = gathering.current_stage(work.session, case)
    with pytest.raises(findings.NotTheirTurn):
        findings.record_finding(work, first, stage, Giver.INVESTIGATOR, Finding.UPHELD, "x")
    from portal.cases import points

    points.withdraw(work, case, second, second.version)
    with pytest.raises(NotLive):
        findings.record_finding(work, second, stage, SERVICE, Finding.UPHELD, "x")
    for point in (first, third):
        findings.record_finding(work, point, stage, SERVICE, Finding.UPHELD, "We were wrong.")
    let(work, case, Event.ANSWERED, Doer.MANAGER)
    with pytest.raises(findings.NotTheirTurn):
        findings.record_finding(work, first, stage, SERVICE, Finding.NOT_UPHELD, "No.")


def test_the_person_is_told_when_the_stage_is_answered_and_not_before(work: Work) -> None:
    case, made = case_with_points(work)
    stage = gathering.current_stage(work.session, case)
    for point in made:
        findings.record_finding(work, point, stage, SERVICE, Finding.UPHELD, "We were wrong.")
    assert answers.told(work.session, case) == frozenset()
    let(work, case, Event.ANSWERED)
    told = answers.told(work.session, case)
    assert told == {(stage.id, SERVICE)}
    (answer,) = answers.given(work.session, case, told)
    assert [one.point.number for one in answer.points] == [1, 2, 3]

    let(work, case, Event.NEXT_STAGE_ASKED, Doer.PERSON)
    second = gathering.current_stage(work.session, case)
    assert isinstance(second, CaseStage)
    assert second.key != stage.key
    assert answers.told(work.session, case) == {(stage.id, SERVICE)}
