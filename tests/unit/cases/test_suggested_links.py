"""Suggested links: shown from both ends, to those who may see both, until an officer answers."""

import pytest
from sqlalchemy import false, select, true

from portal.cases import suggested_links
from portal.cases.suggested_links import LinkSettled
from portal.records.message import Message
from portal.records.suggested_link import LinkGround, LinkState, SuggestedLink
from portal.work import Work
from tests.matters import make_feedback


def linked(work: Work):  # type: ignore[no-untyped-def]
    older, newer = make_feedback(work), make_feedback(work)
    suggested_links.suggest(work, newer, older, LinkGround.OUR_LETTER)
    return older, newer, work.session.scalars(select(SuggestedLink)).one()


def test_both_ends_show_it_and_no_words_move(work: Work) -> None:
    older, newer, _link = linked(work)
    [from_newer] = suggested_links.shown_for(work.session, newer, true())
    [from_older] = suggested_links.shown_for(work.session, older, true())
    assert (from_newer.other_reference, from_newer.other_answers) == (older.reference, False)
    assert (from_older.other_reference, from_older.other_answers) == (newer.reference, True)
    assert "letter of ours" in from_newer.ground
    assert work.session.scalars(select(Message)).all() == []


def test_who_may_not_see_the_other_is_not_told_of_it(work: Work) -> None:
    _older, newer, _link = linked(work)
    assert suggested_links.shown_for(work.session, newer, false()) == []


def test_confirmed_it_stays_and_dismissed_it_goes(work: Work) -> None:
    _older, newer, link = linked(work)
    suggested_links.confirm(work, link)
    assert suggested_links.shown_for(work.session, newer, true())[0].confirmed
    with pytest.raises(LinkSettled):
        suggested_links.dismiss(work, link)
    assert link.state is LinkState.CONFIRMED


def test_a_dismissed_link_is_not_shown(work: Work) -> None:
    older, newer, link = linked(work)
    suggested_links.dismiss(work, link)
    assert suggested_links.shown_for(work.session, newer, true()) == []
    assert suggested_links.shown_for(work.session, older, true()) == []
    assert suggested_links.find(work.session, link.public_id) is link
