"""Training makes the same usable model from the same texts."""

import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from classifier import examples, pipeline, training
from classifier.errors import BadExample, ModelMissing
from classifier.examples import Example
from classifier.heads import Heads
from classifier.suggest import Suggester
from classifier.suggestion import SuggestItem


@pytest.fixture(scope="module")
def few() -> list[Example]:
    """Six texts of each team from all hands: few enough to be quick, of every kind."""
    by_team: dict[str, list[Example]] = defaultdict(list)
    for example in examples.read_corpus():
        by_team[example.labels["team"]].append(example)
    return [
        example for _, texts in sorted(by_team.items()) for example in texts[:: len(texts) // 6][:6]
    ]


@pytest.fixture(scope="module")
def heads(few: list[Example]) -> Heads:
    return training.train(few)


def test_a_small_model_survives_the_disk_and_knows_a_plan_from_a_fine(
    heads: Heads, tmp_path: Path
) -> None:
    pipeline.save(heads, tmp_path / "model")
    suggester = Suggester.load(tmp_path / "model")
    plan = suggester.suggest(SuggestItem(id=1, text="the EHC plan and the annual review are late"))
    fine = suggester.suggest(SuggestItem(id=2, text="I got a penalty notice, a fine of £160"))
    assert plan.team[0].label == "send"
    assert fine.team[0].label == "penalty_notices"
    assert suggester.model == heads.settings.name


def test_the_same_texts_give_the_same_weights(few: list[Example]) -> None:
    one, two = training.train(few[::2]), training.train(few[::2])
    np.testing.assert_array_equal(one.word_weights, two.word_weights)
    assert one.settings == two.settings


def test_a_model_of_other_labels_or_encoder_is_refused(heads: Heads, tmp_path: Path) -> None:
    heads.save(tmp_path)
    about = json.loads((tmp_path / "about.json").read_text())
    for name, wrong in (("encoder", "0" * 12), ("cues", "x"), ("heads", {}), ("format", 99)):
        (tmp_path / "about.json").write_text(json.dumps({**about, name: wrong}))
        with pytest.raises(ModelMissing, match="train it again"):
            Heads.load(tmp_path)


def test_a_cut_off_file_is_refused(heads: Heads, tmp_path: Path) -> None:
    heads.save(tmp_path)
    whole = (tmp_path / "weights.npz").read_bytes()
    (tmp_path / "weights.npz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelMissing, match="damaged"):
        Heads.load(tmp_path)


def test_too_few_texts_are_refused(few: list[Example]) -> None:
    with pytest.raises(BadExample, match="too few"):
        training.train(few[:10])


def test_no_hand_is_on_both_sides_when_confidence_is_measured(few: list[Example]) -> None:
    for learnt, judged in training.splits_by_hand(few):
        assert {few[n].hand for n in learnt}.isdisjoint(few[n].hand for n in judged)
        assert sorted([*learnt, *judged]) == list(range(len(few)))


def test_the_encoder_never_judges_a_text_that_it_has_learnt_from(few: list[Example]) -> None:
    own = Example("new", "The new ramp is at the wrong door again.", None, {}, "", "decisions")
    prepared = training.prepare([*few, own])
    assert len(few) in prepared.encoded, "what nobody trained on may be judged"
    parts = {number: few[number].hand for number in prepared.encoded if number < len(few)}
    later = frozenset[str]().union(*examples.LATER)
    assert set(parts.values()) <= examples.FIRST_PART | later, "kept scores, or never learnt from"


def test_texts_that_share_a_story_have_one_group(few: list[Example]) -> None:
    story = "one two three four five six seven eight nine ten"
    twins = [
        Example(f"t{n}", f"{start} {story}", None, few[n].labels, "", "x")
        for n, start in enumerate(("Dear all", "Hello there"))
    ]
    together = examples.groups([*few, *twins])
    assert together[-1] == together[-2]
    assert len(set(together)) == len(few) + 1
