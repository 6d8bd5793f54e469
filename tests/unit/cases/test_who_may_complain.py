"""Consent, the child's view, interest and the late test: what each record must hold."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases import childs_view, consent, interest, late_test
from portal.cases.agreed import Agreed
from portal.cases.childs_view import DayToCome, NothingSaid, View
from portal.cases.consent import Given, NobodyDecided, NoEvidence, NoReview, NotOurFile
from portal.cases.interest import ChildNotThoughtOf, NoReasons, ViewFirst, Weighed
from portal.cases.late_test import HalfMissing, Halves, NotTimed
from portal.errors import Refused
from portal.procedures.matter import ChildsView, Consent, Interest
from portal.procedures.person import PersonCode
from portal.procedures.vocabulary import ProcedureCode
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback
from portal.records.interest_decision import ChildTold
from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.work import WORKER, Work, begin_work
from tests.unit.triage.matters import a_feedback, acting, an_officer

DAY = date(2026, 6, 10)
SAID = View(ChildsView.ASKED, DAY, "Sam said: ask my nan, she knows.")
ENOUGH = Weighed(
    PersonCode.SUFFICIENT_INTEREST_CHILD,
    Interest.ENOUGH,
    "She has had Sam every weekend for years.",
    ChildTold.TOLD,
)
GIVEN = Given(Consent.GIVEN, DAY, "Sam told me on the phone that he wants this.")
HALVES = Halves(
    ProcedureCode.STATUTORY,
    date(2024, 1, 8),
    None,
    True,
    "He was ill all that year.",
    True,
    "The notes and both workers are still here.",
)


@pytest.fixture
def work(app: Flask) -> Iterator[Work]:
    with begin_work(WORKER) as found:
        yield acting(found, an_officer(found), DAY + timedelta(days=5))


@pytest.fixture
def feedback(work: Work) -> Feedback:
    return a_feedback(work, received=DAY)


def letters(work: Work, kind: LetterKind) -> list[OutboxLetter]:
    return list(work.session.scalars(select(OutboxLetter).where(OutboxLetter.kind == kind)))


def acts(work: Work) -> list[tuple[str, list[str]]]:
    work.session.flush()
    events = work.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    return [(event.act, event.fields) for event in events]


def test_the_latest_view_counts_and_the_earlier_one_stays(work: Work, feedback: Feedback) -> None:
    reason = replace(SAID, state=ChildsView.NOT_ASKED_FOR_A_REASON, words="Sam is two.")
    first, second = (childs_view.record(work, feedback, view) for view in (reason, SAID))
    work.session.flush()
    assert childs_view.latest(work.session, feedback) is second
    assert first.id != second.id
    assert ("childs_view_recorded", ["asked"]) in acts(work)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"words": " "}, NothingSaid),
        ({"state": ChildsView.NOT_YET}, NothingSaid),
        ({"on_day": DAY + timedelta(days=6)}, DayToCome),
    ],
)
def test_a_view_says_something_that_has_happened(
    work: Work, feedback: Feedback, change: dict[str, object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        childs_view.record(work, feedback, replace(SAID, **change))  # type: ignore[arg-type]
    assert childs_view.latest(work.session, feedback) is None


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"words": ""}, NoEvidence),
        ({"state": Consent.NOT_ASKED}, NoEvidence),
        ({"on_day": DAY + timedelta(days=6)}, DayToCome),
        ({"state": Consent.NOT_COMPETENT}, NobodyDecided),
        ({"state": Consent.NON_INSTRUCTED, "decided_by": "Jo Reed"}, NoReview),
        (
            {"state": Consent.NON_INSTRUCTED, "decided_by": "Jo Reed", "review_on": DAY},
            NoReview,
        ),
        ({"file": "somebody-elses-file"}, NotOurFile),
    ],
)
def test_consent_needs_its_evidence(
    work: Work, feedback: Feedback, change: dict[str, object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        consent.record(work, feedback, replace(GIVEN, **change))  # type: ignore[arg-type]
    assert consent.latest(work.session, feedback) is None


def test_consent_that_is_taken_back_counts(work: Work, feedback: Feedback) -> None:
    consent.record(work, feedback, GIVEN)
    consent.record(work, feedback, replace(GIVEN, state=Consent.REFUSED, words="Not any more."))
    latest = consent.latest(work.session, feedback)
    assert latest is not None
    assert latest.state is Consent.REFUSED
    assert ("consent_recorded", ["refused"]) in acts(work)


def test_somebody_without_instructions_has_a_day_of_review(work: Work, feedback: Feedback) -> None:
    review = DAY + timedelta(days=60)
    given = replace(GIVEN, state=Consent.NON_INSTRUCTED, decided_by=" Jo Reed ", review_on=review)
    found = consent.record(work, feedback, given)
    assert (found.decided_by, found.review_on) == ("Jo Reed", review)


def test_consent_is_asked_for_by_letter_only_where_that_is_ticked(
    work: Work, feedback: Feedback
) -> None:
    asked = replace(GIVEN, state=Consent.ASKED, words="Please ask Sam.")
    consent.record(work, feedback, asked)
    assert letters(work, LetterKind.CONSENT_ASKED) == []
    consent.record(work, feedback, replace(asked, ask_by_letter=True))
    (letter,) = letters(work, LetterKind.CONSENT_ASKED)
    assert "Please ask Sam." in letter.body
    assert letter.state is LetterState.WAITING
    consent.record(work, feedback, replace(GIVEN, ask_by_letter=True))
    assert len(letters(work, LetterKind.CONSENT_ASKED)) == 1


def test_interest_weighs_the_childs_view_first(work: Work, feedback: Feedback) -> None:
    with pytest.raises(ViewFirst):
        interest.decide(work, feedback, ENOUGH)
    assert letters(work, LetterKind.INTEREST_DECIDED) == []
    view = childs_view.record(work, feedback, SAID)
    found = interest.decide(work, feedback, ENOUGH)
    assert found.childs_view_id == view.id
    assert found.provision == "Children Act 1989 s26(3)(e)"
    assert ("interest_decided", ["enough"]) in acts(work)


@pytest.mark.parametrize(
    ("person", "limb"),
    [
        (PersonCode.SUFFICIENT_INTEREST_ADOPTION, "s26(3B)(b)"),
        (PersonCode.SUFFICIENT_INTEREST_SGO, "s26(3C)(c)"),
    ],
)
def test_interest_names_its_limb(
    work: Work, feedback: Feedback, person: PersonCode, limb: str
) -> None:
    childs_view.record(work, feedback, SAID)
    assert limb in interest.decide(work, feedback, replace(ENOUGH, person=person)).provision


def test_the_person_is_told_and_a_no_names_the_ombudsman(work: Work, feedback: Feedback) -> None:
    childs_view.record(work, feedback, SAID)
    interest.decide(work, feedback, ENOUGH)
    not_enough = replace(
        ENOUGH,
        decision=Interest.NOT_ENOUGH,
        reasons="You live next door.",
        child_told=ChildTold.WILL_BE_TOLD,
    )
    first = an_officer(work, "first@heard.example")
    interest.decide(work, feedback, not_enough, Agreed(first.id, first.id, DAY))
    yes, no = letters(work, LetterKind.INTEREST_DECIDED)
    assert ENOUGH.reasons in yes.body
    assert "Ombudsman" not in yes.body
    assert "You live next door." in no.body
    assert "Ombudsman" in no.body
    latest = interest.latest(work.session, feedback)
    assert latest is not None
    assert (latest.decision, latest.letter_id) == (Interest.NOT_ENOUGH, no.id)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"reasons": "  "}, NoReasons),
        ({"decision": Interest.UNDECIDED}, NoReasons),
        ({"child_told": ChildTold.NOT_RIGHT}, ChildNotThoughtOf),
    ],
)
def test_interest_needs_reasons(
    work: Work, feedback: Feedback, change: dict[str, object], refusal: type[Refused]
) -> None:
    childs_view.record(work, feedback, SAID)
    with pytest.raises(refusal):
        interest.decide(work, feedback, replace(ENOUGH, **change))  # type: ignore[arg-type]
    assert letters(work, LetterKind.INTEREST_DECIDED) == []


def test_both_halves_of_the_late_test_are_kept(work: Work, feedback: Feedback) -> None:
    late_test.record(work, feedback, HALVES)
    later = late_test.record(work, feedback, replace(HALVES, still_fair=False))
    assert late_test.latest(work.session, feedback) is later
    assert (later.no_sooner, later.still_fair) == (True, False)
    assert ("late_test_recorded", []) in acts(work)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"no_sooner_reasons": ""}, HalfMissing),
        ({"still_fair_reasons": " "}, HalfMissing),
        ({"procedure": ProcedureCode.DUTY}, NotTimed),
        ({"knew_on": DAY + timedelta(days=30)}, DayToCome),
    ],
)
def test_half_a_test_is_none(
    work: Work, feedback: Feedback, change: dict[str, object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        late_test.record(work, feedback, replace(HALVES, **change))  # type: ignore[arg-type]
    assert late_test.latest(work.session, feedback) is None
