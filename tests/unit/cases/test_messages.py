"""The thread: everything said and every letter the person may read, oldest first, once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.cases import messages, secret_words
from portal.cases.messages import NothingSaid
from portal.cases.words_in_text import TAKEN_OUT
from portal.records.message import Message, Sender
from portal.records.outbox_letter import LetterKind
from portal.work import Work
from tests.matters import make_account, make_feedback, make_letter


def test_messages_and_letters_come_oldest_first(work: Work) -> None:
    feedback = make_feedback(work)
    advocate = make_account(work)
    messages.add(work, feedback, Sender.PERSON, "First.")
    make_letter(work, feedback, at=work.now + timedelta(hours=1))
    work.now += timedelta(hours=2)
    messages.add(work, feedback, Sender.ADVOCATE, "Third.", account_id=advocate.id)
    work.now += timedelta(hours=1)
    messages.add(work, feedback, Sender.COUNCIL, "Fourth.")
    thread = messages.thread(work.session, feedback)
    assert [(entry.who, entry.kind) for entry in thread] == [
        ("you", "message"),
        ("the council", "letter"),
        ("your advocate", "message"),
        ("the council", "message"),
    ]
    assert thread[2].body == "Third."


def test_a_thread_holds_nothing_of_another_matter(work: Work) -> None:
    mine, other = make_feedback(work), make_feedback(work)
    messages.add(work, other, Sender.PERSON, "Somebody else's words.")
    make_letter(work, other)
    assert messages.thread(work.session, mine) == []


def test_letters_to_staff_and_notices_are_not_in_the_thread(work: Work) -> None:
    feedback = make_feedback(work)
    make_letter(work, feedback, LetterKind.COMPLIMENT_FOR_TEAM)
    make_letter(work, feedback, LetterKind.NEW_MESSAGE)
    make_letter(work, feedback, LetterKind.THANKS, shown_to_person=False)
    assert messages.thread(work.session, feedback) == []


def test_the_link_in_a_receipt_never_stands_on_a_page(work: Work) -> None:
    feedback = make_feedback(work)
    letter = make_letter(work, feedback, LetterKind.RECEIPT)
    letter.body = "Open https://portal.example/track/link/some-token"
    work.session.flush()
    entry = messages.thread(work.session, feedback)[0]
    assert entry.title == "We have got it"
    assert "some-token" not in entry.body


def test_what_comes_in_is_unread_for_the_officer(work: Work) -> None:
    feedback = make_feedback(work)
    feedback.unread = False
    work.session.flush()
    version = feedback.version
    messages.add(work, feedback, Sender.COUNCIL, "From us.")
    messages.add(work, feedback, Sender.PERSON, "A machine.", by_email=True, automatic=True)
    work.session.refresh(feedback)
    assert feedback.unread is False
    messages.add(work, feedback, Sender.PERSON, "From me.")
    work.session.refresh(feedback)
    # The version stays: an officer with the page open has not been overtaken.
    assert (feedback.unread, feedback.version) == (True, version)


@pytest.mark.parametrize("body", ["", "  \n "])
def test_a_message_needs_words(work: Work, body: str) -> None:
    with pytest.raises(NothingSaid):
        messages.add(work, make_feedback(work), Sender.PERSON, body)


def test_pressing_send_twice_makes_one_message(work: Work) -> None:
    feedback = make_feedback(work)
    first = messages.reply(work, feedback, Sender.PERSON, "The same words. ")
    again = messages.reply(work, feedback, Sender.PERSON, "The same words.")
    assert first is again
    assert work.session.scalar(select(func.count()).select_from(Message)) == 1


def test_the_same_words_later_or_by_another_are_another_message(work: Work) -> None:
    feedback = make_feedback(work)
    messages.reply(work, feedback, Sender.PERSON, "Any news?")
    messages.reply(work, feedback, Sender.ADVOCATE, "Any news?")
    work.now += timedelta(minutes=6)
    messages.reply(work, feedback, Sender.ADVOCATE, "Any news?")
    assert work.session.scalar(select(func.count()).select_from(Message)) == 3


def test_looking_marks_what_the_council_wrote_as_read(work: Work) -> None:
    feedback = make_feedback(work)
    ours = messages.add(work, feedback, Sender.COUNCIL, "From us.")
    theirs = messages.add(work, feedback, Sender.PERSON, "From me.")
    work.session.flush()
    messages.mark_read(work, feedback)
    work.session.refresh(ours)
    work.session.refresh(theirs)
    assert ours.read_at == work.now
    assert theirs.read_at is None


def words_of_matter() -> list[str]:
    return list(secret_words.word_list()[10:1000:200])


@pytest.mark.parametrize(
    "typed",
    ["{0} {1} {2} {3} {4}", "{0}, {1}, {2}\n{3} - {4}", "{0} {1} {2} {3} {4}x"],
    ids=["as shown", "in another way", "with a slip"],
)
def test_secret_words_in_a_message_are_taken_out(work: Work, typed: str) -> None:
    feedback = make_feedback(work)
    words = words_of_matter()
    feedback.words_hash = secret_words.hash_words(" ".join(words))
    run = typed.format(*(word.upper() for word in words))
    body = f"My words are {run}. Able, ahead!"
    message = messages.add(work, feedback, Sender.PERSON, body, whole=f"{body}\n> {run}")
    assert message.body == f"My words are {TAKEN_OUT}. Able, ahead!"
    assert message.whole == f"{message.body}\n> {TAKEN_OUT}"
    assert messages.reply(work, feedback, Sender.PERSON, body) is message, "pressed twice"


def test_other_words_of_the_list_stay(work: Work) -> None:
    feedback = make_feedback(work)
    words = words_of_matter()
    feedback.words_hash = secret_words.hash_words(" ".join(words))
    for said in (" ".join(words[1:]), " ".join(reversed(words)), "agenda agent agile aging agony"):
        assert messages.add(work, feedback, Sender.PERSON, said).body == said
    feedback.words_hash = None
    said = " ".join(words)
    assert messages.add(work, feedback, Sender.PERSON, said).body == said
