"""The paired test: what is noise and what is worse, for questions, danger and single codes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier import paired
from classifier.examples import Example
from classifier.measures import Judged
from classifier.paired import Paired, chance_of_loss


def judged(number: int, team: str, said: str, risk: str = "none", found: str = "none") -> Judged:
    labels = {"category": "complaint", "team": team, "procedure": "statutory", "risk": risk}
    example = Example(str(number), "words", None, labels, "", "x")
    answers = {
        "category": ("complaint", 0.9), "team": (said, 0.9), "area": ("education", 0.9),
        "procedure": ("statutory", 0.9),
    }  # fmt: skip
    return Judged(example, answers, [said], found)


def both(lost: int, won: int, same: int = 100) -> tuple[list[Judged], list[Judged]]:
    """Texts about `send`: so many only the present model gets right, so many only the other."""
    right, wrong = "send", "fostering"
    said = [(right, wrong)] * lost + [(wrong, right)] * won + [(right, right)] * same
    old = [judged(n, "send", one) for n, (one, _) in enumerate(said)]
    new = [judged(n, "send", other) for n, (_, other) in enumerate(said)]
    return old, new


@pytest.mark.parametrize(
    ("lost", "won", "chance"),
    [(0, 0, 1.0), (1, 0, 0.5), (5, 0, 1 / 32), (0, 5, 1.0), (5, 5, 638 / 1024)],
)
def test_the_chance_is_that_of_a_coin(lost: int, won: int, chance: float) -> None:
    assert math.isclose(chance_of_loss(lost, won), chance)


@given(lost=st.integers(0, 60), won=st.integers(0, 60))
def test_more_losses_are_never_likelier(lost: int, won: int) -> None:
    assert 0 < chance_of_loss(lost, won) <= 1
    assert chance_of_loss(lost + 1, won) <= chance_of_loss(lost, won)
    assert chance_of_loss(lost, won + 1) >= chance_of_loss(lost, won)


@pytest.mark.parametrize(
    ("lost", "won", "worse"), [(5, 0, True), (4, 0, False), (20, 10, True), (18, 12, False)]
)
def test_a_question_is_worse_only_beyond_noise(lost: int, won: int, worse: bool) -> None:
    questions, _ = paired.compare(*both(lost, won))
    team = questions["team"]
    assert (team.texts, team.only_current, team.only_candidate) == (100 + lost + won, lost, won)
    assert team.worse is worse
    assert questions["team_among_three"].worse is worse
    assert not questions["category"].worse


@pytest.mark.parametrize(("lost", "worse"), [(1, False), (2, True)])
def test_two_lost_danger_texts_are_enough(lost: int, worse: bool) -> None:
    old = [judged(n, "send", "send", "now", "now") for n in range(10)]
    new = [judged(n, "send", "send", "now", "concern" if n < lost else "now") for n in range(10)]
    questions, _ = paired.compare(old, new)
    assert questions["danger_found"].worse is worse
    assert questions["no_false_danger"].texts == 0


def test_a_false_alarm_counts_where_there_was_no_danger() -> None:
    old = [judged(n, "send", "send") for n in range(20)]
    new = [judged(n, "send", "send", "none", "now" if n < 6 else "none") for n in range(20)]
    questions, _ = paired.compare(old, new)
    assert questions["no_false_danger"].worse
    assert questions["danger_found"].texts == 0


def test_many_codes_are_corrected_for_their_number() -> None:
    steady = Paired(30, 30, 30, 0, 0)
    codes = {f"team:{n}": steady for n in range(19)} | {"team:lost": Paired(30, 30, 24, 6, 0)}
    # 1/64 alone would be worse; one of twenty such is luck.
    assert not any(one.worse for one in paired.holm(codes).values())
    codes["team:lost"] = Paired(30, 30, 21, 9, 0)
    found = paired.holm(codes)
    assert [name for name, one in found.items() if one.worse] == ["team:lost"]


def test_a_lost_code_is_seen_among_those_with_texts_enough() -> None:
    _, codes = paired.compare(*both(12, 0, same=3))
    assert codes["team:send"].worse
    assert "team:fostering" not in codes
