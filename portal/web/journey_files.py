"""Photos and documents of a draft: looked at before the act, kept in it, listed and removed."""

from collections.abc import Iterable, Sequence

from flask import request
from sqlalchemy import select
from wtforms import FileField, Form

from portal.attachments import storing
from portal.attachments.checked_file import CheckedFile
from portal.db import db
from portal.marking import marked
from portal.records.attachment import Attachment, AttachmentState
from portal.records.draft import Draft
from portal.web import posted_files
from portal.web.journey import Question
from portal.web.question_form import QuestionForm
from portal.work import Work

MOST_FILES = 10
TOO_MANY = marked(
    "You have added 10 files, which is as many as we can take here. Send this first, then you can "
    "send us more."
)
NOTHING_CHOSEN = marked("Choose a photo or document first")
CHOOSE_AGAIN = marked(
    "Your file was not added, because this page was open for a long time. Choose it again"
)


def of_draft(draft: Draft | None) -> list[Attachment]:
    """The files that a draft holds, oldest first."""
    if draft is None:
        return []
    held = select(Attachment).where(
        Attachment.draft_id == draft.id, Attachment.state != AttachmentState.REFUSED
    )
    return list(db.session.scalars(held.order_by(Attachment.id)))


def looked_at(form: QuestionForm, held: int) -> list[CheckedFile]:
    """Check the files that were posted, box by box. Slow, so it is done outside the act.

    Args:
        form: the question; what is wrong with a file is put beside its field.
        held: how many files the draft holds already.

    Returns:
        Those that were found good: of several, one that is refused keeps none of the others out.
    """
    boxes = file_fields(form)
    chosen = [box for box in boxes if posted_files.chosen(box)]
    if boxes and not chosen and "add" in request.form:
        # The button stands under the last box, and its answer does too.
        _refuse(boxes[-1], NOTHING_CHOSEN)
    found: list[CheckedFile] = []
    for box in chosen:
        if form.token_expired:
            _refuse(box, CHOOSE_AGAIN)
        else:
            found += posted_files.checked(box, MOST_FILES - held - len(found), TOO_MANY)
    return found


def say_beside(form: QuestionForm, sentence: str) -> None:
    """Put a sentence beside the form's file box."""
    for field in file_fields(form)[-1:]:
        _refuse(field, sentence)


def are_taken(steps: Iterable[Question]) -> bool:
    """Whether one of these questions has a file box."""
    return any(file_fields(step.form(formdata=None)) for step in steps)


def file_fields(form: Form) -> list[FileField]:
    """The form's file boxes, in their order."""
    return [field for field in form if isinstance(field, FileField)]


def add(work: Work, draft: Draft, checked: Sequence[CheckedFile]) -> None:
    """Keep checked files with the draft."""
    for one in checked:
        storing.keep(work, one, draft=draft)


def remove_chosen(work: Work, draft: Draft) -> None:
    """Remove the file whose button was pressed; a file of another draft stays where it is.

    Its bytes lie in the store without a row then, and the sweep takes them.
    """
    chosen = select(Attachment).where(
        Attachment.draft_id == draft.id, Attachment.public_id == request.form.get("remove", "")
    )
    found = work.session.scalar(chosen)
    if found is not None:
        work.session.delete(found)


def _refuse(field: FileField, sentence: str) -> None:
    field.errors = [*field.errors, sentence]
