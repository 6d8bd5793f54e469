"""The corpus keeps its own rules, and a bad line of decisions is named by its number."""

from collections import Counter

import pytest

from classifier import examples
from classifier.errors import BadExample
from classifier.labels import AREA_OF_TEAM, HEADS
from portal.procedures.vocabulary import Area, Team


@pytest.fixture(scope="module")
def corpus() -> list[examples.Example]:
    return examples.read_corpus()


def test_every_team_has_an_area_and_every_area_a_team() -> None:
    assert set(AREA_OF_TEAM) == set(Team)
    assert set(AREA_OF_TEAM.values()) == set(Area)


def test_labels_do_not_contradict_one_another(corpus: list[examples.Example]) -> None:
    for example in corpus:
        labels = example.labels
        assert ("nature" in labels) == (labels["category"] == "complaint"), example.id
        assert (labels["procedure"] == "none") == (labels["category"] == "compliment"), example.id
        if labels["category"] == "comment":
            assert labels["procedure"] == "duty", example.id
        if labels["category"] in ("mp_enquiry", "ombudsman"):
            assert labels["relationship"] == "professional", example.id
        if AREA_OF_TEAM[labels["team"]] == "education" and labels["team"] != "send":
            assert labels["procedure"] != "statutory", example.id


def test_ids_and_texts_are_each_there_once(corpus: list[examples.Example]) -> None:
    assert len({example.id for example in corpus}) == len(corpus) >= 2500
    assert len({example.text for example in corpus}) == len(corpus)
    assert len(set(examples.groups(corpus))) == len(corpus), "two texts share a story"


def test_no_held_out_text_shares_a_run_of_words_with_the_corpus(
    corpus: list[examples.Example],
) -> None:
    held_out = examples.read_corpus(examples.HELD_OUT)
    assert len(held_out) >= 400
    groups = examples.groups([*corpus, *held_out])
    ours, theirs = set(groups[: len(corpus)]), set(groups[len(corpus) :])
    assert ours.isdisjoint(theirs), "a held-out text tells a story of the corpus"
    assert {one.id for one in held_out}.isdisjoint(one.id for one in corpus)


def test_every_label_has_texts(corpus: list[examples.Example]) -> None:
    for head, codes in HEADS.items():
        counts = Counter(example.labels.get(head) for example in corpus)
        assert min(counts[code] for code in codes) >= 12, head


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"text": 3}', '{"text": "Ann Lee is rude", "team": "parks"}'],
)
def test_a_bad_line_is_named_by_its_number_and_not_quoted(line: str) -> None:
    with pytest.raises(BadExample) as told:
        examples.read_examples(['{"text": "fine"}', "", line], "decisions")
    assert "Line 3" in str(told.value)
    assert "Ann" not in str(told.value)


def test_a_changed_label_changes_the_name_of_the_corpus(corpus: list[examples.Example]) -> None:
    before = examples.corpus_hash(corpus[:3])
    assert examples.corpus_hash(corpus[:3]) == before
    assert examples.corpus_hash(corpus[1:3]) != before
