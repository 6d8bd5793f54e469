"""Places in the lists: written and read again, pages without gap or double, messages among them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import true

from portal import counted
from portal.cases import queue_places
from portal.procedures.vocabulary import Risk
from portal.records.feedback import Door
from portal.records.mail import Mail, MailState
from portal.triage import queue, queue_mail
from portal.triage.queue import Listing, View
from portal.triage.queue_order import written
from portal.work import Work
from tests.unit.triage.matters import a_feedback

IDS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.", min_size=1)
PLACES = st.tuples(
    st.integers(0, 5),
    st.dates(),
    st.datetimes(min_value=datetime(1971, 1, 1), timezones=st.just(UTC)),
    IDS.filter(lambda text: len(text) <= 64),
)


@given(place=PLACES)
def test_a_place_is_read_as_it_was_written(place: tuple[int, date, datetime, str]) -> None:
    assert queue.read_place(written(place)) == place


@pytest.mark.parametrize(
    "token", ["", ".", "1", "1.2026-06-10", "x.2026-06-10.5.a", "1.2026-13-10.5.a",
              "1.2026-06-10.-5.a", "1.2026-06-10.99999999999999999999999.a", "1.2026-06-10.٣.a"]
)  # fmt: skip
def test_what_is_no_place_begins_at_the_first(token: str) -> None:
    assert queue.read_place(token) is None


def _message(work: Work, number: int, state: MailState, arrived: datetime) -> Mail:
    mail = Mail(
        public_id=f"mail{number:04}", mailbox="INBOX", uid_validity=1, uid=number, sha256="x",
        size=2_000, arrived_at=arrived, stored_at=arrived, state=state,
    )  # fmt: skip
    work.session.add(mail)
    return mail


def _page(work: Work, **beside: str) -> Listing:
    return queue.rows(
        work.session, work.council, work.today, now=work.now, visible=true(), mail=True, **beside
    )


MIXTURES = st.lists(
    st.tuples(
        st.sampled_from(["feedback", "quarantined", "automatic"]),
        st.sampled_from(Risk),
        st.booleans(),
        # Few moments, so that many fall together: mail servers know whole seconds alone.
        st.integers(0, 12),
    ),
    min_size=30,
    max_size=70,
)


def test_pages_of_any_mixture_hold_everything_once_in_both_directions(work: Work) -> None:
    @given(items=MIXTURES)
    def holds(items: list[tuple[str, Risk, bool, int]]) -> None:
        with work.session.begin_nested() as undone:
            expected = []
            for number, (kind, risk, young, hours) in enumerate(items):
                at = work.now - timedelta(hours=5 * hours)
                if kind == "feedback":
                    door = Door.YOUNG_PEOPLE if young else Door.EVERYONE
                    feedback = a_feedback(work, door=door, received=at)
                    feedback.risk = risk
                    expected.append(feedback.public_id)
                else:
                    expected.append(_message(work, number, MailState(kind), at).public_id)
            work.session.flush()
            pages = [_page(work)]
            while (later := pages[-1].later) is not None:
                pages.append(_page(work, after=later))
            shown = [row.public_id for page in pages for row in page.rows]
            assert len(shown) == len(expected)
            assert set(shown) == set(expected)
            assert pages[0].total == len(expected)
            back = [pages[-1]]
            while (earlier := back[-1].earlier) is not None:
                back.append(_page(work, before=earlier))
            assert [page.rows for page in reversed(back)][1:] == [page.rows for page in pages][1:]
            undone.rollback()

    holds()


def test_what_nobody_could_read_stands_among_the_concerns(work: Work) -> None:
    calm, worry = a_feedback(work), a_feedback(work)
    worry.risk = Risk.CONCERN
    broken = _message(work, 1, MailState.QUARANTINED, work.now)
    machine = _message(work, 2, MailState.AUTOMATIC, work.now - timedelta(days=9))
    _message(work, 3, MailState.NEW, work.now)
    work.session.flush()
    assert [row.public_id for row in _page(work).rows] == [
        broken.public_id, worry.public_id, machine.public_id, calm.public_id
    ]  # fmt: skip
    assert queue.counts(work.session, true(), mail=True)[View.WAITING] == 4
    assert queue.counts(work.session, true())[View.WAITING] == 2
    first = queue.next_waiting(work.session, true(), mail=True)
    assert first is not None
    assert (first.public_id, first.reference) == (broken.public_id, None)
    after = queue.next_waiting(
        work.session, true(), queue_mail.place_of(broken), broken.public_id, mail=True
    )
    assert after is not None
    assert after.reference == worry.reference


def test_a_message_that_was_settled_waits_no_longer(work: Work) -> None:
    broken = _message(work, 1, MailState.QUARANTINED, work.now)
    work.session.flush()
    assert _page(work).total == 1
    broken.settled_at = work.now
    work.session.flush()
    assert _page(work).rows == ()


def test_counts_stop(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        a_feedback(work)
    monkeypatch.setattr(counted, "COUNTED", 3)
    assert queue.counts(work.session, true())[View.WAITING] == 4
    assert _page(work).number == "more than 3"


def test_the_last_day_of_time_is_a_place_like_others(work: Work) -> None:
    _message(work, 1, MailState.QUARANTINED, work.now)
    work.session.flush()
    place = (queue_places.rank(Risk.CONCERN, False), date.max, work.now, "x")
    assert _page(work, after=written(place)).rows == ()
    assert len(_page(work, before=written(place)).rows) == 1
