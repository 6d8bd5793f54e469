"""Photos and documents of a draft: looked at before the act, kept in it, listed and removed."""

from collections.abc import Iterable

from flask import request
from sqlalchemy import select
from wtforms import FileField, Form

from portal.attachments import storing
from portal.attachments.checked_file import CheckedFile
from portal.db import db
from portal.records.attachment import Attachment, AttachmentState
from portal.records.draft import Draft
from portal.web import posted_files
from portal.web.journey import Question
from portal.web.question_form import QuestionForm
from portal.work import Work

MOST_FILES = 10
TOO_MANY = (
    f"You have added {MOST_FILES} files, which is as many as we can take here. Send this first, "
    "then you can send us more."
)
NOTHING_CHOSEN = "Choose a photo or document first"
CHOOSE_AGAIN = (
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
    """Check the files that were posted. Slow, so it is done outside the act.

    Args:
        form: the question; what is wrong with a file is put beside its field.
        held: how many files the draft holds already.

    Returns:
        Those that were found good: of several, one that is refused keeps none of the others out.
    """
    field = file_field(form)
    if field is None:
        return []
    if not posted_files.chosen(field):
        if "add" in request.form:
            _refuse(field, NOTHING_CHOSEN)
        return []
    if form.token_expired:
        _refuse(field, CHOOSE_AGAIN)
        return []
    return posted_files.checked(field, MOST_FILES - held, TOO_MANY)


def say_beside(form: QuestionForm, sentence: str) -> None:
    """Put a sentence beside the form's file box."""
    field = file_field(form)
    if field is not None:
        _refuse(field, sentence)


def are_taken(steps: Iterable[Question]) -> bool:
    """Whether one of these questions has a file box."""
    return any(file_field(step.form(formdata=None)) is not None for step in steps)


def file_field(form: Form) -> FileField | None:
    """The form's file box, if it has one."""
    return next((field for field in form if isinstance(field, FileField)), None)


def add(work: Work, draft: Draft, checked: list[CheckedFile]) -> None:
    """Keep checked files with the draft."""
    for file in checked:
        storing.keep(work, file, draft=draft)


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
