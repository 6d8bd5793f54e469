"""The figures count what they say they count."""

import numpy as np
import pytest

from classifier.examples import Example
from classifier.measures import Judged, calibration_error, figures, head_figures, voice_of

LABELS = {
    "category": "complaint",
    "team": "fostering",
    "procedure": "statutory",
    "relationship": "foster_carer",
    "risk": "none",
}


def judged(
    team: str, confidence: float, risk: str = "none", also: dict[str, tuple[str, ...]] | None = None
) -> Judged:
    example = Example("x", "a text", None, LABELS, "", "h1", also or {})
    areas = {"fostering": "lac_disability", "send": "education"}
    said = {"team": (team, confidence), "area": (areas[team], confidence)}
    return Judged(example, said, [team, "other", "adoption"], risk, dict.fromkeys(said, False))


def test_another_defensible_label_is_right_leniently_alone() -> None:
    found = head_figures("team", [judged("send", 0.95, also={"team": ("send",)})])
    assert (found["strict"], found["lenient"]) == (0.0, 1.0)
    area = head_figures("area", [judged("send", 0.95, also={"team": ("send",)})])
    assert (area["strict"], area["lenient"]) == (0.0, 1.0)


def test_the_sure_are_counted_apart() -> None:
    found = head_figures("team", [judged("fostering", 0.95), judged("send", 0.5)])
    assert found["share_at_0.9"] == 0.5
    assert (found["strict"], found["strict_at_0.9"]) == (0.5, 1.0)


def test_danger_that_is_not_there_is_a_false_alarm_unless_it_can_be_defended() -> None:
    texts = [judged("send", 0.5, "now"), judged("send", 0.5, "now", {"risk": ("now",)})]
    risk = figures(texts, ("team",))["risk"]
    assert risk["false_danger"] == 1.0
    assert risk["false_danger_lenient"] == 0.5
    assert risk["danger_texts"] == 0


@pytest.mark.parametrize(
    ("said", "right", "error"),
    [([0.8] * 10, [True] * 8 + [False] * 2, 0.0), ([1.0] * 4, [False] * 4, 1.0)],
)
def test_confidence_is_compared_with_how_often_it_was_right(
    said: list[float], right: list[bool], error: float
) -> None:
    assert calibration_error(np.array(said), np.array(right)) == pytest.approx(error)


def test_voices_are_gathered_into_kinds() -> None:
    assert voice_of("Clerk's note of a frightened grandmother") == "clerk's note of a call"
    assert voice_of("mother, furious, no punctuation") == "angry"
    assert voice_of("a neighbour") == "plain"
