"""Private columns, instants and keyed hashes."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from portal.cases.receiving import NewFeedback, receive
from portal.columns import Unreadable, keyed_hash, seal, unseal
from portal.db import db
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Channel, ContactWay
from portal.work import PUBLIC, Work, begin_work

OLD, NEW = b"o" * 32, b"n" * 32


@given(st.binary(), st.sampled_from([(), (OLD,), (NEW, OLD)]))
def test_what_is_sealed_opens_again_in_its_own_place(value: bytes, keys: tuple[bytes, ...]) -> None:
    assert unseal(seal(value, "party.name", keys), "party.name", keys) == value


def test_an_older_key_still_opens_what_it_closed() -> None:
    assert unseal(seal(b"words", "a.b", (OLD,)), "a.b", (NEW, OLD)) == b"words"


def test_what_was_plain_stays_readable_when_a_key_is_set() -> None:
    assert unseal(seal(b"words", "a.b", ()), "a.b", (NEW,)) == b"words"


@pytest.mark.parametrize(("place", "keys"), [("party.email", (OLD,)), ("party.name", (NEW,))])
def test_another_place_or_another_key_opens_nothing(place: str, keys: tuple[bytes, ...]) -> None:
    stored = seal(b"words", "party.name", (OLD,))
    with pytest.raises(Unreadable):
        unseal(stored, place, keys)


def test_the_database_file_holds_no_words(app: Flask) -> None:
    with begin_work(PUBLIC) as work:
        receive(
            work,
            NewFeedback(
                Channel.WEB, story="zebra-crossing-words", contact_way=ContactWay.PORTAL_ONLY
            ),
        )
    stored = db.session.execute(text("select story from feedback")).scalar_one()
    assert b"zebra" not in stored


@pytest.mark.parametrize("odd", ["a\x00b", "\ud800", "é" * 3, ""])
def test_odd_text_is_kept(work: Work, odd: str) -> None:
    feedback = receive(
        work, NewFeedback(Channel.WEB, story=odd, contact_way=ContactWay.PORTAL_ONLY)
    )
    work.session.flush()
    work.session.expire(feedback)
    assert feedback.story == odd.encode("utf-8", "replace").decode()


def test_an_instant_comes_back_in_utc(work: Work) -> None:
    summer = datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    event = AuditEvent(at=summer, act="x", actor_kind="test", fields=[])
    work.session.add(event)
    work.session.flush()
    work.session.expire(event)
    assert event.at == datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert event.at.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(app: Flask) -> None:
    event = AuditEvent(at=datetime(2026, 7, 1), act="x", actor_kind="test", fields=[])

    def writes() -> None:
        with begin_work(PUBLIC) as work:
            work.session.add(event)

    with pytest.raises(Exception, match="zone"):
        writes()


def test_hashes_of_two_purposes_differ(app: Flask) -> None:
    assert keyed_hash("sam@example.org", "email") != keyed_hash("sam@example.org", "name")
    assert keyed_hash("sam@example.org", "email") == keyed_hash("sam@example.org", "email")
