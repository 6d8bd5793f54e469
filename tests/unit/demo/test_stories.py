"""The demo's own stories: their labels hold together, and the classifier has never seen them."""

import json
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from classifier.examples import read_corpus
from portal.council import Council, load_council
from portal.demo.stories import OWN, read_stories
from portal.procedures.vocabulary import (
    Area,
    Category,
    Nature,
    ProcedureCode,
    Relationship,
    Risk,
    Team,
)
from portal.records.feedback import Channel

Line = dict[str, Any]
CODES = {
    "channel": Channel,
    "category": Category,
    "area": Area,
    "team": Team,
    "procedure": ProcedureCode,
    "relationship": Relationship,
    "risk": Risk,
}
FIELDS = [
    "id", "channel", "subject", "text", "category", "area", "team", "procedure", "nature",
    "relationship", "risk", "voice", "reason",
]  # fmt: skip
WORDS_IN_A_ROW = 8


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return [json.loads(line) for line in OWN.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def example_council() -> Council:
    return load_council("staffordshire")


def test_every_line_has_the_corpus_fields_and_is_read_as_a_story(lines: list[Line]) -> None:
    for number, line in enumerate(lines, 1):
        assert list(line) == FIELDS, line["id"]
        assert line["id"] == f"demo-{number:03}"
        assert line["text"] == line["text"].strip() != ""
        assert (line["subject"] is not None) == (line["channel"] == "email"), line["id"]
    assert len(read_stories(OWN)) == len(lines) >= 60


def test_every_label_is_a_code(lines: list[Line]) -> None:
    for line in lines:
        for name, codes in CODES.items():
            assert line[name] in set(codes), (line["id"], name)
        assert line["nature"] in {None, *Nature}, line["id"]


def test_every_team_is_in_the_area_that_the_council_gives_it(
    lines: list[Line], example_council: Council
) -> None:
    for line in lines:
        area = example_council.area_of(Team(line["team"]), date(2026, 11, 23))
        assert line["area"] == area, line["id"]


def test_labels_do_not_contradict_one_another(lines: list[Line]) -> None:
    for line in lines:
        category, procedure = line["category"], line["procedure"]
        assert (line["nature"] is not None) == (category == Category.COMPLAINT), line["id"]
        assert (procedure == ProcedureCode.NONE) == (category == Category.COMPLIMENT), line["id"]
        if category == Category.COMMENT:
            assert procedure == ProcedureCode.DUTY, line["id"]
        if category in (Category.MP_ENQUIRY, Category.OMBUDSMAN):
            assert line["relationship"] == Relationship.PROFESSIONAL, line["id"]


def test_every_team_channel_nature_and_voice_is_there(lines: list[Line]) -> None:
    every = {**CODES, "nature": Nature}
    for name, codes in every.items():
        missing = set(codes) - {line[name] for line in lines}
        assert not missing, name
    assert Counter(line["risk"] for line in lines)[Risk.NOW] >= 3
    assert Counter(line["relationship"] for line in lines)[Relationship.YOUNG_PERSON] >= 12


def test_the_classifier_has_learnt_from_none_of_them(lines: list[Line]) -> None:
    learnt: set[tuple[str, ...]] = set()
    for example in read_corpus():
        learnt |= _runs(example.text) | _runs(example.subject or "")
    for line in lines:
        known = _runs(line["text"]) & learnt
        assert not known, (line["id"], known)


def test_no_story_is_told_twice(lines: list[Line]) -> None:
    told = sorted((run, line["id"]) for line in lines for run in _runs(line["text"]))
    for (run, one), (other_run, other) in pairwise(told):
        assert run != other_run or one == other, (one, other)


def _runs(text: str) -> set[tuple[str, ...]]:
    """Every eight words in a row, or all of a shorter text: case and punctuation do not count."""
    words = re.findall(r"[a-z0-9]+", text.lower().replace("'", "").replace("’", ""))
    last = max(1, len(words) - WORDS_IN_A_ROW + 1)
    return {tuple(words[at : at + WORDS_IN_A_ROW]) for at in range(last) if words}
