"""What stands between "check your answers" and sending."""

from portal.cases import drafts
from portal.records.draft import Draft
from portal.web.journey import Answers, Journey, Question
from portal.web.question_form import QuestionForm
from portal.work import Work


def form_of(journey: Journey, answers: Answers) -> QuestionForm | None:
    """The form with what was answered, or None where nothing is asked there."""
    asked = journey.on_check(answers)
    return asked.form(formdata=None, data=answers.get(asked.key)) if asked is not None else None


def unchecked(journey: Journey, draft: Draft) -> Question | None:
    """The first page that was kept as it stood and never found right: it must not be sent unseen,
    nor be left out unsaid."""
    waiting = drafts.unchecked(draft)
    steps = journey.steps(drafts.answers_of(draft))
    return next((question for question in steps if question.key in waiting), None)


def keep(work: Work, journey: Journey, draft: Draft) -> QuestionForm | None:
    """Keep what was posted beside the Send button.

    Args:
        work: the open act.
        journey: the door.
        draft: that of this browser, not sent yet.

    Returns:
        The form where it needs mending; None where there is nothing to mend.
    """
    asked = journey.on_check(drafts.answers_of(draft))
    if asked is None:
        return None
    form = asked.form()
    if not form.validate():
        return form
    drafts.keep(work, draft, asked.key, form.answer())
    return None
