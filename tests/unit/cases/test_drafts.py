"""A draft becomes one record, however often it is sent."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.cases import drafts
from portal.cases.receiving import NewFeedback
from portal.cases.secret_words import words_match
from portal.records.draft import Draft
from portal.records.feedback import Channel, ContactWay, Door, Feedback
from portal.work import Work


def as_new(draft: Draft, answers: dict[str, Any]) -> NewFeedback:
    return NewFeedback(
        channel=Channel.WEB,
        story=answers["story"]["text"],
        contact_way=ContactWay.PORTAL_ONLY,
        reference=draft.reference,
        words=draft.words,
    )


@pytest.fixture
def begun(work: Work) -> tuple[Draft, str]:
    draft, token = drafts.begin(work, Door.EVERYONE)
    drafts.keep(work, draft, "story", {"text": "An invented story."})
    return draft, token


def test_sent_twice_it_is_one_record(work: Work, begun: tuple[Draft, str]) -> None:
    draft, _ = begun
    first, new = drafts.send(work, draft, as_new)
    second, new_again = drafts.send(work, draft, as_new)
    assert (new, new_again) == (True, False)
    assert first is second
    assert work.session.scalar(select(func.count()).select_from(Feedback)) == 1


def test_the_words_shown_open_what_was_sent(work: Work, begun: tuple[Draft, str]) -> None:
    draft, _ = begun
    feedback, _ = drafts.send(work, draft, as_new)
    assert feedback.reference == draft.reference
    assert words_match(feedback.words_hash, drafts.words_to_show(work, draft))


def test_the_story_is_kept_once(work: Work, begun: tuple[Draft, str]) -> None:
    draft, _ = begun
    drafts.send(work, draft, as_new)
    assert drafts.answers_of(draft) == {}


def test_words_are_shown_for_half_an_hour_and_then_forgotten(
    work: Work, begun: tuple[Draft, str]
) -> None:
    draft, _ = begun
    assert drafts.words_to_show(work, draft) is None
    drafts.send(work, draft, as_new)
    work.now += timedelta(minutes=29)
    assert drafts.words_to_show(work, draft)
    work.now += timedelta(minutes=1)
    assert drafts.words_to_show(work, draft) is None
    drafts.sweep(work)
    assert draft.words is None


def test_only_its_own_token_and_door_find_a_draft(work: Work, begun: tuple[Draft, str]) -> None:
    draft, token = begun
    assert drafts.find(work.session, token, Door.EVERYONE, work.now) is draft
    assert drafts.find(work.session, token, Door.YOUNG_PEOPLE, work.now) is None
    assert drafts.find(work.session, token + "x", Door.EVERYONE, work.now) is None
    assert drafts.find(work.session, None, Door.EVERYONE, work.now) is None
    assert token not in draft.token_key


def test_an_answer_keeps_a_draft_for_another_day(work: Work, begun: tuple[Draft, str]) -> None:
    draft, token = begun
    work.now += timedelta(hours=23)
    drafts.keep(work, draft, "wanted", {"text": "My bag back."})
    work.now += timedelta(hours=23)
    work.session.flush()
    assert drafts.find(work.session, token, Door.EVERYONE, work.now) is draft
    assert set(drafts.answers_of(draft)) == {"story", "wanted"}


def test_an_ended_draft_is_not_found_and_is_swept(work: Work, begun: tuple[Draft, str]) -> None:
    _, token = begun
    work.session.flush()
    work.now += timedelta(hours=24)
    assert drafts.find(work.session, token, Door.EVERYONE, work.now) is None
    assert drafts.sweep(work) == 1
