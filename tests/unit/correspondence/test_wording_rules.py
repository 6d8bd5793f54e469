"""What a wording of a page may hold: fields by name, little more, and never less than it must."""

import pytest
import textstat
from hypothesis import given
from hypothesis import strategies as st

from portal.correspondence import invented_facts, letters, reading_grade, wording_rules
from portal.correspondence.letters import FACTS, voices_for
from portal.correspondence.voices import Voice
from portal.council import load_council
from portal.records.outbox_letter import LetterKind

COUNCIL = load_council("staffordshire")
EVERY = [(kind, voice) for kind in LetterKind for voice in voices_for(kind)]
HOLDING = LetterKind.HOLDING
SHIPPED = letters.shipped(COUNCIL, HOLDING, Voice.ADULT)
GOOD = """{{ council.mail.subject_update }}
Hello,

We said {{ due_on|day }}. We need until {{ new_date|day }}: {{ reason }}

{% include "parts/ombudsman.adult.txt" %}

{% include "parts/ending.adult.txt" %}
"""


def faults(template: str, kind: LetterKind = HOLDING, shipped: str = SHIPPED) -> str:
    return " ".join(wording_rules.faults(kind, template, shipped))


@pytest.mark.parametrize(("kind", "voice"), EVERY)
def test_every_letter_that_comes_with_the_portal_may_stand(kind: LetterKind, voice: Voice) -> None:
    shipped = letters.shipped(COUNCIL, kind, voice)
    assert faults(shipped, kind, shipped) == ""


@pytest.mark.parametrize(("kind", "voice"), EVERY)
def test_invented_facts_are_enough_for_every_letter(kind: LetterKind, voice: Voice) -> None:
    shipped = letters.shipped(COUNCIL, kind, voice)
    for facts in (invented_facts.all_of(kind), invented_facts.needed_by(kind)):
        given = (COUNCIL, "https://heard.example", kind, voice, facts, invented_facts.feedback())
        plain = letters.write(*given)
        assert letters.write(*given, shipped, trial=True) == plain
        assert "None" not in plain.body


def test_another_wording_may_stand() -> None:
    assert faults(GOOD) == ""


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("{{ reason }}", "", "It must state reason"),
        ("{{ reason }}", "{{ reason }} {{ story }}", "“story” is no field of this letter"),
        ("{{ reason }}", "{{ reason.__class__ }}", "is no field of this letter"),
        ("{{ reason }}", "{{ reason }}{{ council.teams }}", "council.teams"),
        ("{{ reason }}", "{{ reason }}{{ council.mail.neutral_name }}", "neutral_name"),
        ("{{ reason }}", "{{ reason }}{{ ''.join(reason) }}", "only fields"),
        ("{{ reason }}", "{{ reason }}{{ 9 ** 99 }}", "only fields"),
        ("{{ reason }}", "{{ reason * 9 }}", "only fields"),
        ("{{ reason }}", "{{ reason }}{{ council['name'] }}", "only fields"),
        ("{{ reason }}", "{{ reason }}{{ range(9) }}", "only fields"),
        ("{{ reason }}", "{{ reason }}{% set x = 1 %}", "only fields"),
        ("{{ reason }}", "{{ reason }}{% macro a() %}{% endmacro %}", "only fields"),
        ("{{ reason }}", "{{ reason|upper }}", "“upper” is unknown"),
        ("{{ reason }}", "{{ reason }}{% include 'parts/plan.adult.txt' %}", "There is no part"),
        ("{{ reason }}", "{{ reason }}{% include reason %}", "There is no part"),
        ('{% include "parts/ombudsman.adult.txt" %}', "", "Keep {% include"),
        ("{{ reason }}", "{{ reason", "cannot be read"),
        ("{{ reason }}", "{% if reason %}{{ reason }}", "cannot be read"),
        ("subject_update }}", "subject_update }} {{ reason }}", "Of the fields only council.mail"),
        ("{{ council.mail.subject_update }}", "About your complaint", "tells a bystander"),
        ("{{ council.mail.subject_update }}", "Your family", "tells a bystander"),
    ],
)
def test_what_may_not_stand_is_told(before: str, after: str, told: str) -> None:
    changed = GOOD.replace(before, after)
    assert changed != GOOD
    assert told in faults(changed)


def test_a_subject_alone_is_no_letter() -> None:
    assert "Write the letter below it" in faults("Hello")
    assert "Shorten it" in faults(GOOD + "x" * 10_000)


@given(text=st.text(st.sampled_from("{}%|.()[]'\" abcdeforinif\n"), max_size=60))
def test_nothing_that_is_typed_breaks_the_rules(text: str) -> None:
    found = wording_rules.faults(HOLDING, GOOD.replace("{{ reason }}", text), SHIPPED)
    assert all(sentence.endswith((".", "?", "!", "”")) for sentence in found)


def test_a_wording_that_fails_later_is_replaced_by_the_one_that_comes_with_it() -> None:
    kind = LetterKind.ANSWER
    shipped = letters.shipped(COUNCIL, kind, Voice.ADULT)
    own = shipped.replace("{% if ask_by %}", "{% if stage_label %}")
    assert own != shipped
    facts = invented_facts.needed_by(kind)
    given = (COUNCIL, "https://heard.example", kind, Voice.ADULT, facts, invented_facts.feedback())
    assert letters.write(*given, own) == letters.write(*given)
    with pytest.raises(Exception, match="None"):
        letters.write(*given, own, trial=True)


def test_the_grades_are_near_those_of_another_program() -> None:
    apart = []
    for kind, voice in EVERY:
        facts, about = invented_facts.all_of(kind), invented_facts.feedback()
        body = letters.write(COUNCIL, "https://heard.example", kind, voice, facts, about).body
        lines = [line for line in body.splitlines() if line.strip()]
        ended = " ".join(one if one.endswith((".", "?", "!", ":")) else f"{one}." for one in lines)
        apart.append(abs(reading_grade.grade(body) - textstat.flesch_kincaid_grade(ended)))
    assert max(apart) < 2.0
    assert sum(apart) / len(apart) < 0.6


def test_longer_words_and_sentences_ask_for_more_school() -> None:
    easy = reading_grade.grade("We read it. We will write soon. You can call us.")
    hard = reading_grade.grade(
        "Notwithstanding considerable organisational difficulties, communication arrangements "
        "necessitate reconsideration."
    )
    assert easy < 3 < 12 < hard
    assert reading_grade.grade("123 - 4") == 0


def test_every_field_of_every_letter_has_an_invented_fact() -> None:
    for kind, facts in FACTS.items():
        assert set(invented_facts.all_of(kind)) == {*facts.needed, *facts.may}
