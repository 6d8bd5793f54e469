"""Letters' wording by page: read, written on trial, in force from a day, kept in versions."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import letter_wordings
from portal.cases.letter_wordings import Tried
from portal.correspondence import letters, own_wordings
from portal.correspondence.letters import FACTS
from portal.correspondence.voices import Voice
from portal.correspondence.wording_rules import ALWAYS, LONGEST
from portal.db import db
from portal.errors import Refused
from portal.records.account import Account
from portal.records.letter_wording import LetterWording
from portal.records.outbox_letter import LetterKind
from portal.web.access import opens_to
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer.blueprint import pages, staff
from portal.web.widgets import TextArea
from portal.work import begin_work

VOICES = {Voice.ADULT: "To adults", Voice.YOUNG: "To young people"}


class WordingForm(GovForm):
    """A letter's wording, and from when it is in force."""

    template = TextAreaField(
        "The wording",
        description="The first line is the subject. A field stands in double brackets, such as "
        "{{ due_on|day }} for a day. What stands between {% if … %} and {% endif %} is left out "
        "where the field is empty.",
        validators=[
            InputRequired("Write the wording"),
            Length(max=LONGEST, message=f"The wording can have {LONGEST:,} characters"),
        ],
        widget=TextArea(),
    )
    in_force_from = GovDateField(
        "In force from",
        description="Today or a later day",
        validators=[InputRequired("Enter the day from which it is in force")],
    )


@dataclass(frozen=True)
class Row:
    """One letter in the list: where somebody has written its wording, and from when it holds."""

    kind: LetterKind
    voice: Voice
    name: str
    standing: LetterWording | None
    coming: LetterWording | None


@pages.get("/wordings")
@opens_to(Act.SET_LETTERS)
def wordings() -> ResponseReturnValue:
    """Every letter, and whose wording it has."""
    with begin_work(staff()) as work:
        audit.note(work, "wordings_viewed")
    standing = own_wordings.all_standing(db.session())
    rows = [
        _row(kind, voice, standing) for kind in LetterKind for voice in letters.voices_for(kind)
    ]
    return render_template("officer/wordings.html", rows=rows, voices=VOICES)


@pages.route("/wordings/<kind>/<voice>", methods=["GET", "POST"])
@opens_to(Act.SET_LETTERS)
def wording(kind: str, voice: str) -> ResponseReturnValue:
    """Read a letter's wording, try another one, and put it into force."""
    which = _which_or_404(kind, voice)
    form = WordingForm()
    if not form.is_submitted():
        return _page(form, which, None, 200)
    if not form.validate():
        return _page(form, which, None, 422)
    template, day = form.template.data or "", form.in_force_from.data
    assert day is not None, "The form has found a day."
    keeps = request.form.get("step") == "keep"
    try:
        with begin_work(staff()) as work:
            tried = letter_wordings.tried(work, *which, template)
            if keeps:
                letter_wordings.write(work, *which, template, day)
    except Refused as refused:
        form.template.errors = [refused.message]
        return _page(form, which, None, refused.status)
    if not keeps:
        return _page(form, which, tried, 200)
    flash("The wording is kept.", "success")
    return redirect(url_for("officer.wording", kind=kind, voice=voice), 303)


@pages.post("/wordings/versions/<wording_id>/take-back")
@opens_to(Act.SET_LETTERS)
def take_back_wording(wording_id: str) -> ResponseReturnValue:
    """Take a version back: the one before it is in force again."""
    with begin_work(staff()) as work:
        found = work.session.scalar(
            select(LetterWording).where(LetterWording.public_id == wording_id)
        )
        if found is None:
            abort(404)
        own_wordings.take_back(work, found)
        kind, voice = found.kind.value, found.voice
    flash("The wording is taken back. The one before it is in force again.", "success")
    return redirect(url_for("officer.wording", kind=kind, voice=voice), 303)


def name_of(kind: LetterKind) -> str:
    """A letter as the list names it."""
    return kind.value.replace("_", " ").capitalize()


def _page(
    form: WordingForm, which: tuple[LetterKind, Voice], tried: Tried | None, status: int
) -> ResponseReturnValue:
    kind, voice = which
    with begin_work(staff()) as work:
        audit.note(work, "wordings_viewed", None, [kind.value, voice.value])
        now = letter_wordings.current(work, kind, voice)
        trials = {
            one: letter_wordings.tried(work, kind, one, letter_wordings.current(work, kind, one))
            for one in letters.voices_for(kind)
        }
    if not form.is_submitted():
        form.template.data, form.in_force_from.data = now, clock.today()
    page = render_template(
        "officer/wording.html",
        form=form,
        kind=kind,
        voice=voice,
        name=name_of(kind),
        voices=VOICES,
        tried=tried,
        trials=trials,
        hardest=letter_wordings.HARDEST,
        needed=FACTS[kind].needed,
        may_have=FACTS[kind].may,
        always=sorted(ALWAYS),
        versions=_versions(db.session(), kind, voice),
        today=clock.today(),
    )
    return page, status


def _versions(
    session: Session, kind: LetterKind, voice: Voice
) -> list[tuple[LetterWording, str | None]]:
    """Every version with the name of whoever wrote it."""
    found = own_wordings.versions(session, kind, voice.value)
    ids = {one.made_by_id for one in found}
    names = {
        one.id: one.name for one in session.scalars(select(Account).where(Account.id.in_(ids)))
    }
    return [(one, names.get(one.made_by_id or 0)) for one in found]


def _row(kind: LetterKind, voice: Voice, standing: list[LetterWording]) -> Row:
    own = [one for one in standing if (one.kind, one.voice) == (kind, voice.value)]
    today = clock.today()
    return Row(
        kind=kind,
        voice=voice,
        name=name_of(kind),
        standing=next((one for one in reversed(own) if one.in_force_from <= today), None),
        coming=next((one for one in own if one.in_force_from > today), None),
    )


def _which_or_404(kind: str, voice: str) -> tuple[LetterKind, Voice]:
    try:
        which = LetterKind(kind), Voice(voice)
    except ValueError:
        abort(404)
    if which[1] not in letters.voices_for(which[0]):
        abort(404)
    return which
