"""Similar cases: found by the work process, shown to those who may see them, erased with them."""

from collections.abc import Sequence
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import delete, select, true

from portal.commands.similar import SimilarCases
from portal.db import db
from portal.procedures.vocabulary import Team
from portal.records.case import Case, CaseState
from portal.records.decision import Outcome
from portal.records.feedback import Feedback
from portal.records.similar import Fingerprint, SimilarCase
from portal.triage import deciding, similar_cases
from portal.work import WORKER, Work, begin_work
from tests.unit.triage.matters import a_choice, a_feedback, acting, an_officer

ENCODER = "e1"
officers = count(1)


class ByLength:
    """An index for tests: a fingerprint is a text's length, near is a near length."""

    encoder = ENCODER

    def __init__(self) -> None:
        self.held: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self.held)

    def keys(self) -> set[int]:
        return set(self.held)

    def add(self, keys: Sequence[int], fingerprints: Sequence[bytes]) -> None:
        self.held.update(zip(keys, fingerprints, strict=True))

    def drop(self, keys: set[int]) -> None:
        for key in keys:
            del self.held[key]

    def search(self, fingerprints: Sequence[bytes], many: int) -> list[list[tuple[int, float]]]:
        return [
            sorted(
                ((key, 1 - abs(len(held) - len(one)) / 100) for key, held in self.held.items()),
                key=lambda pair: -pair[1],
            )[:many]
            for one in fingerprints
        ]


def by_length(_subject: str | None, text: str) -> bytes:
    return b"x" * len(text)


def decided(work: Work, length: int, **choice: object) -> Feedback:
    feedback = a_feedback(work, story="a" * length)
    acting(work, an_officer(work, f"o{next(officers)}@council.example"))
    deciding.confirm(work, feedback, a_choice(**choice))
    return feedback


@pytest.fixture
def duty() -> SimilarCases:
    return SimilarCases(ByLength(), by_length)


def shown(feedback: Feedback) -> list[str]:
    found = similar_cases.shown_for(db.session(), feedback, true())
    return [one.reference for one in found]


def test_the_three_nearest_decided_matters_stand_beside_what_waits(
    app: Flask, duty: SimilarCases
) -> None:
    with begin_work(WORKER) as work:
        far, near, nearer, nearest = (decided(work, length) for length in (30, 52, 51, 50))
        waits = a_feedback(work, story="b" * 50)
        a_feedback(work, story="b" * 50)
    assert duty.round() == 2
    assert shown(waits) == [nearest.reference, nearer.reference, near.reference]
    assert far.reference not in shown(waits)
    one = similar_cases.shown_for(db.session(), waits, true())[0]
    assert (one.outcome, one.team) == (Outcome.CASE_OPENED, Team.CARE_PLANNING_COURT)


def test_what_the_reader_may_not_see_gives_its_place_to_the_next(
    app: Flask, duty: SimilarCases
) -> None:
    with begin_work(WORKER) as work:
        closed, *rest = (decided(work, length) for length in (50, 51, 52, 53))
        waits = a_feedback(work, story="b" * 50)
    duty.round()
    found = similar_cases.shown_for(db.session(), waits, Feedback.id != closed.id)
    assert [one.reference for one in found] == [one.reference for one in rest]


def test_what_is_unlike_or_linked_is_no_similar_case(app: Flask, duty: SimilarCases) -> None:
    with begin_work(WORKER) as work:
        first = decided(work, 150)
        decided(work, 50, outcome=Outcome.LINKED, linked_reference=first.reference)
        waits = a_feedback(work, story="b" * 50)
    duty.round()
    assert shown(waits) == []


def test_what_comes_later_is_looked_at_and_a_grown_past_again(
    app: Flask, duty: SimilarCases
) -> None:
    with begin_work(WORKER) as work:
        waits = a_feedback(work, story="b" * 50)
    duty.round()
    assert shown(waits) == []
    with begin_work(WORKER) as work:
        later = decided(work, 50)
    for _ in range(12):
        duty.round()
    assert shown(waits) == [later.reference]


def test_erased_feedback_takes_its_traces_with_it(app: Flask, duty: SimilarCases) -> None:
    with begin_work(WORKER) as work:
        gone, stays = decided(work, 50), decided(work, 51)
        gone_id, waits = gone.id, a_feedback(work, story="b" * 50)
    duty.round()
    with begin_work(WORKER) as work:
        work.session.execute(delete(Feedback).where(Feedback.id == gone_id))
    assert shown(waits) == [stays.reference]
    assert db.session.get(Fingerprint, gone_id) is None
    with begin_work(WORKER) as work:
        another = a_feedback(work, story="b" * 50)
    for _ in range(12):
        duty.round()
    assert shown(another) == [stays.reference]


def test_a_text_on_which_the_encoder_fails_keeps_nobody_waiting(app: Flask) -> None:
    def fails(_subject: str | None, text: str) -> bytes:
        if text.startswith("bad"):
            raise ValueError
        return by_length(None, text)

    with begin_work(WORKER) as work:
        near = decided(work, 50)
        a_feedback(work, story="bad words")
        waits = a_feedback(work, story="b" * 50)
    duty = SimilarCases(ByLength(), fails)
    duty.round()
    assert shown(waits) == [near.reference]


def test_another_encoders_fingerprints_are_made_anew(app: Flask, duty: SimilarCases) -> None:
    with begin_work(WORKER) as work:
        near, waits = decided(work, 50), a_feedback(work, story="b" * 50)
        for feedback in (near, waits):
            similar_cases.keep_fingerprint(work, feedback.id, "older", b"y")
    duty.round()
    encoders = db.session.scalars(select(Fingerprint.encoder)).all()
    assert set(encoders) == {ENCODER}
    assert shown(waits) == [near.reference]


def test_the_neighbours_of_a_case_are_forgotten_once_it_is_closed(
    app: Flask, duty: SimilarCases
) -> None:
    with begin_work(WORKER) as work:
        decided(work, 50)
        waits = a_feedback(work, story="b" * 50)
    duty.round()
    with begin_work(WORKER) as work:
        acting(work, an_officer(work, "last@council.example"))
        deciding.confirm(work, work.session.get_one(Feedback, waits.id), a_choice())
        # One of them may be the same matter from somebody else, to be joined.
        assert similar_cases.forget_decided(work) == 0
    with begin_work(WORKER) as work:
        wanted = select(Case).where(Case.feedback_id == waits.id)
        work.session.scalars(wanted).one().state = CaseState.CLOSED
        assert similar_cases.forget_decided(work) == 1
    assert db.session.scalars(select(SimilarCase)).all() == []
