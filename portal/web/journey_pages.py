"""The pages of a journey: the same few views for every door, steering and nothing else."""

from collections.abc import Callable
from functools import wraps

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from portal import clock
from portal.cases import drafts, equality, plan_decisions
from portal.cases.promises import first_promises
from portal.db import db
from portal.marking import marked
from portal.records.draft import Draft
from portal.records.feedback import Feedback
from portal.web import csrf, draft_cookie, journey_closing, journey_files, journey_sending
from portal.web.access import Access, opens_to
from portal.web.contact_answers import contact_way
from portal.web.govform import GovForm
from portal.web.headers import let_record
from portal.web.journey import Journey, Question, flat
from portal.web.journey_answering import (
    ALREADY_SENT,
    STAYING,
    KeptAnswer,
    keep_answer,
    keep_as_typed,
    pass_over,
    stands_as_it_is,
)
from portal.web.question_form import QuestionForm
from portal.web.thin import thin_page
from portal.work import PUBLIC, begin_work, counting_council

ENDED = marked(
    "We keep answers for 24 hours. Your earlier answers were deleted. What you have just written "
    "is kept. Please check the rest before you send."
)
ENDED_UNSEEN = marked(
    "We keep answers for 24 hours. Your earlier answers were deleted. So this page is empty."
)
NOTHING_KEPT = marked("There is nothing to send. Please start again.")
STILL_NEEDED = marked("We need this before you can send. Everything else is kept.")

NOT_DELETED = marked(
    "This page was open for a long time, so nothing was deleted. Press the button again."
)
NOT_CHECKED = marked(
    "This page was saved before it was finished. Press Continue, then you can send it all."
)

View = Callable[..., ResponseReturnValue]


class NothingAsked(GovForm):
    """A button: only its token is checked."""


def add_journey(pages: Blueprint, journey: Journey) -> None:
    """Put a journey's pages on a blueprint.

    Args:
        pages: the blueprint; its form tokens are checked by the forms themselves, so that an
            expired one shows the page again, filled.
        journey: the questions and where they lie.
    """
    csrf.exempt(pages)
    views: tuple[tuple[str, str, View, list[str]], ...] = (
        ("begin-now", "begin_now", _begin_now, ["POST"]),
        ("check", "check", _check, ["GET"]),
        ("check", "send", _send, ["POST"]),
        ("sent", "sent", _sent, ["GET"]),
        ("start-again", "start_again", _start_again, ["POST"]),
        ("<key>", "question", _question, ["GET"]),
        ("<key>", "answer", _answer, ["POST"]),
    )
    for path, endpoint, view, methods in views:
        pages.add_url_rule(
            f"/{journey.folder}/{path}", endpoint, bound(view, journey), methods=methods
        )


def bound(view: View, journey: Journey) -> View:
    """A view of one journey, open to everyone."""

    @opens_to(Access.EVERYONE)
    @wraps(view)
    def page(**values: str) -> ResponseReturnValue:
        return view(journey, **values)

    return page


def _begin_now(journey: Journey) -> ResponseReturnValue:
    """The start button: begin a draft, or go on with the one that is not sent yet."""
    form = NothingAsked()
    draft = draft_cookie.read(journey.door)
    first = journey.url_of(journey.questions[0])
    if draft is not None and draft.feedback_id is None:
        return redirect(first, 303)
    if draft is not None and form.validate():
        # Whoever presses "start" after sending wants to tell us something new.
        return _with_new_draft(journey, first)
    # Without a draft the first answer begins one, so that looking leaves no row behind.
    return redirect(first, 303)


def _with_new_draft(journey: Journey, target: str) -> ResponseReturnValue:
    with begin_work(PUBLIC) as work:
        _, token = drafts.begin(work, journey.door)
    response = redirect(target, 303)
    draft_cookie.give(response, journey.door, token)
    return response


def _question(journey: Journey, key: str) -> ResponseReturnValue:
    question = journey.find(key) or abort(404)
    draft = draft_cookie.read(journey.door)
    if draft is not None and draft.feedback_id is not None:
        return redirect(journey.url("sent"), 303)
    answers = drafts.answers_of(draft) if draft is not None else {}
    if draft is None and draft_cookie.was_given(journey.door):
        flash(ENDED_UNSEEN)
    typed = drafts.typed_in(draft, key) if draft is not None else None
    form = question.form(formdata=None, data=typed or answers.get(key))
    return _question_page(journey, question, form, draft)


def _answer(journey: Journey, key: str) -> ResponseReturnValue:
    question = journey.find(key) or abort(404)
    draft = draft_cookie.read(journey.door)
    if "skip" in request.form and journey.can_skip(question):
        return redirect(journey.url_after(question, pass_over(journey, question)), 303)
    form = question.form()
    form.validate()
    if draft is not None and draft.feedback_id is not None:
        form.form_errors.append(ALREADY_SENT)
        return _question_page(journey, question, form, draft), 409
    checked = journey_files.looked_at(form, len(journey_files.of_draft(draft)))
    if form.token_expired:
        return _question_page(journey, question, form, draft), 400
    if journey.saves and stands_as_it_is(form):
        kept = keep_as_typed(journey, question, form, checked)
        return _kept_as_typed(journey, question, form, kept)
    kept = keep_answer(journey, question, form, checked)
    if not kept.complete:
        response = make_response(_question_page(journey, question, form, kept.draft), 422)
    else:
        if kept.began_after_end:
            flash(ENDED)
        response = make_response(redirect(_after(journey, question, kept), 303))
    draft_cookie.give(response, journey.door, kept.new_token)
    return response


def _kept_as_typed(
    journey: Journey, question: Question, form: QuestionForm, kept: KeptAnswer
) -> ResponseReturnValue:
    """After "save" the reference and the words; after "keep" the same page."""
    if not kept.complete:
        return _question_page(journey, question, form, kept.draft), 409
    to = journey.url("saved") if "save" in request.form else journey.url_of(question)
    response = make_response(redirect(to, 303))
    draft_cookie.give(response, journey.door, kept.new_token)
    return response


def _after(journey: Journey, question: Question, kept: KeptAnswer) -> str:
    if any(button in request.form for button in STAYING):
        return journey.url_of(question, change="change" in request.args)
    if "change" in request.args:
        return journey.url("check")
    return journey.url_after(question, kept.answers)


def _question_page(
    journey: Journey, question: Question, form: QuestionForm, draft: Draft | None
) -> str:
    answers = drafts.answers_of(draft) if draft is not None else {}
    number, of = journey.place(question, answers)
    if question.records:
        let_record()
    changing = "change" in request.args
    return thin_page(
        question.template,
        journey=journey,
        question=question,
        form=form,
        files=journey_files.of_draft(draft),
        number=number,
        of=of,
        back=journey.url("check") if changing else journey.url_before(question, answers),
        said=flat(answers),
        has_draft=draft is not None,
        left=drafts.seconds_left(draft, clock.now()) if draft is not None else None,
    )


def _check(journey: Journey) -> ResponseReturnValue:
    draft = draft_cookie.read(journey.door)
    if draft is None:
        flash(ENDED_UNSEEN if draft_cookie.was_given(journey.door) else NOTHING_KEPT)
        return redirect(journey.url_of(journey.questions[0]), 303)
    if draft.feedback_id is not None:
        return redirect(journey.url("sent"), 303)
    return _check_page(journey, draft, NothingAsked(formdata=None))


def _check_page(
    journey: Journey, draft: Draft, form: NothingAsked, closing: QuestionForm | None = None
) -> str:
    answers = drafts.answers_of(draft)
    closing = closing or journey_closing.form_of(journey, answers)
    return thin_page(
        f"{journey.templates}/check.html",
        journey=journey,
        form=form,
        said=flat(answers),
        way=contact_way(flat(answers)),
        closing=closing,
        forms=[form, closing],
        rows=journey.rows(answers),
        files=journey_files.of_draft(draft),
        takes_files=journey_files.are_taken(journey.steps(answers)),
        has_draft=True,
        left=drafts.seconds_left(draft, clock.now()),
        back=journey.url_before(None, answers),
    )


def _send(journey: Journey) -> ResponseReturnValue:
    form = NothingAsked()
    if not form.validate():
        draft = draft_cookie.read(journey.door)
        if draft is not None and draft.feedback_id is None:
            return _check_page(journey, draft, form), 400
    pressed = journey_sending.send(journey)
    if pressed.sent:
        return redirect(journey.url("sent"), 303)
    if pressed.unchecked is not None:
        flash(NOT_CHECKED)
        return redirect(journey.url_of(pressed.unchecked, change=True), 303)
    draft = draft_cookie.read(journey.door)
    if draft is None:
        return _check(journey)
    if pressed.wrong is not None:
        return _check_page(journey, draft, form, pressed.wrong), 422
    files = bool(journey_files.of_draft(draft))
    missing = journey.first_missing(drafts.answers_of(draft), has_files=files)
    if missing is None:
        return redirect(journey.url("check"), 303)
    flash(STILL_NEEDED)
    return redirect(journey.url_of(missing, change=True), 303)


def _sent(journey: Journey) -> ResponseReturnValue:
    with begin_work(PUBLIC) as work:
        draft = draft_cookie.find(work, journey.door)
        words = drafts.words_to_show(work, draft) if draft is not None else None
    if draft is None or draft.feedback_id is None:
        return render_template("public/sent_ended.html", journey=journey), 410
    feedback = db.session.get_one(Feedback, draft.feedback_id)
    return thin_page(
        f"{journey.templates}/sent.html",
        journey=journey,
        feedback=feedback,
        words=words.split() if words else None,
        can_copy=drafts.has_copy(draft, clock.now()),
        had_words=draft.words is None and draft.words_hash is not None,
        plan=plan_decisions.is_about_one(feedback),
        asks_equality=journey.saves and not equality.was_asked(draft),
        promises=first_promises(
            counting_council(db.session()), feedback.received_on, feedback.category_said
        ),
    )


def _start_again(journey: Journey) -> ResponseReturnValue:
    """Forget what was typed. What was sent stays with us; only this browser forgets it."""
    form = NothingAsked()
    if not form.validate():
        flash(NOT_DELETED)
        return redirect(journey.url("check"), 303)
    with begin_work(PUBLIC) as work:
        draft = draft_cookie.find(work, journey.door)
        if draft is not None:
            work.session.delete(draft)
    response = redirect(url_for(journey.start), 303)
    draft_cookie.take_away(response, journey.door)
    return response
