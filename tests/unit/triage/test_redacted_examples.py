"""Training examples are redacted with the names that the case knows, kept and exported."""

import pytest
from flask import Flask
from sqlalchemy import select

from classifier.redacting.redactor import Redactor
from portal.cases.receiving import NewParty
from portal.records.decision import Outcome
from portal.records.party import Party, PartyRole
from portal.records.training_example import TrainingExample
from portal.triage import deciding, training_examples
from portal.triage.redaction import proposed
from portal.work import Work
from tests.learning import switch_on
from tests.unit.triage.matters import DAY, a_choice, a_feedback, acting, an_officer

# "table" is no name that any list or rule would find: only the party's record knows it.
STORY = "my lad table is 9. Sarah Jones never came to 12 Mill Lane. table cried."
REDACTED = "my lad X is 9. Y never came to [address]. X cried."


@pytest.fixture(autouse=True)
def learning(app: Flask) -> None:
    switch_on(app)


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor.load(with_model=False)


def test_a_decided_text_is_kept_redacted_once(work: Work, redactor: Redactor) -> None:
    acting(work, an_officer(work), DAY)
    party = NewParty(PartyRole.COMPLAINANT, "Table Whitlock", "dana@home.example")
    feedback = a_feedback(work, story=STORY, party=party)
    assert training_examples.missing(work.session, work.council, redactor) == []
    deciding.confirm(work, feedback, a_choice())
    ready = training_examples.missing(work.session, work.council, redactor)
    assert training_examples.write(work, ready) == 1
    [example] = work.session.scalars(select(TrainingExample))
    assert example.text == REDACTED
    assert example.labels["team"] == "care_planning_court"
    assert training_examples.missing(work.session, work.council, redactor) == []


def test_a_linked_item_teaches_nothing(work: Work, redactor: Redactor) -> None:
    acting(work, an_officer(work), DAY)
    first = a_feedback(work)
    deciding.confirm(work, first, a_choice())
    again = a_feedback(work)
    deciding.confirm(
        work, again, a_choice(outcome=Outcome.LINKED, linked_reference=first.reference)
    )
    assert len(training_examples.missing(work.session, work.council, redactor)) == 1


def test_an_export_redacts_again_with_what_the_case_knows_now(
    work: Work, redactor: Redactor
) -> None:
    acting(work, an_officer(work), DAY)
    feedback = a_feedback(work)
    deciding.confirm(work, feedback, a_choice())
    work.session.add(
        TrainingExample(feedback_id=feedback.id, text=STORY, labels={}, made_at=work.now)
    )
    work.session.add(Party(feedback_id=feedback.id, role=PartyRole.YOUNG_PERSON, name="Table"))
    work.session.flush()
    [line] = training_examples.lines(work.session, redactor)
    assert line["text"] == REDACTED


def test_an_officer_is_shown_each_stretch_with_its_reason(work: Work, redactor: Redactor) -> None:
    party = NewParty(PartyRole.COMPLAINANT, "Table Whitlock", "dana@home.example")
    feedback = a_feedback(work, party=party)
    shown = proposed(work.session, feedback.id, STORY, redactor)
    assert [
        (STORY[one.start : one.end], one.kind, one.because, one.replacement) for one in shown
    ] == [
        ("table", "name", "party", "X"),
        ("Sarah Jones", "name", "listed", "Y"),
        ("12 Mill Lane", "address", "pattern", "[address]"),
        ("table", "name", "party", "X"),
    ]
