"""What is not in English is a concern until an officer has written down what it says; then those
words are read as any others, and are never taken for the person's."""

import pytest
from sqlalchemy import select

from portal.cases import alarming_words, hearing, in_english, messages
from portal.cases.hearing import NothingHeard
from portal.commands.background import _item
from portal.procedures.vocabulary import Risk
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Feedback
from portal.records.message import Message, Sender
from portal.records.rendering import Rendering
from portal.triage import suggesting
from portal.triage.find.pieces import pieces_of
from portal.work import INTAKE, Who, Work
from tests.matters import decide, make_feedback
from tests.unit.cases.texts_not_english import NOT_ENGLISH
from tests.unit.triage.matters import a_result, acting, an_officer

STORY = NOT_ENGLISH["Polish"]
SAYS = "My name is Ewa and I write about my son. Nobody tells me who looks after him now."


@pytest.fixture
def feedback(work: Work) -> Feedback:
    work.who = INTAKE
    return make_feedback(work, story=STORY)


def renderings(work: Work) -> list[Rendering]:
    return list(work.session.scalars(select(Rendering)))


def write(work: Work, feedback: Feedback, message: Message | None, words: str) -> None:
    in_english.write_down(work, feedback, message, words)
    suggesting.ask_again(work, feedback)
    work.session.flush()


def test_a_story_that_is_not_in_english_is_a_concern_with_no_model(
    work: Work, feedback: Feedback
) -> None:
    assert feedback.risk is Risk.CONCERN
    assert in_english.unread(work.session, feedback)
    noted = select(AuditEvent).where(AuditEvent.act == "text_not_english")
    assert work.session.scalars(noted).one().fields == ["risk"]


@pytest.mark.parametrize("said", ["subject", "wanted"])
def test_what_stands_beside_the_story_counts_as_well(work: Work, said: str) -> None:
    work.who = INTAKE
    assert make_feedback(work, **{said: STORY}).risk is Risk.CONCERN


def test_english_is_no_concern(work: Work) -> None:
    work.who = INTAKE
    feedback = make_feedback(work)
    assert feedback.risk is Risk.NONE
    assert renderings(work) == []


def test_danger_that_they_said_themselves_is_not_lowered(work: Work) -> None:
    work.who = INTAKE
    feedback = make_feedback(work, story=STORY, danger_said=True)
    assert feedback.risk is Risk.NOW
    assert in_english.unread(work.session, feedback)


def test_what_an_officer_typed_in_somebody_has_read(work: Work) -> None:
    acting(work, an_officer(work))
    feedback = make_feedback(work, story=STORY)
    assert feedback.risk is Risk.NONE
    assert renderings(work) == []


def test_an_officer_who_writes_it_down_settles_the_concern(work: Work, feedback: Feedback) -> None:
    officer = an_officer(work)
    acting(work, officer)
    with pytest.raises(NothingHeard):
        in_english.write_down(work, feedback, None, " ")
    write(work, feedback, None, SAYS)
    assert feedback.risk is Risk.NONE
    assert not in_english.unread(work.session, feedback)
    (row,) = renderings(work)
    assert (row.words, row.written_by_id, row.written_at) == (SAYS, officer.id, work.now)
    write(work, feedback, None, "It is about her son.")
    assert [one.words for one in renderings(work)] == ["It is about her son."]


def test_a_new_suggestion_and_the_search_read_the_officers_words(
    work: Work, feedback: Feedback
) -> None:
    worried = a_result()
    suggesting.store(work, feedback, {**worried, "risk": {**worried["risk"], "label": "concern"}})
    acting(work, an_officer(work))
    write(work, feedback, None, SAYS)
    # What the model made of Polish is forgotten with its suggestion.
    assert feedback.risk is Risk.NONE
    assert feedback.id in suggesting.waiting_ids(work.session)
    # The model reads English alone: Polish before it changes what it makes of it.
    assert _item(feedback)["text"] == SAYS
    whole = hearing.whole_text(work.session, feedback)
    assert whole == f"{STORY}\n\n[An officer wrote down what it says in English:]\n{SAYS}"
    assert SAYS not in feedback.story
    found = pieces_of(work.session, [feedback.id], desk=False)[feedback.id]
    assert (SAYS, "What an officer wrote in English") in [(one.text, one.kind) for one in found]


def test_alarming_words_in_it_are_read_with_the_classifier_off(
    work: Work, feedback: Feedback
) -> None:
    assert not alarming_words.read_text(work, feedback, lambda text: "hits me" in text)
    acting(work, an_officer(work))
    write(work, feedback, None, "He hits me now.")
    assert feedback.id in alarming_words.unread_texts(work.session, model_reads=False)
    assert alarming_words.read_text(work, feedback, lambda text: "hits me" in text)
    work.session.refresh(feedback)
    assert feedback.risk is Risk.NOW


def test_a_later_message_is_a_concern_until_it_is_read(work: Work) -> None:
    work.who = INTAKE
    feedback = make_feedback(work)
    message = messages.add(work, feedback, Sender.PERSON, STORY, by_email=True)
    assert feedback.risk is Risk.CONCERN
    assert alarming_words.unread_messages(work.session) == [message.id]
    assert not alarming_words.read_message(work, message, lambda text: "hits him" in text)
    acting(work, an_officer(work))
    write(work, feedback, message, "She says that somebody hits him.")
    assert _item(feedback)["text"].startswith(feedback.story)
    assert _item(feedback)["text"].endswith("She says that somebody hits him.")
    assert feedback.risk is Risk.NONE
    assert alarming_words.unread_messages(work.session) == [message.id]
    assert alarming_words.read_message(work, message, lambda text: "hits him" in text)
    work.session.refresh(feedback)
    assert feedback.risk is Risk.NOW


def test_the_concern_lasts_until_the_last_text_is_read(work: Work, feedback: Feedback) -> None:
    message = messages.add(work, feedback, Sender.PERSON, STORY)
    acting(work, an_officer(work))
    write(work, feedback, message, "The same again.")
    assert feedback.risk is Risk.CONCERN
    write(work, feedback, None, SAYS)
    assert feedback.risk is Risk.NONE


def test_machines_and_the_council_say_nothing_that_has_to_be_read(work: Work) -> None:
    work.who = INTAKE
    feedback = make_feedback(work)
    messages.add(work, feedback, Sender.PERSON, STORY, automatic=True)
    work.who = Who("work", None)
    messages.add(work, feedback, Sender.COUNCIL, STORY)
    assert renderings(work) == []
    assert feedback.risk is Risk.NONE


def test_a_message_on_a_decided_matter_is_noted_and_its_risk_stays(work: Work) -> None:
    work.who = INTAKE
    feedback = make_feedback(work)
    decide(work, feedback)
    messages.add(work, feedback, Sender.PERSON, STORY)
    assert in_english.unread(work.session, feedback)
    assert feedback.risk is Risk.NONE


def test_an_officer_sees_what_a_list_of_words_does_not(work: Work) -> None:
    work.who = INTAKE
    feedback = make_feedback(work, story="dziękuję bardzo")
    assert feedback.risk is Risk.NONE
    acting(work, an_officer(work))
    write(work, feedback, None, "Thank you very much.")
    assert [one.words for one in renderings(work)] == ["Thank you very much."]
