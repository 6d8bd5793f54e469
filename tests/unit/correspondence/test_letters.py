"""Letters: their agreed wording, how plainly they speak, and what no letter may say."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import textstat

from portal import council as councils
from portal.correspondence import letter_templates, letters
from portal.correspondence.letters import FactsMissing, voices_for
from portal.correspondence.voices import Voice
from portal.council import load_council
from portal.procedures.refusal_rules import RULES
from portal.procedures.working_days import in_full
from portal.records.outbox_letter import LetterKind
from portal.settings import ROOT
from tests.letters.samples import (
    FACTS,
    FOLDER,
    PUBLIC_URL,
    STORY,
    as_text,
    feedback_of_the_letters,
    golden,
    sample,
)

EVERY = [(kind, voice) for kind in LetterKind for voice in voices_for(kind)]
each_letter = pytest.mark.parametrize(("kind", "voice"), EVERY)
HARDEST = {Voice.ADULT: 8.0, Voice.YOUNG: 5.0}


@each_letter
def test_letter_reads_as_agreed(kind: LetterKind, voice: Voice) -> None:
    assert as_text(sample(kind, voice)) == golden(kind, voice).read_text(encoding="utf-8")


def test_no_golden_letter_is_left_over() -> None:
    kept = {path.name for path in FOLDER.glob("*.txt")}
    assert kept == {golden(kind, voice).name for kind, voice in EVERY}


@each_letter
def test_letter_is_plain(kind: LetterKind, voice: Voice) -> None:
    grade = textstat.flesch_kincaid_grade(_sentences(sample(kind, voice).body))
    assert grade <= HARDEST[voice]


@each_letter
def test_letter_says_nothing_that_it_must_not(kind: LetterKind, voice: Voice) -> None:
    letter = sample(kind, voice, words="river button seven maple torch")
    text = f"{letter.subject}\n{letter.body}"
    assert "river" not in text
    assert "not in any letter" not in text
    assert not any(part in text for part in STORY.split() if part.istitle())
    jargon = r"refus|upheld|eligib|vexatious|alleg|\bLAC\b|regret|inconvenience|statutory"
    assert not re.search(jargon, text, re.IGNORECASE)
    assert not re.search(r"complain|child|famil|care", letter.subject, re.IGNORECASE)
    assert "\n\n\n" not in letter.body
    assert not re.search(r"[{}%]|None\b", text)


@pytest.mark.parametrize("voice", Voice)
def test_receipt_holds_all_that_a_receipt_must(voice: Voice) -> None:
    letter = sample(LetterKind.RECEIPT, voice)
    assert letter.subject == "We have your message [7KQM-2XVD]"
    assert "By Tuesday 22 December 2026 we will write" in letter.body
    assert f"{PUBLIC_URL}/track\n" in letter.body
    assert str(FACTS[LetterKind.RECEIPT]["link"]) in letter.body
    assert "call 999" in letter.body
    assert load_council("staffordshire").contact.out_of_hours in letter.body
    assert "complain" not in letter.body.lower()
    assert "computer" in letter.body
    assert "/track/link" not in sample(LetterKind.RECEIPT, voice, link=None).body


@pytest.mark.parametrize("voice", Voice)
@pytest.mark.parametrize("kind", [LetterKind.DECLINED, LetterKind.PASSED_ON])
def test_a_no_names_reason_and_ombudsman(kind: LetterKind, voice: Voice) -> None:
    ombudsman = load_council("staffordshire").ombudsman
    letter = sample(kind, voice)
    for fact in FACTS[kind].values():
        if fact is True:
            continue
        assert (in_full(fact) if isinstance(fact, date) else str(fact)) in letter.body
    assert ombudsman.name in letter.body
    assert ombudsman.phone in letter.body


def test_guidance_for_officers_is_not_sent_to_the_person() -> None:
    for rule in RULES.values():
        letter = sample(LetterKind.DECLINED, Voice.ADULT, tell=rule.tell)
        assert rule.tell not in letter.body


@each_letter
def test_a_fact_that_is_missing_is_an_error(kind: LetterKind, voice: Voice) -> None:
    for name in letters.FACTS[kind].needed:
        facts = {key: value for key, value in FACTS[kind].items() if key != name}
        with pytest.raises(FactsMissing, match=name):
            letters.write(load_council("staffordshire"), PUBLIC_URL, kind, voice, facts)


def test_a_case_without_a_date_promises_none() -> None:
    for kind in (LetterKind.CASE_OPENED, LetterKind.ACKNOWLEDGEMENT):
        for voice in Voice:
            body = sample(kind, voice, due_on=None).body
            assert "tell you the day" in body
            assert "weekends" not in body


def test_officers_words_cannot_add_a_header_or_a_control_character() -> None:
    text = "One\r\nTwo\x00\x1b[2J\u2028Three {{ council }}"
    body = sample(LetterKind.ACKNOWLEDGEMENT, Voice.ADULT, text=text).body
    assert "One\nTwo  [2J Three {{ council }}" in body


def test_a_council_may_use_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = replace(load_council("staffordshire"), slug="elsewhere")
    folder = tmp_path / "elsewhere" / "letters"
    folder.mkdir(parents=True)
    (folder / "thanks.adult.txt").write_text("Ta\nCheers. {% include 'parts/sender.txt' %}\n")
    monkeypatch.setattr(councils, "COUNCILS", tmp_path)
    kind, feedback = LetterKind.THANKS, feedback_of_the_letters()
    letter = letters.write(ours, PUBLIC_URL, kind, Voice.ADULT, {}, feedback)
    assert letter.subject == "Ta [7KQM-2XVD]"
    assert letter.body.startswith("Cheers. Feedback team\n")
    young = letters.write(ours, PUBLIC_URL, kind, Voice.YOUNG, {}, feedback)
    assert as_text(young) == golden(kind, Voice.YOUNG).read_text(encoding="utf-8")
    assert letters.faults_in(ours) == ()
    (folder / "linked.young.txt").write_text("Hello {% if %}")
    letter_templates._reader.cache_clear()
    assert "linked.young.txt has a fault" in letters.faults_in(ours)[0]


def test_each_letter_is_documented() -> None:
    page = (ROOT / "docs" / "letters.md").read_text(encoding="utf-8")
    table = page.partition("| kind |")[2].partition("\n\n")[0].splitlines()
    rows = {line.split("|")[1].strip(): line for line in table if line.startswith("| `")}
    for kind in LetterKind:
        for name in (*letters.FACTS[kind].needed, *letters.FACTS[kind].may):
            assert f"`{name}`" in rows[f"`{kind.value}`"]
    assert len(rows) == len(LetterKind)


def _sentences(body: str) -> str:
    without = re.sub(r"https?://\S+|\d[\d ]{5,}\d", "", body)
    # A line that ends without a stop is a heading or a label: a sentence of its own.
    return re.sub(r"([^.?!\n])\n", r"\1.\n", without)
