"""The work process holds the model that is promoted now, and none where suggestions are off."""

import pytest
from flask import Flask

from portal.commands import work
from portal.commands.work import ROUNDS_BETWEEN_LOADS, Thinking
from tests.learning import set_suggestions


class Models:
    """Stands for loading: counts how often, and says which model is in use."""

    def __init__(self) -> None:
        self.loaded = 0
        self.in_use = "packaged"
        self.missing = False

    def load(self) -> object:
        self.loaded += 1
        return None if self.missing else (lambda item: {"model": self.in_use})


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> Models:
    made = Models()
    monkeypatch.setattr(work, "_load", made.load)
    monkeypatch.setattr(work, "_load_similar", lambda: None)
    monkeypatch.setattr(work, "_model_in_use", lambda: made.in_use)
    return made


def test_a_promoted_model_is_loaded_without_a_restart(app: Flask, models: Models) -> None:
    thinking = Thinking()
    for rounds in range(1, 5):
        thinking.look_again(rounds)
    assert models.loaded == 1
    models.in_use = "own-1"
    thinking.look_again(5)
    thinking.look_again(6)
    assert models.loaded == 2


def test_a_new_model_that_cannot_be_loaded_leaves_the_old_one(app: Flask, models: Models) -> None:
    thinking = Thinking()
    before = thinking.suggest
    models.missing, models.in_use = True, "own-1"
    thinking.look_again(1)
    assert models.loaded == 2
    assert thinking.suggest is before


def test_a_missing_model_is_tried_again_now_and_then(app: Flask, models: Models) -> None:
    models.missing = True
    thinking = Thinking()
    for rounds in range(1, ROUNDS_BETWEEN_LOADS):
        thinking.look_again(rounds)
    assert (models.loaded, thinking.suggest) == (1, None)
    models.missing = False
    thinking.look_again(ROUNDS_BETWEEN_LOADS)
    assert thinking.suggest is not None


def test_switched_off_nothing_is_loaded(app: Flask, models: Models) -> None:
    set_suggestions(app, False)
    thinking = Thinking()
    thinking.look_again(ROUNDS_BETWEEN_LOADS)
    assert (models.loaded, thinking.suggest) == (0, None)
