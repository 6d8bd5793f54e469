"""How many names are found in 300 marked texts, and how many ordinary words go with them."""

import pytest

from classifier.redacting import measuring
from classifier.redacting.measuring import Count, Marked
from classifier.redacting.redactor import Redactor

RECALL_OF_NAMES = 0.99
# A held-out hand is judged on fewer names: three or four missed of 377.
HELD_OUT_RECALL = 0.98
ORDINARY_WORDS_TAKEN = 0.01


@pytest.fixture(scope="module")
def texts() -> dict[str, list[Marked]]:
    return measuring.read()


def _counts(redactor: Redactor, texts: list[Marked]) -> dict[str, Count]:
    return measuring.count(redactor, texts)


def _share(count: Count) -> float:
    return count.found / count.marks


def test_there_are_300_texts_a_third_of_them_held_out(texts: dict[str, list[Marked]]) -> None:
    assert {name: len(part) for name, part in texts.items()} == {"tuned": 200, "heldout": 100}
    assert len({one.text for part in texts.values() for one in part}) == 300


@pytest.mark.parametrize("kind", ["redactor", "rules"])
def test_99_of_100_names_are_found(
    kind: str, texts: dict[str, list[Marked]], request: pytest.FixtureRequest
) -> None:
    chosen: Redactor = request.getfixturevalue(kind)
    counts = _counts(chosen, [one for part in texts.values() for one in part])
    names = counts["kind:name"]
    assert names.marks > 1000
    assert _share(names) >= RECALL_OF_NAMES
    everything = counts["all"]
    assert everything.wrongly / everything.ordinary <= ORDINARY_WORDS_TAKEN


def test_texts_that_nothing_was_tuned_on_fare_almost_as_well(
    redactor: Redactor, texts: dict[str, list[Marked]]
) -> None:
    counts = _counts(redactor, texts["heldout"])
    assert _share(counts["kind:name"]) >= HELD_OUT_RECALL
    assert counts["all"].wrongly / counts["all"].ordinary <= ORDINARY_WORDS_TAKEN


@pytest.mark.parametrize("kind", ["address", "postcode", "phone", "email", "born", "number"])
def test_what_has_a_form_is_found_whole(
    kind: str, rules: Redactor, texts: dict[str, list[Marked]]
) -> None:
    counts = _counts(rules, [one for part in texts.values() for one in part])
    assert counts[f"kind:{kind}"].missed == []
