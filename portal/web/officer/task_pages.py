"""Small tasks: asking a colleague for a fact, and the colleague's own page, which shows no more."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from wtforms import SelectField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, InputRequired

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import staff_search, tasks
from portal.cases.tasks import Asked
from portal.db import db
from portal.errors import Refused
from portal.procedures.working_days import relative_words
from portal.records.account import Account
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.task import Task
from portal.web.access import may, opens_to
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_pages import found_or_404
from portal.web.officer.decision_form import at_most
from portal.web.officer.history import at_words
from portal.web.officer.people_forms import FindForm
from portal.web.widgets import Select, TextArea
from portal.work import Work, begin_work, counting_council

UNPROCESSABLE = 422


class TaskForm(GovForm):
    """Who is asked, what, and by when."""

    person = SelectField("Who is asked?", widget=Select(), validate_choice=False)
    question = TextAreaField(
        "What do you ask?",
        description="They see these words and nothing else of the case. Name no child.",
        validators=[DataRequired("Write what you ask"), at_most(tasks.LONGEST_QUESTION)],
        widget=TextArea(),
    )
    due_on = GovDateField("By when?", validators=[InputRequired("Enter the day")])

    def offer(self, found: list[Account]) -> None:
        """Fill the list with those who were found by part of a name."""
        named = [(one.public_id, _titled(one)) for one in found]
        self.person.choices = [("", "Choose somebody"), *named]

    def validate_person(self, field: SelectField) -> None:
        """Somebody must be chosen."""
        if not field.data:
            raise ValidationError("Find somebody on the staff list, and choose them")


class TaskAnswerForm(GovForm):
    """What a colleague answers."""

    answer = TextAreaField(
        "Your answer",
        validators=[DataRequired(tasks.SayTheAnswer.message), at_most(tasks.LONGEST_ANSWER)],
        widget=TextArea(),
    )


@pages.get("/cases/<public_id>/tasks", endpoint="tasks")
@opens_to(Act.ANSWER)
def tasks_page(public_id: str) -> ResponseReturnValue:
    """The tasks of a case, with their answers, and asking one more."""
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "tasks_viewed", case)
        tasks.read(work, case, office=may(Act.CONDUCT, feedback.id))
    return _page(feedback, case, TaskForm(formdata=None), FindForm(formdata=None))


@pages.post("/cases/<public_id>/tasks/find")
@opens_to(Act.ANSWER)
def find_colleague(public_id: str) -> ResponseReturnValue:
    """Whom of the staff list to ask. Posted: a name has no place in an address."""
    find = FindForm()
    valid = find.validate()
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "tasks_viewed", case)
    page = _page(feedback, case, TaskForm(formdata=None), find)
    return page, 200 if valid else UNPROCESSABLE


@pages.post("/cases/<public_id>/tasks")
@opens_to(Act.ANSWER)
def ask_colleague(public_id: str) -> ResponseReturnValue:
    """Ask; they are told that something waits, without what."""
    form = TaskForm()
    form.offer(_chosen(form))
    status = UNPROCESSABLE
    if form.validate():
        try:
            with begin_work(staff()) as work:
                _, case = found_or_404(work.session, public_id)
                name = _ask(work, case, form)
            flash(f"{name} is asked. They see your words and nothing else of the case.", "success")
            return redirect(url_for("officer.tasks", public_id=public_id), 303)
        except Refused as refused:
            form.form_errors = [refused.message]
            status = refused.status
    with begin_work(staff()) as work:
        feedback, case = found_or_404(work.session, public_id)
        audit.note(work, "tasks_viewed", case)
    return _page(feedback, case, form, FindForm(formdata=None)), status


@pages.post("/cases/<public_id>/tasks/<task_id>/take-back")
@opens_to(Act.ANSWER)
def take_task_back(public_id: str, task_id: str) -> ResponseReturnValue:
    """Ask no longer."""
    with begin_work(staff()) as work:
        _, case = found_or_404(work.session, public_id)
        wanted = select(Task).where(Task.public_id == task_id, Task.case_id == case.id)
        tasks.take_back(work, work.session.scalar(wanted) or abort(404))
    flash("Taken back. They are not asked any more.", "success")
    return redirect(url_for("officer.tasks", public_id=public_id), 303)


@pages.get("/tasks/<task_id>", endpoint="task")
@opens_to(Act.LIST)
def task_page(task_id: str) -> ResponseReturnValue:
    """A task for whoever is asked: its words, and nothing else of the case."""
    return _task_page(task_id, TaskAnswerForm(formdata=None))


@pages.post("/tasks/<task_id>", endpoint="answer_task")
@opens_to(Act.LIST)
def answer_task(task_id: str) -> ResponseReturnValue:
    """Answer it."""
    form = TaskAnswerForm()
    if not form.validate():
        return _task_page(task_id, form), UNPROCESSABLE
    with begin_work(staff()) as work:
        found = tasks.mine(work, task_id) or abort(404)
        tasks.answer(work, found.task, form.answer.data or "")
    flash("Sent. Thank you.", "success")
    return redirect(url_for("officer.my_work"), 303)


def _ask(work: Work, case: Case, form: TaskForm) -> str:
    wanted = select(Account).where(Account.public_id == form.person.data)
    colleague = work.session.scalar(wanted)
    if colleague is None:
        raise tasks.CannotAsk("Find somebody on the staff list, and choose them")
    due_on = form.due_on.data
    assert due_on is not None, "The form has been validated."
    tasks.ask(work, case, colleague, form.question.data or "", due_on)
    return colleague.name


def _task_page(task_id: str, form: TaskAnswerForm) -> str:
    with begin_work(staff()) as work:
        found = tasks.mine(work, task_id) or abort(404)
        audit.note(work, "task_viewed", work.session.get_one(Case, found.task.case_id))
    calendar = counting_council(db.session()).calendar
    return render_template(
        "officer/task.html",
        form=form,
        asked=found,
        relative=relative_words(found.task.due_on, clock.today(), calendar),
        late=found.task.due_on < clock.today(),
    )


def _page(feedback: Feedback, case: Case, form: TaskForm, find: FindForm) -> str:
    session, today = db.session(), clock.today()
    typed = (find.name.data or "").strip() if not find.errors else ""
    found = staff_search.find(session, typed) if typed else _chosen(form)
    form.offer([one for one in found if one.left_on is None])
    calendar = counting_council(session).calendar
    rows = tasks.of_case(session, case)
    return render_template(
        "officer/tasks.html",
        feedback=feedback,
        case=case,
        form=form,
        find_form=find,
        typed=typed,
        open_rows=[
            (one, relative_words(one.task.due_on, today, calendar), one.task.due_on < today)
            for one in rows
            if one.task.settled_at is None
        ],
        answered=[(one, _when(one)) for one in rows if one.task.answered_at is not None],
    )


def _when(one: Asked) -> str:
    return at_words(one.task.answered_at) if one.task.answered_at is not None else ""


def _chosen(form: TaskForm) -> list[Account]:
    """Whoever was chosen before: the list is filled by what was searched for."""
    public_id = str(form.person.data or "") if request.method == "POST" else ""
    wanted = select(Account).where(
        Account.public_id == public_id, Account.organisation_id.is_(None)
    )
    return list(db.session.scalars(wanted)) if public_id else []


def _titled(account: Account) -> str:
    return f"{account.name}, {account.job_title}" if account.job_title else account.name
