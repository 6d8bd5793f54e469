"""Save and come back: the reference and words of a saved form, and the way back to it."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.cases import drafts, saved_drafts
from portal.errors import Refused
from portal.marking import marked
from portal.web import draft_cookie
from portal.web.journey import Journey
from portal.web.journey_pages import NothingAsked, bound
from portal.web.tracking import visit
from portal.web.tracking.forms import WordsForm
from portal.work import PUBLIC, begin_work

CLOSED = marked(
    "Your answers are not on this device any more. We keep them. To go on, enter your reference "
    "and your words."
)
OPENED = marked("This is what you saved. Check it, change it or go on.")


def add_saving(pages: Blueprint, journey: Journey) -> None:
    """Put the pages for saving on the blueprint of a journey that saves.

    Args:
        pages: the blueprint, on which the journey lies already.
        journey: the questions and where they lie.
    """
    views = (
        ("saved", "saved", _saved, ["GET"]),
        ("leave", "leave_device", _leave_device, ["POST"]),
        ("come-back", "come_back", _come_back, ["GET", "POST"]),
        ("stay", "stay", _stay, ["POST"]),
    )
    for path, endpoint, view, methods in views:
        pages.add_url_rule(
            f"/{journey.folder}/{path}", endpoint, bound(view, journey), methods=methods
        )


def _saved(journey: Journey) -> ResponseReturnValue:
    """The reference and the words, which are shown for half an hour in this browser."""
    with begin_work(PUBLIC) as work:
        draft = draft_cookie.find(work, journey.door)
        words = drafts.words_to_show(work, draft) if draft is not None else None
    if not draft_cookie.shows_words():
        words = None
    if draft is None or draft.words_hash is None or draft.feedback_id is not None:
        return redirect(journey.url("come_back"), 303)
    return render_template(
        "public/saved.html",
        journey=journey,
        reference=draft.reference,
        words=words.split() if words else None,
        until=clock.london_date(draft.ends_at),
    )


def _leave_device(journey: Journey) -> ResponseReturnValue:
    """Take a saved form off this device. One that is not saved stays: it would be lost."""
    form, draft = NothingAsked(), draft_cookie.read(journey.door)
    if not form.validate() or draft is None or draft.words_hash is None:
        flash(marked("Nothing was changed. Save your answers first, then press the button again."))
        return redirect(url_for(journey.start), 303)
    response = redirect(journey.url("come_back"), 303)
    draft_cookie.take_away(response, journey.door)
    flash(CLOSED, "success")
    return response


def _come_back(journey: Journey) -> ResponseReturnValue:
    """Ask for reference and words, and open what was saved in this browser."""
    form = WordsForm()
    if not form.validate_on_submit():
        return _words_page(journey, form), 422 if form.is_submitted() else 200
    try:
        token = saved_drafts.open_with_words(
            PUBLIC,
            journey.door,
            form.reference.data or "",
            form.words.data or "",
            request.remote_addr or "",
            visit.browser(),
        )
    except Refused as refusal:
        form.refuse(refusal.message)
        return _words_page(journey, form), refusal.status
    response = make_response(redirect(journey.url("check"), 303))
    draft_cookie.give(response, journey.door, token)
    flash(OPENED, "success")
    return response


def _stay(journey: Journey) -> ResponseReturnValue:
    """Let the draft of this browser live on: what the button of the warning asks for."""
    form = NothingAsked()
    if form.validate():
        with begin_work(PUBLIC) as work:
            draft = draft_cookie.find(work, journey.door)
            if draft is not None:
                drafts.stay(work, draft)
    return redirect(journey.url("check"), 303)


def _words_page(journey: Journey, form: WordsForm) -> str:
    form.forget_words()
    draft = draft_cookie.read(journey.door)
    unsaved = draft is not None and draft.feedback_id is None and draft.words_hash is None
    return render_template("public/come_back.html", journey=journey, form=form, unsaved=unsaved)
