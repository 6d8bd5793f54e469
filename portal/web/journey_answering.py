"""Keeping the answer to one question: in the draft, in one act, whatever button was pressed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from flask import request
from sqlalchemy.orm.exc import StaleDataError

from portal.attachments.checking import CheckedFile
from portal.attachments.file_store import StoreAway
from portal.cases import drafts
from portal.marking import marked
from portal.records.draft import Draft
from portal.web import draft_cookie, journey_files
from portal.web.journey import Journey, Question, lacks
from portal.web.question_form import QuestionForm
from portal.work import PUBLIC, Work, begin_work

# Buttons beside "Continue" that come back to the same page, which may still be half filled.
STAYING = ("add", "remove", "more")
ALREADY_SENT = marked(
    "You have already sent this, and we have it. What you changed here is not in it. Copy it, "
    "and add it as a message with your reference and secret words."
)


@dataclass(frozen=True)
class KeptAnswer:
    """What became of one post."""

    # Whether the person may go on; if not, the form says why.
    complete: bool
    draft: Draft | None
    answers: drafts.Answers
    new_token: str | None = None
    # The browser's draft had ended and this answer is the first of a new one.
    began_after_end: bool = False


def keep_answer(
    journey: Journey, question: Question, form: QuestionForm, checked: Sequence[CheckedFile]
) -> KeptAnswer:
    """Keep what can be kept: a good file even when the words beside it need mending.

    Args:
        journey: the door.
        question: what was asked.
        form: the posted form, validated.
        checked: the files that came with it, already found good.

    Raises:
        StaleDataError: two other tabs changed the same draft, one after the other.
    """
    complete = not form.errors
    if not complete and not checked and "remove" not in request.form:
        return _unchanged(journey)
    try:
        return _keep(journey, question, form, checked, complete)
    except StaleDataError:
        # Another tab saved in the same moment: what it saved stays, and this is added to it.
        return _keep(journey, question, form, checked, complete)
    except StoreAway as away:
        journey_files.say_beside(form, away.message)
        return _unchanged(journey)


def stands_as_it_is(form: QuestionForm) -> bool:
    """Whether a button asks to keep the page as it stands. Not with a file that was refused: that
    must be said."""
    wanted = "save" in request.form or "keep" in request.form
    return wanted and not any(box.errors for box in journey_files.file_fields(form))


def keep_as_typed(
    journey: Journey, question: Question, form: QuestionForm, checked: list[CheckedFile]
) -> KeptAnswer:
    """Keep a page as it stands, right or wrong: to be saved, or before its time runs out.

    Args:
        journey, question, form, checked: as `keep_answer`.

    Returns:
        What was kept. It is complete unless it was sent from another tab meanwhile.
    """
    with begin_work(PUBLIC) as work:
        begun = draft_cookie.find_or_begin(work, journey.door)
        draft = begun.draft
        if draft.feedback_id is not None:
            form.form_errors.append(ALREADY_SENT)
            return KeptAnswer(False, draft, {})
        journey_files.add(work, draft, checked)
        if form.errors:
            drafts.keep_typed(work, draft, question.key, form.answer())
        else:
            drafts.keep(work, draft, question.key, form.answer())
        if "save" in request.form:
            first = draft.words_hash is None
            drafts.save(work, draft)
            if first:
                draft_cookie.show_words_here()
    return KeptAnswer(True, draft, drafts.answers_of(draft), begun.new_token)


def pass_over(journey: Journey, question: Question) -> drafts.Answers:
    """Go on without an answer. The draft remembers that the page was there: what it offers was
    offered, also where nobody answered.

    Args:
        journey: the door.
        question: the page that was skipped; an answer of before stays, unless its page promises
            that nothing is done then.

    Returns:
        What was answered so far.
    """
    form = question.form()
    form.validate()
    # Whoever skips with an old token goes on as well; only the note is not made.
    if not form.token_expired:
        # Of two tabs in one moment the other's answer is worth more than this note.
        with suppress(StaleDataError):
            _note_passed_over(journey, question)
    return _unchanged(journey).answers


def _note_passed_over(journey: Journey, question: Question) -> None:
    with begin_work(PUBLIC) as work:
        draft = draft_cookie.find(work, journey.door)
        if draft is None or draft.feedback_id is not None:
            return
        typed = drafts.typed_in(draft, question.key)
        untouched = question.key not in drafts.answers_of(draft) and typed is None
        if untouched or question.skip_forgets:
            drafts.keep(work, draft, question.key, {})


def _unchanged(journey: Journey) -> KeptAnswer:
    """Nothing new is kept: what was typed is still in the page that is shown again."""
    draft = draft_cookie.read(journey.door)
    return KeptAnswer(False, draft, drafts.answers_of(draft) if draft is not None else {})


def _keep(
    journey: Journey,
    question: Question,
    form: QuestionForm,
    checked: Sequence[CheckedFile],
    complete: bool,
) -> KeptAnswer:
    with begin_work(PUBLIC) as work:
        begun = draft_cookie.find_or_begin(work, journey.door)
        draft = begun.draft
        if draft.feedback_id is not None:
            # Sent from another tab since the page was opened: nothing is added behind our back.
            form.form_errors.append(ALREADY_SENT)
            return KeptAnswer(False, draft, {})
        journey_files.add(work, draft, checked)
        journey_files.remove_chosen(work, draft)
        if complete:
            drafts.keep(work, draft, question.key, form.answer())
            complete = _has_what_it_needs(work, question, draft, form)
    ended = begun.new_token is not None and draft_cookie.was_given(journey.door)
    return KeptAnswer(complete, draft, drafts.answers_of(draft), begun.new_token, ended)


def _has_what_it_needs(work: Work, question: Question, draft: Draft, form: QuestionForm) -> bool:
    """Ask last, when a file that came in the same post is there: it may stand for the words."""
    if any(button in request.form for button in STAYING):
        return True
    work.session.flush()
    has_files = bool(journey_files.of_draft(draft))
    if lacks(question, form.answer(), has_files=has_files):
        form.say_needed()
        return False
    return True
