"""Finding: words and filters are sent, kept on the server, and shown by a random key.

What is searched for stands in no address, because logs keep addresses.
"""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import audit, clock
from portal.access.acts import Act
from portal.access.table import COMPLAINTS_TEAM, GLASS_OPENS
from portal.cases import roles
from portal.db import db
from portal.errors import Refused
from portal.records.feedback import Feedback
from portal.triage.find import indexing, kept, results, searching
from portal.triage.find.filters import Filters
from portal.triage.find.kept import View
from portal.triage.find.results import Results
from portal.triage.find.searching import Asked
from portal.web.access import opens_to, visible
from portal.web.officer import wording
from portal.web.officer.blueprint import pages, staff
from portal.web.officer.case_view import STATES
from portal.web.officer.find_form import RISKS, FindForm, begun
from portal.web.officer.find_views import ViewForm
from portal.work import begin_work, council

NOTHING_TELLS = (
    "Enter a word that says more: words like “the” or “not” are in every text, and are not found."
)
SEARCH_ENDED = "That search has ended. Search again, or open one of your saved views."
LONGEST_ID = 40


@dataclass(frozen=True)
class Search:
    """A search as its address finds it: its id, its words, its filters, the name of a view; and
    every view of whoever asks."""

    id: str
    words: str
    narrowed: Filters
    name: str | None
    views: tuple[View, ...]

    @property
    def asked(self) -> Asked | None:
        """The words as they are looked for; None where there are none."""
        return searching.read_words(self.words, desk=_of_the_desk()) if self.words else None


@pages.get("/find", endpoint="find")
@opens_to(Act.LIST)
def find_page() -> ResponseReturnValue:
    """The form, and what was found."""
    found = search_of(request.args.get("search", ""))
    if found is None and "search" in request.args:
        flash(SEARCH_ENDED)
        return redirect(url_for("officer.find"))
    form = offered(
        FindForm(formdata=None, data=begun(found.words, found.narrowed) if found else None)
    )
    if found is None:
        _note(["form"], ())
        return shown(form)
    after = request.args.get("after", "")[:LONGEST_ID] or None
    page = results.page(db.session(), found.asked, found.narrowed, visible(), clock.today(), after)
    names = [*(["words"] if found.words else []), *found.narrowed.named()]
    _note(names, [line.id for line in page.lines if found.words])
    return shown(form, found, page)


@pages.post("/find", endpoint="search")
@opens_to(Act.LIST)
def search() -> ResponseReturnValue:
    """Keep what is searched for, and show it under its own address."""
    form = offered(FindForm())
    words = (form.words.data or "").strip()
    sound = form.validate()
    if sound and words and not searching.read_words(words).stems:
        form.words.errors = [NOTHING_TELLS]
        sound = False
    if not sound:
        _note(["form"], ())
        return shown(form), 422
    with begin_work(staff()) as work:
        kept_id = kept.keep(work, words, form.chosen()).public_id
    return redirect(url_for("officer.find", search=kept_id), 303)


@pages.post("/find/views", endpoint="save_view")
@opens_to(Act.LIST)
def save_view() -> ResponseReturnValue:
    """Save the filters of a search under a name."""
    found = search_of(request.form.get("search", ""))
    if found is None:
        flash(SEARCH_ENDED)
        return redirect(url_for("officer.find"), 303)
    view = ViewForm()
    try:
        if not view.validate():
            raise kept.NoViewName
        with begin_work(staff()) as work:
            saved = kept.save_view(work, view.name.data or "", found.narrowed).public_id
    except Refused as refused:
        view.name.errors = list(view.name.errors) or [refused.message]
        form = offered(FindForm(formdata=None, data=begun(found.words, found.narrowed)))
        _note(["view"], ())
        return shown(form, found, view=view), 422
    flash("Saved. It stands under “Saved views”.", "success")
    return redirect(url_for("officer.find", search=saved), 303)


@pages.post("/find/views/remove", endpoint="remove_view")
@opens_to(Act.LIST)
def remove_view() -> ResponseReturnValue:
    """Take one of one's own views away."""
    with begin_work(staff()) as work:
        wanted = request.form.get("view", "")[:LONGEST_ID]
        row = kept.find(work.session, wanted, int(current_user.id))
        if row is not None and row.ends_at is None:
            kept.take_away(work, row)
    flash("Taken away.", "success")
    return redirect(url_for("officer.find"), 303)


def search_of(public_id: str) -> Search | None:
    """The search of an address, where it is one's own and has not ended."""
    row, views = kept.opened(db.session(), public_id[:LONGEST_ID], int(current_user.id))
    if row is None or (row.ends_at is not None and row.ends_at < clock.now()):
        return None
    # Read here and now: an act of this page makes the session forget its records.
    return Search(row.public_id, row.words or "", kept.narrowed_by(row), row.name, views)


def offered(form: FindForm) -> FindForm:
    """The form with its lists filled."""
    form.offer(council(), roles.holders(db.session(), COMPLAINTS_TEAM, clock.today()))
    return form


def shown(
    form: FindForm,
    found: Search | None = None,
    page: Results | None = None,
    view: ViewForm | None = None,
) -> str:
    """The page, with what was found where something was asked for.

    Args:
        form: the search's form.
        found: the search.
        page: what it found.
        view: the form for a view's name, where it was filled in wrongly.
    """
    session = db.session()
    return render_template(
        "officer/find.html",
        form=form,
        view=view or ViewForm(formdata=None),
        found=found,
        page=page,
        in_force=form.in_force(found.narrowed) if found else (),
        officers=form.officers(),
        views=found.views if found else kept.views(session, int(current_user.id)),
        unindexed=indexing.waiting(session, visible()),
        states=STATES,
        risks=RISKS,
        wording=wording,
    )


def _of_the_desk() -> bool:
    """Whether somebody decides on whatever they may read: only then are texts searched that the
    complaints team alone sees on the pages of a matter."""
    person = current_user.person
    glass = GLASS_OPENS if person.reaches(Act.BREAK_GLASS) else ()
    return person.reaches(Act.READ) == person.reaches(Act.DECIDE) and Act.READ not in glass


def _note(names: list[str], opened: list[int] | tuple[int, ...]) -> None:
    """A search is a look, and so is each matter of which words are shown."""
    with begin_work(staff()) as work, audit.gathered(work):
        audit.note(work, "matters_searched", None, names)
        audit.note_shown(work, "found_by_search", Feedback, opened)
