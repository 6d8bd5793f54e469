"""Photos, recordings and documents that a person adds later: checked before the act, then kept."""

from werkzeug.datastructures import FileStorage
from wtforms import Field

from portal.attachments import checking, storing
from portal.attachments.checking import CheckedFile, FileRefused
from portal.cases import messages
from portal.marking import marked
from portal.records.feedback import Feedback
from portal.records.message import Sender
from portal.wording import worded
from portal.work import Work

MOST_FILES = 10
TOO_MANY = marked("Choose at most 10 files. Send these first, then you can send more.")
CHOOSE_AGAIN = marked("Choose your files again. Your words are still here")
NO_WORDS = "I have added something."


def checked(field: Field) -> list[CheckedFile]:
    """Check what was chosen; what is wrong is put beside the box.

    Args:
        field: the file box of a posted form.

    Returns:
        The checked files; those that were refused are missing, and the field has an error.
    """
    chosen = _chosen(field)
    if len(chosen) > MOST_FILES:
        field.errors = [TOO_MANY]
        return []
    found = []
    for one in chosen:
        try:
            found.append(checking.check(one.filename or "", one.stream.read()))
        except FileRefused as refusal:
            field.errors = [*field.errors, f"{one.filename}: {worded(refusal.message)}"]
    return found


def say(work: Work, feedback: Feedback, words: str, files: list[CheckedFile]) -> None:
    """Keep a message of the person with its files, once, however often "send" is pressed.

    Args:
        work: the open act.
        feedback: the matter.
        words: what they wrote; a file speaks for itself.
        files: checked.
    """
    message = messages.reply(work, feedback, Sender.PERSON, words if words.strip() else NO_WORDS)
    work.session.flush()
    held = storing.hashes_of(work.session, message)
    for one in files:
        if one.sha256 not in held:
            storing.keep(work, one, message=message)


def ask_again(field: Field) -> None:
    """Say beside the box that what was chosen has to be chosen again: browsers do not keep it."""
    if not field.errors and _chosen(field):
        field.errors = [CHOOSE_AGAIN]


def _chosen(field: Field) -> list[FileStorage]:
    # A browser posts an empty part without a name when nothing was chosen.
    return [one for one in field.data or [] if getattr(one, "filename", "")]
