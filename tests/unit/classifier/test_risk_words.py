"""Alarms are wide, name their reason, and are not raised by a plain denial."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier import combining
from classifier.heads import Settings
from classifier.labels import HEADS
from classifier.risk_words import alarms
from portal.procedures.vocabulary import Risk


@pytest.mark.parametrize(
    "text",
    [
        "I can\u2019t do this any more",
        "shes took all her tablets",
        "he said he would kill himself",
        "theres a baby on its own, no adult",
        "my uncle touched me",
        "he came into my room and got in my bed",
        "his mum has our new address and he's got out of prison",
        "stuck outside, i have nowhere to go",
    ],
)
def test_danger_is_heard(text: str) -> None:
    assert alarms(text)[0].risk == Risk.NOW


@pytest.mark.parametrize(
    "text",
    [
        "The taxi was late again and the school rang me.",
        "Thank you for the grant towards my driving lessons.",
        "He has never been violent.",
        "Nobody self-harmed and nothing happened.",
        "The plan is four months late.",
    ],
)
def test_ordinary_letters_raise_nothing(text: str) -> None:
    assert alarms(text) == []


@given(
    now=st.floats(0, 1),
    concern=st.floats(0, 1),
    text=st.sampled_from(["", "he is hungry", "he hit me again last night", "i want to die", "ok"]),
)
def test_a_wording_only_ever_raises_a_risk(now: float, concern: float, text: str) -> None:
    chances = np.array([now, concern, 1.0], dtype="float32")
    chances = (chances / chances.sum()).astype("float32")
    settings = Settings(risk_from={"now": 0.4, "concern": 0.5}, alarm_weight=2.0)
    found = alarms(text)
    order = list(HEADS["risk"])
    label, confidence = combining.risk_of(chances, found, settings)
    alone, _ = combining.risk_of(chances, [], settings)
    assert order.index(label) <= order.index(alone)
    assert 0.0 <= confidence <= 1.0
    if found:
        assert label != Risk.NONE, "a wording is at least a concern, whatever the model thinks"
    if text == "i want to die":
        assert label == Risk.NOW, "despair needs no model"
