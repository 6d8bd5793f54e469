"""How good the suggestions are: figures over a period, for those who see them every day."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.access.acts import Act
from portal.db import db
from portal.triage import agreement
from portal.triage.agreement import Question
from portal.web.access import opens_to
from portal.web.officer import suggestion_figures as shown
from portal.web.officer.blueprint import pages
from portal.web.officer.suggestions_form import QUESTIONS, FiguresForm
from portal.work import council, settings


@pages.get("/suggestions")
@opens_to(Act.SEE_SUGGESTION_FIGURES)
def suggestions() -> ResponseReturnValue:
    """Agreement by label, area, channel, writer and month, and confidence against truth."""
    session, own = db.session(), council()
    months = agreement.months(session)
    state = {"learns": bool(own.learning), "switched_off": not settings().suggestions}
    if not months:
        return render_template("officer/suggestions_none.html", **state)
    form = FiguresForm(request.args, meta={"csrf": False})
    form.offer(months)
    if not form.is_sound():
        return render_template("officer/suggestions.html", form=form, figures=None, **state), 422
    first, last = form.period()
    question = Question(form.question.data)
    counts = agreement.overview(session, first, last)
    figures = agreement.figures(session, question, first, last)
    sights = [sight for sight in shown.SIGHTS if sight in counts[Question.CATEGORY]]
    return render_template(
        "officer/suggestions.html",
        form=form,
        figures=figures,
        sights=[(sight, shown.SIGHTS[sight]) for sight in sights],
        overview=shown.overview_rows(counts, sights),
        question=QUESTIONS[question],
        tables=shown.tables(own, figures, sights),
        chart=shown.chart_of(figures),
        **state,
    )
