"""Photos, recordings and documents that a person or their advocate adds to a message."""

from portal.cases import hearing, messages, waiting_files
from portal.cases.waiting_files import Place
from portal.records.draft import Draft
from portal.records.feedback import Feedback
from portal.records.message import Sender
from portal.web.our_sentences import NO_MESSAGE
from portal.work import Work

PLACE = Place.MESSAGE


def say(
    work: Work,
    feedback: Feedback,
    words: str,
    draft: Draft | None,
    sender: Sender = Sender.PERSON,
) -> None:
    """Keep a message with its files, once, however often "send" is pressed.

    Args:
        work: the open act.
        feedback: the matter.
        words: what they wrote; a file speaks for itself.
        draft: where the files wait, if any do.
        sender: the person, or their advocate, whose act it is.

    Raises:
        NothingSaid: there are neither words nor files.
    """
    files = waiting_files.of(work.session, draft)
    said = words if words.strip() or not files else NO_MESSAGE
    message = messages.reply(work, feedback, sender, said, work.who.account_id)
    taken = waiting_files.take(work, draft, message=message)
    hearing.note_arrival(work, feedback, taken)
