"""Following from outside: one answer for wrong tries, links for one use, words for one matter."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from portal.cases import tracking
from portal.cases.references import make_reference
from portal.cases.throttling import FREE_FAILURES, TooManyTries
from portal.cases.tracking import LinkEnded, NotFoundTogether
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback
from portal.records.throttle import Throttle
from portal.records.tracking_link import TrackingLink
from portal.work import PUBLIC, WORKER, Work, begin_work
from tests.matters import make_feedback, words_of

ADDRESS = "192.0.2.1"


@pytest.fixture
def reference(app: Flask) -> str:
    with begin_work(WORKER) as work:
        return make_feedback(work).reference


def refused(reference: str, words: str, address: str = ADDRESS) -> tuple[int, str]:
    with pytest.raises(NotFoundTogether) as refusal:
        tracking.open_with_words(PUBLIC, reference, words, address)
    return refusal.value.status, refusal.value.message


def test_reference_and_words_open_together(reference: str) -> None:
    opened = tracking.open_with_words(PUBLIC, reference.lower(), words_of().upper(), ADDRESS)
    assert opened.reference == reference


def test_opening_leaves_a_trace(reference: str) -> None:
    tracking.open_with_words(PUBLIC, reference, words_of(), ADDRESS)
    with begin_work(WORKER) as work:
        acts = work.session.scalars(select(AuditEvent.act)).all()
    assert acts == ["feedback_received", "tracking_opened"]


def test_unknown_reference_and_wrong_words_get_the_same_answer(reference: str) -> None:
    wrong_words = refused(reference, "apple apple apple apple apple")
    not_words = refused(reference, "xx")
    unknown = refused(make_reference(), words_of())
    not_a_reference = refused("hello", words_of())
    assert wrong_words == not_words == unknown == not_a_reference
    assert wrong_words[0] == 422


def test_a_wrong_try_is_counted_although_it_is_refused(reference: str) -> None:
    refused(reference, "xx")
    with begin_work(WORKER) as work:
        rows = work.session.scalars(select(Throttle)).all()
    assert [row.failures for row in rows] == [1, 1, 1]


def test_the_right_words_do_not_open_where_it_is_closed(reference: str) -> None:
    for _ in range(FREE_FAILURES):
        refused(reference, "xx")
    with pytest.raises(TooManyTries):
        tracking.open_with_words(PUBLIC, reference, words_of(), ADDRESS)


def test_one_address_cannot_go_through_many_references(reference: str) -> None:
    for _ in range(tracking.FREE_OF_ADDRESS):
        refused(make_reference(), "xx")
    with pytest.raises(TooManyTries):
        tracking.open_with_words(PUBLIC, reference, words_of(), ADDRESS)


def test_success_forgets_earlier_slips(reference: str) -> None:
    for _ in range(FREE_FAILURES - 1):
        refused(reference, "xx")
    tracking.open_with_words(PUBLIC, reference, words_of(), ADDRESS)
    refused(reference, "xx")


def test_a_matter_without_words_opens_with_none(app: Flask) -> None:
    with begin_work(WORKER) as work:
        reference = make_feedback(work, words=None).reference
    refused(reference, words_of())
    refused(reference, "")


def test_a_link_is_looked_at_often_and_used_once(work: Work) -> None:
    feedback = make_feedback(work)
    token = tracking.make_link(work, feedback)
    assert tracking.link_works(work, token)
    assert tracking.link_works(work, token)
    opened, words = tracking.use_link(work, token)
    assert opened is feedback
    assert len(words.split()) == 5
    assert not tracking.link_works(work, token)
    with pytest.raises(LinkEnded) as ended:
        tracking.use_link(work, token)
    assert ended.value.status == 410


def test_a_link_ends_after_thirty_days(work: Work) -> None:
    token = tracking.make_link(work, make_feedback(work))
    work.session.flush()
    work.now += timedelta(days=30)
    assert not tracking.link_works(work, token)


def test_a_token_is_stored_only_as_its_hash(work: Work) -> None:
    token = tracking.make_link(work, make_feedback(work))
    work.session.flush()
    assert work.session.scalars(select(TrackingLink)).one().token_key != token
    assert not tracking.link_works(work, "")


def test_new_words_end_the_old_ones(reference: str) -> None:
    with begin_work(WORKER) as work:
        feedback = work.session.scalars(select(Feedback)).one()
        words = tracking.give_new_words(work, feedback)
    refused(reference, words_of())
    assert tracking.open_with_words(PUBLIC, reference, words, ADDRESS).reference == reference
