"""The file box of a page whose files wait: added one by one or all at once, removed, and still
there when the page comes back with something to mend."""

from typing import Any

from flask import request
from sqlalchemy.orm import Session
from wtforms import Field, MultipleFileField

from portal import clock
from portal.attachments.file_store import StoreAway
from portal.cases import waiting_files
from portal.cases.waiting_files import Place
from portal.db import db
from portal.marking import marked
from portal.records.attachment import Attachment
from portal.records.draft import Draft
from portal.web import posted_files
from portal.web.widgets import FileInput
from portal.work import Who, Work, begin_work

MOST_FILES = 10
# Of MOST_FILES; a sentence that is put together could not be translated.
TOO_MANY = marked("Choose at most 10 files. Send these first, then you can send more")
CHOOSE_AGAIN = marked("Choose your files again. Your words are still here")
NOTHING_CHOSEN = marked("Choose a photo or document first")


def box(label: str) -> MultipleFileField:
    """The file box of such a page; its form has a `waiting` field beside it.

    Args:
        label: what it is called.
    """
    return MultipleFileField(label, widget=FileInput())


def stays() -> bool:
    """Whether a button adds or removes files and sends nothing yet."""
    return "add" in request.form or "remove" in request.form


def is_to_be_sent(who: Who, place: Place, form: Any) -> bool:
    """Take in a message with its files, and say whether it is to go now: every box is right, and
    the button was not one that adds or removes a file.

    Args:
        who, place, form: as in `take_in`.
    """
    form.validate()
    take_in(who, place, form)
    if not stays():
        return not form.errors
    # Nothing is sent by adding a file, so an empty box is no mistake yet.
    form.message.errors = []
    return False


def take_in(who: Who, place: Place, form: Any) -> None:
    """Let the files that were posted wait, and remove the one whose button was pressed. What is
    wrong with a file is put beside the box; the others wait all the same.

    Args:
        who: whose page it is.
        place: what the files are for.
        form: the posted form. Where its token is out of date nothing is kept.
    """
    field: Field = form.files
    chosen = posted_files.chosen(field)
    if form.token_expired:
        field.errors = [*field.errors, CHOOSE_AGAIN] if chosen else field.errors
        return
    if "add" in request.form and not chosen:
        field.errors = [*field.errors, NOTHING_CHOSEN]
    held = len(held_by(db.session(), who, place, form))
    checked = posted_files.checked(field, MOST_FILES - held, TOO_MANY)
    if not checked and "remove" not in request.form:
        return
    try:
        with begin_work(who) as work:
            draft = draft_of(work.session, who, place, form)
            if draft is None:
                draft, form.waiting.data = waiting_files.begin(work, place)
            waiting_files.add(work, draft, checked)
            waiting_files.remove(work, draft, request.form.get("remove", ""))
    except StoreAway as away:
        field.errors = [*field.errors, away.message]


def draft_of(session: Session, who: Who, place: Place, form: Any) -> Draft | None:
    """The draft that a form's token finds.

    Args:
        session: any session.
        who, place, form: as in `take_in`.
    """
    return waiting_files.find(session, place, form.waiting.data, who.account_id, clock.now())


def held_by(session: Session, who: Who, place: Place, form: Any) -> list[Attachment]:
    """The files that wait; as `draft_of`."""
    return waiting_files.of(session, draft_of(session, who, place, form))


def draft_in(work: Work, place: Place, form: Any) -> Draft | None:
    """The draft inside an act, which takes its files along; as `draft_of`."""
    return draft_of(work.session, work.who, place, form)
