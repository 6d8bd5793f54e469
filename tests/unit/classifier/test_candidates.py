"""A candidate is compared before it can be promoted, and every promotion can be taken back."""

import json
import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from classifier import candidates, examples, folders, pipeline, training, versions
from classifier.decisions import Decisions, read_decisions
from classifier.errors import BadExample, NotPromoted
from classifier.examples import HELD_OUT, Example
from classifier.heads import Heads
from classifier.labels import HEADS
from classifier.suggest import Suggester


def line(number: int, **more: Any) -> str:
    labels = {
        "category": "complaint", "team": "send", "procedure": "corporate", "risk": "none",
        "relationship": "parent", "nature": "communication",
    }  # fmt: skip
    text = f"The plan for pupil {number} was promised in term {number} and has not come."
    return json.dumps({"id": f"decision-{number}", "text": text, **labels, **more})


@pytest.fixture(scope="module")
def few() -> list[Example]:
    """Six texts of each team, as the tests of training take them."""
    by_team: dict[str, list[Example]] = defaultdict(list)
    for example in examples.read_corpus():
        by_team[example.labels["team"]].append(example)
    return [one for _, own in sorted(by_team.items()) for one in own[:: len(own) // 6][:6]]


@pytest.fixture(scope="module")
def heads(few: list[Example]) -> Heads:
    return training.train(few)


@pytest.fixture(scope="module")
def strangers() -> list[Example]:
    return examples.read_corpus(HELD_OUT)[::14]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MODEL_DIR", str(tmp_path / "models"))
    return tmp_path / "models"


def current_of(heads: Heads) -> Suggester:
    return Suggester(pipeline.pipeline_of(heads), heads)


def test_what_was_decided_first_is_held_back() -> None:
    lines = [line(n, blind=n % 5 == 0, decided_on=f"2026-07-{n + 1:02}") for n in range(10)]
    decisions = read_decisions([*lines, ""])
    assert [one.id for one in decisions.held_back] == ["decision-0", "decision-5"]
    assert len(decisions.learnt) == 8
    assert decisions.blind


def test_where_none_was_decided_first_the_newest_fifth_is() -> None:
    lines = [line(n, decided_on=f"2026-07-{30 - n:02}") for n in range(11)]
    decisions = read_decisions(lines)
    assert [one.id for one in decisions.held_back] == ["decision-0", "decision-1"]
    assert not decisions.blind
    assert read_decisions([line(1)]).held_back == ()


def test_a_candidate_is_kept_with_its_figures_and_promotes_nothing(
    home: Path, few: list[Example], heads: Heads, strangers: list[Example]
) -> None:
    decisions = read_decisions([line(n, blind=n < 3) for n in range(9)])
    made = candidates.make(few, strangers, decisions, current_of(heads))
    folder = home / made["model"]
    kept = json.loads((folder / "version.json").read_text())
    assert kept == made
    assert (made["learnt_from"], made["held_back"], made["held_back_blind"]) == (6, 3, True)
    assert made["against"] == heads.settings.name
    held_out = made["comparison"]["held_out"]
    assert held_out["texts"] == len(strangers)
    assert set(held_out["questions"]) == {
        "area", "category", "danger_found", "nature", "no_false_danger", "procedure",
        "relationship", "risk", "team", "team_among_three",
    }  # fmt: skip
    assert made["comparison"]["decisions"]["questions"]["team"]["texts"] == 3
    assert made["may_be_promoted"] is (made["worse"] == [])
    assert folders.promoted() is None
    words = candidates.in_words(made)
    assert "3 decisions made before the suggestion was shown; so few show gross faults" in words
    assert Suggester.load(folder).model == made["model"]


def test_a_candidate_that_unlearnt_something_is_found_worse(
    home: Path, few: list[Example], strangers: list[Example], suggester: Suggester
) -> None:
    """It has learnt that each team is the next one: far beyond noise."""
    after = dict(zip(HEADS["team"], (*HEADS["team"][1:], HEADS["team"][0]), strict=True))
    wrong = [replace(one, labels={**one.labels, "team": after[one.labels["team"]]}) for one in few]
    made = candidates.make(wrong, strangers, Decisions((), (), False), suggester)
    assert "held_out team" in made["worse"]
    assert not made["may_be_promoted"]
    assert "It cannot be promoted." in candidates.in_words(made)
    with pytest.raises(NotPromoted, match=r"Worse beyond noise: .*held_out team"):
        versions.promote(made["model"])


def test_the_same_texts_make_no_candidate(
    home: Path, few: list[Example], heads: Heads, strangers: list[Example]
) -> None:
    with pytest.raises(BadExample, match="nothing new"):
        candidates.make(few, strangers, Decisions((), (), False), current_of(heads))


@pytest.fixture(scope="module")
def saved(heads: Heads, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "model"
    pipeline.save(heads, folder)
    return folder


def candidate(saved: Path, home: Path, name: str, against: str, **about: Any) -> str:
    """A model in MODEL_DIR as `make` leaves it, without the time that training takes."""
    shutil.copytree(saved, home / name)
    path = home / name / pipeline.COMPONENT / "about.json"
    own = json.loads(path.read_text())
    own["settings"]["name"] = name
    path.write_text(json.dumps(own))
    kept = {"model": name, "against": against, "worse": [], "may_be_promoted": True, **about}
    (home / name / "version.json").write_text(json.dumps(kept))
    return name


def in_use() -> str:
    folder = folders.promoted()
    return folder.name if folder else "packaged"


def names(found: Sequence[dict[str, Any]]) -> list[tuple[str, bool]]:
    return [(one["name"], one["in_use"]) for one in found]


def test_promoted_then_promoted_over_then_rolled_back_twice(
    home: Path, saved: Path, suggester: Suggester
) -> None:
    one = candidate(saved, home, "own-1", suggester.model, made_at="2026-07-01")
    two = candidate(saved, home, "own-2", one, made_at="2026-08-01")
    before = folders.in_use()
    done = versions.promote(one)
    assert (done["before"], done["now"]) == ("packaged", one)
    assert Suggester.load().model == one
    assert folders.in_use() != before, "the work process sees that it has changed"
    versions.promote(two)
    assert in_use() == two
    assert names(list(versions.versions())) == [("packaged", False), (one, False), (two, True)]
    assert versions.rollback()["now"] == one
    assert in_use() == one
    assert versions.rollback()["now"] == "packaged"
    assert in_use() == "packaged"
    with pytest.raises(NotPromoted, match="nothing to go back to"):
        versions.rollback()
    ledger = [json.loads(text) for text in (home / "promotions.jsonl").read_text().splitlines()]
    assert [one["did"] for one in ledger] == ["promoted"] * 2 + ["rolled_back"] * 2


def test_what_is_not_compared_with_the_model_in_use_is_refused(
    home: Path, saved: Path, suggester: Suggester
) -> None:
    other = candidate(saved, home, "own-3", "heard-1+older")
    with pytest.raises(NotPromoted, match="compared with heard-1\\+older"):
        versions.promote(other)
    unmeasured = candidate(saved, home, "own-4", suggester.model, may_be_promoted=None)
    with pytest.raises(NotPromoted, match="it has no figures"):
        versions.promote(unmeasured)
    for name in ("none", "../models/own-3", "", "."):
        with pytest.raises(NotPromoted, match="There is no candidate"):
            versions.promote(name)
    assert folders.promoted() is None


def test_a_version_that_was_deleted_is_passed_over(
    home: Path, saved: Path, suggester: Suggester
) -> None:
    one = candidate(saved, home, "own-1", suggester.model)
    two = candidate(saved, home, "own-2", one)
    versions.promote(one)
    versions.promote(two)
    shutil.rmtree(home / one)
    assert versions.rollback()["now"] == "packaged"


def test_without_model_dir_nothing_is_promoted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODEL_DIR", "")
    for act in (lambda: versions.promote("own-1"), versions.rollback):
        with pytest.raises(NotPromoted, match="Set MODEL_DIR"):
            act()
