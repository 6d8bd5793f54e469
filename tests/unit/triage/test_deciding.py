"""Deciding: each outcome with its rows and letters, once, and never half."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.cases.opening import NoClock
from portal.cases.receiving import NewParty
from portal.db import db
from portal.procedures.procedure import Track
from portal.procedures.refusal import RefusalReason
from portal.procedures.vocabulary import Area, Category, ProcedureCode, Risk, Team
from portal.records.audit_event import AuditEvent
from portal.records.case import Case, CaseStage
from portal.records.decision import Decision, Outcome
from portal.records.feedback import ContactWay, Feedback, FeedbackState
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.records.party import PartyRole
from portal.triage import deciding, decision_letters, refusing, suggesting
from portal.triage.deciding import AlreadyDecided, ChoiceRefused
from portal.work import WORKER, Who, Work, begin_work
from tests.unit.triage.matters import (
    ASKED,
    DAY,
    a_choice,
    a_feedback,
    a_result,
    acting,
    an_officer,
    refuse,
)

COMPLIMENT = {
    "category": Category.COMPLIMENT,
    "procedure": ProcedureCode.NONE,
    "nature": None,
    "outcome": Outcome.THANKED,
}
DECLINED = {
    "outcome": Outcome.DECLINED,
    "procedure": ProcedureCode.DUTY,
    "reason": RefusalReason.COURT_DECISION,
    "explanation": "Only the court can change its order.",
    "screening": ASKED,
}


def _letters(work: Work) -> list[OutboxLetter]:
    return list(work.session.scalars(select(OutboxLetter).order_by(OutboxLetter.id)))


def _count(work: Work, record: type[Any]) -> int:
    return work.session.scalar(select(func.count()).select_from(record)) or 0


def test_a_case_is_opened_with_its_letter_and_the_trail(work: Work) -> None:
    acting(work, an_officer(work), DAY)
    feedback = a_feedback(work)
    decision = deciding.confirm(work, feedback, a_choice(risk=Risk.CONCERN))
    assert (feedback.state, feedback.risk) == (FeedbackState.DECIDED, Risk.CONCERN)
    assert decision.area is Area.LAC_DISABILITY
    case = work.session.scalars(select(Case)).one()
    assert (case.feedback_id, case.risk, case.team) == (
        feedback.id,
        Risk.CONCERN,
        Team.CARE_PLANNING_COURT,
    )
    [letter] = _letters(work)
    assert (letter.kind, letter.to_email) == (LetterKind.CASE_OPENED, "dana@home.example")
    acts = set(work.session.scalars(select(AuditEvent.act)))
    assert {"decided_case_opened", "case_opened", "letter_written"} <= acts


def test_a_compliment_is_thanked_and_passed_to_the_team(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decision_letters, "team_email", lambda *_: "team@council.example")
    acting(work, an_officer(work))
    deciding.confirm(work, a_feedback(work, story="Thank you, Maya."), a_choice(**COMPLIMENT))
    to_team, thanks = sorted(_letters(work), key=lambda letter: letter.kind.value)
    assert (to_team.kind, to_team.to_email) == (
        LetterKind.COMPLIMENT_FOR_TEAM,
        "team@council.example",
    )
    assert "Thank you, Maya." in to_team.body
    assert not to_team.shown_to_person
    assert (thanks.kind, thanks.to_email) == (LetterKind.THANKS, "dana@home.example")
    assert _count(work, Case) == 0


def test_a_team_without_an_address_gets_no_letter(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decision_letters, "team_email", lambda *_: None)
    acting(work, an_officer(work))
    deciding.confirm(work, a_feedback(work), a_choice(**COMPLIMENT))
    assert [letter.kind for letter in _letters(work)] == [LetterKind.THANKS]


@pytest.mark.parametrize(
    ("outcome", "reason", "kind"),
    [
        (Outcome.DECLINED, RefusalReason.COURT_DECISION, LetterKind.DECLINED),
        (Outcome.PASSED_ON, RefusalReason.SCHOOL, LetterKind.PASSED_ON),
    ],
)
def test_a_no_says_why_and_how_to_reach_the_ombudsman(
    work: Work, outcome: Outcome, reason: RefusalReason, kind: LetterKind
) -> None:
    acting(work, an_officer(work), DAY)
    choice = a_choice(**{**DECLINED, "outcome": outcome, "reason": reason})
    decision = refuse(work, a_feedback(work), choice, an_officer(work, "second@heard.example"))
    [letter] = _letters(work)
    assert letter.kind is kind
    assert "Only the court can change its order." in letter.body
    assert (decision.reason, decision.explanation) == (reason, choice.explanation)
    assert work.council.ombudsman.name in letter.body
    assert work.council.ombudsman.phone in letter.body


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Outcome.DECLINED, RefusalReason.COURT_DECISION),
        (Outcome.PASSED_ON, RefusalReason.SCHOOL),
    ],
)
def test_a_no_about_a_plan_tells_of_the_tribunals_clock(
    work: Work, outcome: Outcome, reason: RefusalReason
) -> None:
    acting(work, an_officer(work), DAY)
    feedback = a_feedback(work, story="You cut the speech therapy from the EHCP.")
    choice = a_choice(**{**DECLINED, "outcome": outcome, "reason": reason})
    refuse(work, feedback, choice, an_officer(work, "second@heard.example"))
    [letter] = _letters(work)
    assert "does not stop the tribunal's clock" in letter.body
    assert work.council.plan_advice.phone in letter.body


def test_the_ombudsman_cannot_be_edited_out_of_a_no(work: Work) -> None:
    acting(work, an_officer(work), DAY)
    feedback = a_feedback(work)
    with pytest.raises(ChoiceRefused) as refused:
        refusing.propose_decision(
            work, feedback, a_choice(**DECLINED, letter="We cannot look into it.")
        )
    assert {fault.field for fault in refused.value.faults} == {"letter"}
    assert (_count(work, Decision), _count(work, OutboxLetter)) == (0, 0)
    assert feedback.state is FeedbackState.WAITING


def test_the_officers_own_words_are_what_is_sent(work: Work) -> None:
    acting(work, an_officer(work))
    deciding.confirm(work, a_feedback(work), a_choice(letter="Dear Dana,\nwe start on Monday.\n"))
    assert _letters(work)[0].body == "Dear Dana,\nwe start on Monday.\n"


def test_a_link_names_the_other_reference_only_to_the_same_person(work: Work) -> None:
    acting(work, an_officer(work))
    first, again = a_feedback(work), a_feedback(work)
    other = NewParty(PartyRole.COMPLAINANT, "Sam Whitlock", "sam@home.example")
    stranger = a_feedback(work, party=other)
    linked = {"outcome": Outcome.LINKED, "linked_reference": first.reference.lower()}
    decision = deciding.confirm(work, again, a_choice(**linked))
    assert decision.linked_to_id == first.id
    deciding.confirm(work, stranger, a_choice(**linked))
    same, foreign = _letters(work)
    assert first.reference in same.body
    assert first.reference not in foreign.body + foreign.subject


@pytest.mark.parametrize("typed", ["ABCD-EFGH", "its own", "nonsense"])
def test_a_link_to_nothing_is_refused_and_changes_nothing(work: Work, typed: str) -> None:
    acting(work, an_officer(work))
    feedback = a_feedback(work)
    reference = feedback.reference if typed == "its own" else typed
    with pytest.raises(ChoiceRefused) as refused:
        deciding.confirm(
            work, feedback, a_choice(outcome=Outcome.LINKED, linked_reference=reference)
        )
    assert refused.value.faults[0].field == "linked_reference"
    assert feedback.state is FeedbackState.WAITING


def test_two_matters_do_not_point_at_each_other(work: Work) -> None:
    acting(work, an_officer(work))
    one, other = a_feedback(work), a_feedback(work)
    link = {"outcome": Outcome.LINKED}
    deciding.confirm(work, one, a_choice(**link, linked_reference=other.reference))
    with pytest.raises(ChoiceRefused, match="linked to this one already"):
        deciding.confirm(work, other, a_choice(**link, linked_reference=one.reference))


def test_a_withheld_letter_where_no_email_may_go(work: Work) -> None:
    acting(work, an_officer(work))
    deciding.confirm(work, a_feedback(work, contact_way=ContactWay.PORTAL_ONLY), a_choice())
    [letter] = _letters(work)
    assert (letter.state, letter.to_email) == (LetterState.WITHHELD, None)


def test_what_the_officer_changed_is_kept_beside_the_suggestion(work: Work) -> None:
    acting(work, an_officer(work))
    feedback = a_feedback(work)
    suggestion = suggesting.store(work, feedback, a_result())
    decision = deciding.confirm(
        work,
        feedback,
        a_choice(team=Team.SEND, procedure=ProcedureCode.CORPORATE, risk=Risk.CONCERN),
    )
    assert decision.suggestion_id == suggestion.id
    assert decision.changed == ["area", "procedure", "risk", "team"]


def test_without_a_suggestion_nothing_was_changed(work: Work) -> None:
    acting(work, an_officer(work))
    feedback = a_feedback(work)
    suggesting.store_failure(work, feedback, "model_missing")
    assert deciding.confirm(work, feedback, a_choice()).changed == []


def test_a_second_decision_is_told_that_there_is_one(app: Flask) -> None:
    with begin_work(WORKER) as work:
        officer_id, feedback_id = an_officer(work).id, a_feedback(work).id
    with begin_work(Who("staff", officer_id)) as work:
        deciding.confirm(work, work.session.get_one(Feedback, feedback_id), a_choice())
    with begin_work(Who("staff", officer_id)) as work:
        feedback = work.session.get_one(Feedback, feedback_id)
        with pytest.raises(AlreadyDecided) as late:
            deciding.confirm(work, feedback, a_choice(**COMPLIMENT))
    assert late.value.status == 409
    assert "Dana" not in late.value.message
    session = db.session()
    assert session.scalars(select(Decision.outcome)).all() == [Outcome.CASE_OPENED]
    assert session.scalar(select(func.count()).select_from(OutboxLetter)) == 1


def test_a_failure_at_the_letter_leaves_no_case_behind(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with begin_work(WORKER) as work:
        officer_id, feedback_id = an_officer(work).id, a_feedback(work).id

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("the letter could not be written")

    monkeypatch.setattr(decision_letters.outbox, "post", fails)
    with pytest.raises(RuntimeError), begin_work(Who("staff", officer_id)) as work:
        deciding.confirm(work, work.session.get_one(Feedback, feedback_id), a_choice())
    session = db.session()
    for record in (Decision, Case, CaseStage, OutboxLetter):
        assert session.scalar(select(func.count()).select_from(record)) == 0
    assert session.get_one(Feedback, feedback_id).state is FeedbackState.WAITING


def test_only_what_has_a_clock_becomes_a_case(work: Work) -> None:
    acting(work, an_officer(work))
    feedback = a_feedback(work)
    mp = a_choice(
        category=Category.MP_ENQUIRY,
        procedure=ProcedureCode.DUTY,
        nature=None,
        chosen_track=Track.MP_ENQUIRY,
    )
    deciding.confirm(work, feedback, mp)
    stage = work.session.scalars(select(CaseStage)).one()
    assert (stage.key, stage.profile) == ("answer", "mp-enquiries")
    with pytest.raises((NoClock, ChoiceRefused)):
        deciding.confirm(work, a_feedback(work), a_choice(procedure=ProcedureCode.DUTY))
