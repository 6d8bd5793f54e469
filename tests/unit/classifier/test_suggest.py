"""The packaged model does what the portal relies on, on texts that are in no corpus."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classifier import examples, folders
from classifier.errors import BadExample, ModelMissing
from classifier.labels import AREA_OF_TEAM, HEADS
from classifier.suggest import Suggester
from classifier.suggestion import Suggestion, SuggestItem

PLAN_DELAY = (
    "My son's EHC plan should have been finished in March. It is now July, his annual review "
    "was skipped and the plan coordinator does not answer my e-mails."
)
DANGER = "he has locked us in and he has a knife. please send someone now, my little girl is crying"


def suggestion_for(suggester: Suggester, text: str, **other: object) -> Suggestion:
    return suggester.suggest(SuggestItem.from_json({"id": "t", "text": text, **other}))


def odds(confidence: float) -> float:
    return confidence / max(1 - confidence, 1e-9)


def test_the_model_is_the_one_trained_from_the_corpus_that_is_here(suggester: Suggester) -> None:
    texts = examples.read_corpus()
    assert suggester.model.endswith("+" + examples.corpus_hash(texts))


@pytest.mark.parametrize(
    ("text", "category", "team", "procedure"),
    [
        (PLAN_DELAY, "complaint", "send", "corporate"),
        (
            "My son is in care and you moved him to another foster placement on Friday. Nobody "
            "told me, his mother, until my contact with him on Monday.",
            "complaint",
            "care_planning_court",
            "statutory",
        ),
        (
            "My constituent Mr Green has asked for my help: his daughter's school taxi has not "
            "come for three weeks. I should be grateful for a reply. Anna Reed MP",
            "mp_enquiry",
            "admissions_transport",
            "corporate",
        ),
        (
            "Thank you so much to my personal adviser at leaving care, she was brilliant and "
            "helped me with my flat",
            "compliment",
            "throughcare",
            "none",
        ),
    ],
)
def test_plain_cases(
    suggester: Suggester, text: str, category: str, team: str, procedure: str
) -> None:
    found = suggestion_for(suggester, text)
    said = (found.category.label, found.team[0].label, found.procedure.label)
    assert said == (category, team, procedure)


@pytest.mark.parametrize(
    "text",
    [
        DANGER,
        "i dont want to be alive any more",
        "my step dad hit me again last night and i have bruises on my arms",
        "Im 16 and my mum chucked me out, im at the bus station and its cold",
    ],
)
def test_danger_is_raised_with_its_reason(suggester: Suggester, text: str) -> None:
    found = suggestion_for(suggester, text)
    assert found.risk.label == "now"
    assert found.risk_reasons
    assert any(span.label == "risk:now" for span in found.why)


def test_thanks_raise_no_alarm_and_carry_no_nature(suggester: Suggester) -> None:
    found = suggestion_for(suggester, "Thank you to Mr Osei, the tutor. Our son loves his maths.")
    assert (found.risk.label, found.nature, found.procedure.label) == ("none", None, "none")


def test_statutory_reasons_name_the_person_and_the_provision(suggester: Suggester) -> None:
    found = suggestion_for(
        suggester,
        "My son is in care. His social worker cut my contact with him without a word, though "
        "the care plan said weekly, and I am his mother.",
    )
    reasons = {reason.source: reason.text for reason in found.procedure_reasons}
    assert "parent" in reasons["Children Act 1989 s26(3)(b)"]
    assert "When did it happen?" in found.missing


def test_what_the_form_said_counts(suggester: Suggester) -> None:
    text = "It was late again and nobody rang."
    alone = suggestion_for(suggester, text)
    told = suggestion_for(suggester, text, facts={"relationship": "young_person"})
    assert told.relationship.label == "young_person"
    assert told.relationship.confidence > 0.3
    assert alone.relationship != told.relationship
    assert "Who is the writer to the child?" not in told.missing


def test_facts_of_any_shape_are_passed_over(suggester: Suggester) -> None:
    odd = {"relationship": ["parent"], "category": {"a": 1}, "service": None, "about_whom": 7}
    assert suggestion_for(suggester, PLAN_DELAY, facts=odd).team[0].label == "send"


def test_the_output_keeps_the_contract(suggester: Suggester) -> None:
    found = json.loads(json.dumps(suggestion_for(suggester, PLAN_DELAY, subject="Plan").as_json()))
    assert set(found) == {
        *("id", "category", "area", "team", "procedure", "nature"),
        *("relationship", "risk", "why", "model"),
    }
    assert len(found["team"]) == 3
    choices = [found[head] for head in ("category", "area", "procedure", "relationship", "risk")]
    for choice in (*choices, *found["team"], found["nature"]):
        assert {"label", "confidence", "unsure"} <= set(choice)
        assert 0 <= choice["confidence"] <= 1
        assert isinstance(choice["unsure"], bool)
    confidences = [choice["confidence"] for choice in found["team"]]
    assert confidences == sorted(confidences, reverse=True)
    assert found["procedure"]["reasons"][0].keys() == {"text", "source"}
    assert isinstance(found["procedure"]["missing"], list)
    assert isinstance(found["risk"]["reasons"], list)


def test_the_reasons_point_at_words_that_are_there(suggester: Suggester) -> None:
    found = suggestion_for(suggester, PLAN_DELAY, subject="A subject about a taxi")
    words = {PLAN_DELAY[span.start : span.end] for span in found.why if span.label == "team:send"}
    assert words & {"EHC", "plan", "annual", "review", "coordinator"}


def test_without_the_words_that_moved_it_the_team_is_less_sure(suggester: Suggester) -> None:
    before = suggestion_for(suggester, PLAN_DELAY)
    text = PLAN_DELAY
    for span in before.why:
        if span.label == "team:send":
            text = text[: span.start] + "x" * (span.end - span.start) + text[span.end :]
    after = suggestion_for(suggester, text)
    send = [choice.confidence for choice in after.team if choice.label == "send"]
    assert odds(before.team[0].confidence) > 10 * odds(max(send, default=0.0))


def test_the_same_item_gives_the_same_suggestion_alone_or_among_others(
    suggester: Suggester,
) -> None:
    item = SuggestItem(id=1, text=PLAN_DELAY)
    others = [replace(item, id=n, text=f"{DANGER} {n}") for n in range(2, 100)]
    many = list(suggester.suggest_each([item, *others]))
    assert [found.id for found in many] == list(range(1, 100))
    assert many[0] == suggester.suggest(item)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t ",
        "😀😀😀",
        "Bonjour, je voudrais me plaindre du foyer de mon fils.",
        "الأخصائية لا ترد على مكالماتي",
        "\x00\x01\u202e\ufeff",
        "a" * 100_000,
    ],
)
def test_odd_texts_get_an_unsure_answer(suggester: Suggester, text: str) -> None:
    found = suggestion_for(suggester, text)
    assert found.team[0].unsure
    assert all(0 <= span.start < span.end <= len(text) for span in found.why)


def test_a_very_long_text_is_read_at_both_ends(suggester: Suggester) -> None:
    middle = "and then we waited, and then we wrote again. " * 4_400
    text = f"My son's EHC plan is late. {middle} I will kill myself tonight."
    assert len(text) > 190_000
    found = suggestion_for(suggester, text)
    assert found.risk.label == "now"
    last = max(span.end for span in found.why if span.label == "risk:now")
    assert "kill myself" in text[last - 30 : last]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=400), subject=st.none() | st.text(max_size=60))
def test_any_text_gets_a_whole_suggestion(text: str, subject: str | None) -> None:
    found = _packaged().suggest(SuggestItem(id="x", text=text, subject=subject))
    assert found.area.label == AREA_OF_TEAM[found.team[0].label]
    assert found.category.label in HEADS["category"]
    assert (found.nature is None) == (found.category.label != "complaint")
    assert all(0 <= span.start < span.end <= len(text) for span in found.why)


_LOADED: list[Suggester] = []


def _packaged() -> Suggester:
    if not _LOADED:
        _LOADED.append(Suggester.load(folders.PACKAGED))
    return _LOADED[0]


def test_a_missing_or_damaged_model_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config.cfg").write_text("not a pipeline")
    with pytest.raises(ModelMissing, match=r"not there or is damaged\.$"):
        Suggester.load(tmp_path)
    monkeypatch.setattr(folders, "PACKAGED", tmp_path / "nothing")
    with pytest.raises(ModelMissing, match=r"not there or is damaged\.$"):
        Suggester.load(tmp_path / "no-such-folder")


def test_plain_items_give_plain_answers(suggester: Suggester) -> None:
    (answer,) = suggester.suggest_many([{"id": "REF", "text": PLAN_DELAY, "facts": {}}])
    assert answer == suggestion_for(suggester, PLAN_DELAY).as_json() | {"id": "REF"}
    with pytest.raises(BadExample):
        suggester.suggest_many([{"id": "REF"}])


def test_a_promoted_model_is_used_and_a_bad_one_falls_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suggester: Suggester
) -> None:
    monkeypatch.setenv("MODEL_DIR", str(tmp_path))
    assert Suggester.load().model == suggester.model
    (tmp_path / "current").write_text("../outside\n")
    assert folders.promoted() is None
    (tmp_path / "broken").mkdir()
    (tmp_path / "current").write_text("broken\n")
    assert folders.promoted() == tmp_path / "broken"
    assert Suggester.load().model == suggester.model
