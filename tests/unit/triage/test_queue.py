"""The queue: its order for any mixture, its marks, its pages, and that it opens nobody's words."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, true

from portal.cases import acknowledging, messages, queue_places
from portal.db import db
from portal.procedures.state import State
from portal.procedures.vocabulary import Category, ProcedureCode, Risk, Team
from portal.records.case import Case
from portal.records.feedback import Door, Feedback
from portal.records.message import Sender
from portal.triage import deciding, queue, suggesting
from portal.triage.queue import Listing, View
from portal.triage.queue_row import waited_in_words
from portal.work import Work
from tests.unit.triage.matters import (
    DAY,
    a_choice,
    a_feedback,
    a_result,
    acting,
    an_officer,
    label,
)

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
ORDER = {Risk.NOW: 0, Risk.CONCERN: 1, Risk.NONE: 2}


def _listed(work: Work, view: View = View.WAITING, **more: Any) -> Listing:
    return queue.rows(
        work.session, work.council, work.today, view, now=work.now, visible=true(), **more
    )


@contextmanager
def _statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def keep(_c: object, _k: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", keep)
    yield seen
    event.remove(db.engine, "before_cursor_execute", keep)


ITEMS = st.lists(
    st.tuples(st.sampled_from(Risk), st.booleans(), st.integers(0, 5_000)), min_size=1, max_size=12
)


def test_the_order_of_any_mixture(work: Work) -> None:
    @given(items=ITEMS)
    def holds(items: list[tuple[Risk, bool, int]]) -> None:
        with work.session.begin_nested() as undone:
            expected = []
            for risk, young, minutes in items:
                door = Door.YOUNG_PEOPLE if young else Door.EVERYONE
                received = work.now - timedelta(minutes=minutes)
                feedback = a_feedback(work, door=door, received=received)
                feedback.risk = risk
                key = (ORDER[risk], not young, -minutes, feedback.public_id)
                expected.append((key, feedback.reference))
            work.session.flush()
            found = [row.reference for row in _listed(work).rows]
            assert found == [reference for _, reference in sorted(expected)]
            undone.rollback()

    holds()


def test_a_row_says_what_was_suggested_and_what_was_said(work: Work) -> None:
    said = a_feedback(work, category_said=Category.COMPLIMENT)
    suggested = a_feedback(work, category_said=Category.COMMENT, received=work.now)
    suggesting.store(work, suggested, a_result(team=[label("fostering")]))
    first, second = _listed(work).rows
    assert (first.reference, first.category, first.category_suggested, first.team) == (
        said.reference,
        Category.COMPLIMENT,
        False,
        None,
    )
    assert (second.category, second.category_suggested, second.team) == (
        Category.COMPLAINT,
        True,
        Team.FOSTERING,
    )
    assert (first.unread, first.replied, first.is_case) == (True, False, False)


def test_open_cases_come_by_their_next_date_and_late_ones_say_so(work: Work) -> None:
    acting(work, an_officer(work), date(2026, 5, 1))
    late, letter_owed = a_feedback(work), a_feedback(work)
    deciding.confirm(work, late, a_choice())
    acting(work, an_officer(work, "two@heard.example"), date(2026, 6, 9))
    letter_owed.received_on = date(2026, 6, 8)
    corporate = a_choice(procedure=ProcedureCode.CORPORATE, team=Team.SEND)
    deciding.confirm(work, letter_owed, corporate)
    work.today = DAY
    first, second = _listed(work, View.OPEN_CASES).rows
    assert (first.reference, first.overdue, first.due_for) == (late.reference, True, "answer")
    assert first.procedure_state is State.ANSWERING
    assert (second.due_for, second.due_on, second.overdue) == (
        "acknowledgement",
        date(2026, 6, 15),
        False,
    )
    case = work.session.query(Case).filter_by(feedback_id=letter_owed.id).one()
    acknowledging.acknowledge(work, case, "1. Nobody rang back.")
    second = _listed(work, View.OPEN_CASES).rows[1]
    assert (second.due_for, second.due_on) == ("answer", date(2026, 6, 24))


def test_a_reply_brings_a_decided_matter_back_to_the_eye(work: Work) -> None:
    acting(work, an_officer(work))
    feedback = a_feedback(work)
    deciding.confirm(work, feedback, a_choice())
    messages.add(work, feedback, Sender.COUNCIL, "We are on it.")
    messages.add(work, feedback, Sender.PERSON, "Out of office.", automatic=True)
    assert _listed(work, View.REPLIES).total == 0
    messages.add(work, feedback, Sender.PERSON, "Is there news?")
    [row] = _listed(work, View.REPLIES).rows
    assert (row.reference, row.replied) == (feedback.reference, True)
    assert queue.counts(work.session, true())[View.REPLIES] == 1


@pytest.mark.parametrize("typed", ["whole", "lower without dash", "begin"])
def test_a_reference_is_found_as_people_type_it(work: Work, typed: str) -> None:
    wanted = a_feedback(work)
    for _ in range(3):
        a_feedback(work)
    text = {
        "whole": wanted.reference,
        "lower without dash": wanted.reference.lower().replace("-", " "),
        "begin": wanted.reference[:6],
    }[typed]
    assert wanted.reference in {row.reference for row in _listed(work, search=text).rows}
    assert _listed(work, search="%").total == 0
    assert _listed(work, search="no such thing").total == 0


def test_pages_hold_everything_once_in_few_statements_without_the_words(work: Work) -> None:
    for number in range(60):
        a_feedback(work, received=work.now - timedelta(minutes=number))
    queue_places.settle(work.session)
    with _statements() as seen:
        first = _listed(work)
        second = _listed(work, after=first.later)
        third = _listed(work, after=second.later)
    pages = (first, second, third)
    assert [len(page.rows) for page in pages] == [25, 25, 10]
    assert len({row.public_id for page in pages for row in page.rows}) == 60
    assert len(seen) == 3 * 3, "the number of statements does not grow with the rows"
    assert not any("story" in statement or "body" in statement for statement in seen)
    assert (first.earlier, third.later) == (None, None)
    back = _listed(work, before=third.earlier)
    assert back.rows == second.rows
    assert _listed(work, before=back.earlier).rows == first.rows
    assert _listed(work, after="nonsense").rows == first.rows


def test_the_next_one_is_the_queues_first_but_not_the_same(work: Work) -> None:
    assert queue.next_waiting(work.session, true()) is None
    calm = a_feedback(work, received=work.now - timedelta(days=9))
    later = a_feedback(work, received=work.now - timedelta(days=2))
    urgent = a_feedback(work, danger_said=True)

    def after(feedback: Feedback | None) -> str | None:
        place = None
        if feedback is not None:
            queue_places.settle(work.session)
            work.session.refresh(feedback)
            place = queue.place_of(feedback)
        but_not = feedback.public_id if feedback is not None else ""
        found = queue.next_waiting(work.session, true(), place, but_not)
        return found.reference if found is not None else None

    assert after(None) == urgent.reference
    assert after(urgent) == calm.reference
    assert after(calm) == later.reference
    # Behind the last one the queue begins again.
    assert after(later) == urgent.reference


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=-30), "just now"),
        (timedelta(seconds=90), "just now"),
        (timedelta(minutes=5), "5 minutes"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(hours=47), "1 day"),
        (timedelta(days=12, hours=3), "12 days"),
    ],
)
def test_waiting_in_words(ago: timedelta, words: str) -> None:
    assert waited_in_words(NOW - ago, NOW) == words
