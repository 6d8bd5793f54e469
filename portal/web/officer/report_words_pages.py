"""What officers add to a year's report: commentary, things learned, words of thanks."""

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import audit
from portal.access.acts import Act
from portal.db import db
from portal.errors import Refused
from portal.records.report_draft import PickKind
from portal.reports import asking, drafting, narrative, picking, typed_numbers
from portal.reports.asking import Question
from portal.web.access import opens_to, visible
from portal.web.officer import report_shown as shown
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.report_forms import ChoiceForm, PassageForm
from portal.work import begin_work, council

PICKED, TEXT = "picked", "text-"


@pages.get("/annual-report/<year>/words")
@opens_to(Act.WRITE_REPORT)
def report_words(year: str) -> ResponseReturnValue:
    """The chapters, what their figures say in sentences, and what is written on them."""
    asked = shown.whole(year)
    with begin_work(staff()) as work:
        audit.note(work, "report_words_viewed")
    return _words_page(asked, {})


@pages.post("/annual-report/<year>/words/<chapter>")
@opens_to(Act.WRITE_REPORT)
def save_report_words(year: str, chapter: str) -> ResponseReturnValue:
    """Save the commentary on one chapter."""
    asked, form = shown.whole(year), PassageForm(prefix=chapter)
    if chapter not in asking.CHAPTER_KEYS:
        abort(404)
    if not form.validate():
        return _words_page(asked, {chapter: form}), 422
    try:
        with begin_work(staff()) as work:
            text = form.text.data or ""
            said = form.not_figures.data or ()
            drafting.save_passage(work, asked.year.name, chapter, text, form.version, said)
    except Refused as refused:
        form.text.errors = [refused.message]
        with begin_work(staff()) as work:
            audit.note(work, "report_words_viewed")
        return _words_page(asked, {chapter: form}), refused.status
    flash("Saved as a draft. Nobody outside the complaints team sees it yet.", "success")
    return redirect(url_for("officer.report_words", year=year, _anchor=chapter), 303)


@pages.get("/annual-report/<year>/learning")
@opens_to(Act.WRITE_REPORT)
def report_learning(year: str) -> ResponseReturnValue:
    """What the year's cases offer as learning, and what of it is printed."""
    asked = shown.whole(year)
    return _learning_page(asked, ChoiceForm(formdata=None), None)


@pages.post("/annual-report/<year>/learning")
@opens_to(Act.WRITE_REPORT)
def choose_report_learning(year: str) -> ResponseReturnValue:
    """Save what is printed, and in which words."""
    asked, form = shown.whole(year), ChoiceForm()
    texts = {key: request.form.get(f"{TEXT}{key}", "") for key in request.form.getlist(PICKED)}
    if not form.validate():
        return _learning_page(asked, form, texts), 422
    try:
        with begin_work(staff()) as work:
            offered = picking.learned(work.session, asked.year, visible(Act.READ))
            picking.choose_learned(work, asked.year, offered, texts)
    except Refused as refused:
        form.form_errors = [refused.message]
        return _learning_page(asked, form, texts), refused.status
    flash("Saved what the report tells of things learned.", "success")
    return redirect(url_for("officer.report_learning", year=year), 303)


@pages.get("/annual-report/<year>/compliments")
@opens_to(Act.WRITE_REPORT)
def report_compliments(year: str) -> ResponseReturnValue:
    """The year's words of thanks that two officers have agreed to."""
    return _compliments_page(shown.whole(year), ChoiceForm(formdata=None), None)


@pages.post("/annual-report/<year>/compliments")
@opens_to(Act.WRITE_REPORT)
def choose_report_compliments(year: str) -> ResponseReturnValue:
    """Save which of them are printed."""
    asked, form = shown.whole(year), ChoiceForm()
    chosen = request.form.getlist(PICKED)
    if not form.validate():
        return _compliments_page(asked, form, chosen), 422
    try:
        with begin_work(staff()) as work:
            picking.choose_thanks(work, asked.year, chosen)
    except Refused as refused:
        form.form_errors = [refused.message]
        return _compliments_page(asked, form, chosen), refused.status
    flash("Saved which compliments the report prints.", "success")
    return redirect(url_for("officer.report_compliments", year=year), 303)


def _words_page(asked: Question, typed: Mapping[str, PassageForm]) -> str:
    written = drafting.passages(db.session(), asked.year.name)
    found = shown.report_of(asked, anew=True)
    unfounded = typed_numbers.unfounded(found, {key: one.text for key, one in written.items()})
    left = drafting.unfounded(db.session(), found, written)
    chapters = []
    for chapter in found.chapters:
        key, title = chapter.key, chapter.title
        themes, passage = narrative.themes(found, key), written.get(key)
        form = typed.get(key)
        if form is None:
            start = "\n\n".join(themes) if key == "commentary" else ""
            values = {
                "text": passage.text if passage is not None else start,
                "seen": str(passage.version if passage is not None else 0),
            }
            form = PassageForm(formdata=None, prefix=key, data=values)
        form.offer(unfounded.get(key, ()), passage.excused if passage is not None else ())
        chapters.append(
            {
                "key": key, "title": title, "themes": themes, "form": form,
                "unfounded": left.get(key, ()),
            }
        )  # fmt: skip
    return render_template("officer/report_words.html", asked=asked, chapters=chapters)


def _learning_page(asked: Question, form: ChoiceForm, typed: Mapping[str, str] | None) -> str:
    with begin_work(staff()) as work:
        for one in picking.learned(work.session, asked.year, visible(Act.READ)):
            audit.note(work, "listed_as_learned", one.feedback)
        audit.note(work, "report_learning_viewed")
    offered = picking.learned(db.session(), asked.year, visible(Act.READ))
    rows = [
        {
            "learned": one,
            "picked": one.picked if typed is None else one.remedy.public_id in typed,
            "text": (typed or {}).get(one.remedy.public_id, one.text),
            "team": council().team(one.remedy.team).officer_label,
        }
        for one in offered
    ]
    chosen = PickKind.LEARNED in picking.chosen(db.session(), asked.year)
    return render_template(
        "officer/report_learning.html", asked=asked, form=form, rows=rows, chosen=chosen
    )


def _compliments_page(asked: Question, form: ChoiceForm, typed: list[str] | None) -> str:
    with begin_work(staff()) as work:
        audit.note(work, "report_compliments_viewed")
    chosen = PickKind.THANKS in picking.chosen(db.session(), asked.year)
    rows = [
        {
            "publication": one.publication,
            "picked": (one.picked or not chosen)
            if typed is None
            else one.publication.public_id in typed,
        }
        for one in picking.thanks(db.session(), asked.year)
    ]
    return render_template(
        "officer/report_compliments.html", asked=asked, form=form, rows=rows, chosen=chosen
    )
