"""What was seen before: the same house, number, child or words, with the reason and what to do."""

from dataclasses import replace
from unittest.mock import patch

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import false, true

from portal.cases import addresses, children, linking, near_texts
from portal.cases.receiving import NewParty
from portal.commands import finding
from portal.db import db
from portal.records.feedback import Feedback
from portal.records.party import PartyRole
from portal.work import WORKER, begin_work
from tests.matters import make_feedback

STORY = (
    "The taxi that takes my daughter to school has been late eleven times since half term, and"
    " nobody at the transport office answers the telephone or the letters that I wrote to them."
)
WORDS = st.lists(
    st.sampled_from("one two three four five six seven eight nine".split()), max_size=60
)


def made(story: str = "Something quite different.", *children_named: str, **party: str) -> int:
    with begin_work(WORKER) as work:
        who = NewParty(PartyRole.COMPLAINANT, **{"name": "Somebody", **party})
        feedback = make_feedback(work, story=story, parties=(who,))
        for name in children_named:
            children.add(work, feedback, name)
        key = feedback.id
    finding.index()
    return key


def sketch(story: str) -> bytes:
    return near_texts.traces_of(story).sketch


def runs(words: list[str]) -> set[tuple[str, ...]]:
    if len(words) < near_texts.FEWEST_WORDS:
        return set()
    return {tuple(words[at : at + near_texts.RUN]) for at in range(len(words) - 2)}


def near(key: int, visible: object = None) -> dict[int, tuple[str, str]]:
    feedback = db.session.get_one(Feedback, key)
    where = true() if visible is None else visible
    ids = {one.reference: one.id for one in db.session.query(Feedback)}
    found = linking.near_matches(db.session(), feedback, where)  # type: ignore[arg-type]
    return {ids[one.reference]: (one.why, one.proposal) for one in found}


def test_each_reason_is_told_with_what_may_be_done(app: Flask) -> None:
    house = {"address": "Flat 2, 14 Elm Row\nStafford\nZZ99 2ZZ"}
    first = made(STORY, "Ivy Larkspur", phone="07700 900111", **house)
    twice = made(STORY + " Please answer.", phone="+44 7700 900111")
    same_house = made(address="Flat 2\n14 Elm Row, Stafford zz992zz")
    next_door = made(address="Flat 3, 14 Elm Row\nZZ99 2ZZ")
    child = made("Another thing.", "ivy  larkspur")
    campaign = made(STORY.replace("eleven", "seven"))
    found = near(first)
    assert set(found) == {twice, same_house, child, campaign}
    assert next_door not in found
    assert found[twice][0] == f"{linking.SAME_PHONE} and {linking.SAME_TEXT}"
    assert "sent twice" in found[twice][1]
    assert found[same_house] == (
        linking.SAME_ADDRESS, "Perhaps the same household: tell neither of the other.",
    )  # fmt: skip
    assert found[child][0] == linking.SAME_CHILD
    assert "from somebody else" in found[child][1]
    assert found[campaign][0] == linking.SAME_TEXT
    assert "several people" in found[campaign][1]


def test_nothing_is_near_to_whoever_may_not_see_it(app: Flask) -> None:
    first = made(STORY, phone="07700 900111")
    made(STORY, phone="07700 900111")
    assert len(near(first)) == 1
    assert near(first, false()) == {}


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("12 Elm Row, ZZ99 2ZZ", "12 elm row\nStafford\nzz99 2zz", True),
        ("12a Elm Row, ZZ99 2ZZ", "12 Elm Row, ZZ99 2ZZ", False),
        ("Rose Cottage, Elm Row, ZZ99 2ZZ", "rose  cottage\nZZ992ZZ", True),
        ("12 Elm Row, ZZ99 2ZZ", "12 Elm Row, ZZ99 3ZZ", False),
    ],
)
def test_an_address_is_its_house_and_postcode(
    app: Flask, one: str, other: str, equal: bool
) -> None:
    assert (addresses.address_key(one) == addresses.address_key(other)) is equal


def test_a_street_alone_is_no_address(app: Flask) -> None:
    assert addresses.address_key("12 Elm Row, Stafford") is None
    assert addresses.address_key("ZZ99 2ZZ") is None


def test_an_address_of_before_gets_its_key_when_it_is_indexed(app: Flask) -> None:
    from portal.records.party import Party

    first, second = (made(address="12 Elm Row, ZZ99 2ZZ") for _ in range(2))
    with begin_work(WORKER) as work:
        for party in work.session.query(Party):
            party.address_key = None
        work.session.get_one(Feedback, second).story = "Changed."
    finding.index()
    with begin_work(WORKER) as work:
        work.session.get_one(Feedback, first).story = "Changed as well."
    finding.index()
    assert set(near(first)) == {second}


@given(one=WORDS, other=WORDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_likeness_is_the_same_both_ways_and_whole_for_itself(
    app: Flask, one: list[str], other: list[str]
) -> None:
    mine, theirs = sketch(" ".join(one)), sketch(" ".join(other))
    assert near_texts.likeness(mine, theirs) == near_texts.likeness(theirs, mine)
    assert 0 <= near_texts.likeness(mine, theirs) <= 1
    if len(one) >= near_texts.FEWEST_WORDS:
        assert near_texts.likeness(mine, sketch(" ".join(one).upper())) == 1


@given(kept=st.integers(0, 600), gone=st.integers(0, 400), come=st.integers(0, 400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_sketches_tell_how_much_two_stories_share(
    app: Flask, kept: int, gone: int, come: int
) -> None:
    same = [f"same{number}" for number in range(kept)]
    one = [*same, *(f"gone{number}" for number in range(gone))]
    other = [*same, *(f"come{number}" for number in range(come))]
    mine, theirs = runs(one), runs(other)
    share = len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
    told = near_texts.likeness(sketch(" ".join(one)), sketch(" ".join(other)))
    if max(len(mine), len(theirs)) < near_texts.SKETCHED:
        assert told == share
    # Five times what chance alone makes it vary by.
    assert abs(told - share) <= 5 * (share * (1 - share) / near_texts.SKETCHED) ** 0.5 + 0.02


def test_sketches_of_another_key_have_nothing_in_common(app: Flask) -> None:
    before = sketch(STORY)
    heard = app.extensions["heard"]
    other = replace(heard, settings=replace(heard.settings, words_key=b"k" * 32))
    with patch.dict(app.extensions, {"heard": other}):
        assert near_texts.likeness(before, sketch(STORY)) == 0
    assert near_texts.likeness(before, sketch(STORY)) == 1


def test_stories_of_almost_the_same_words_share_a_band_and_others_do_not(app: Flask) -> None:
    words = STORY.split()
    bands = set(near_texts.traces_of(STORY).bands)
    for at in range(len(words)):
        changed = " ".join([*words[:at], "otherwise", *words[at + 1 :]])
        assert bands & set(near_texts.traces_of(changed).bands), words[at]
    assert not bands & set(near_texts.traces_of(" ".join(sorted(words))).bands)
    assert near_texts.traces_of("Too short to tell.") == near_texts.Traces()
