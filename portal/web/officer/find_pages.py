"""Finding: words and filters are sent, kept on the server, and shown by a random key.

What is searched for stands in no address, because logs keep addresses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import audit, clock
from portal.access.acts import Act
from portal.access.table import COMPLAINTS_TEAM, GLASS_OPENS
from portal.cases import organisations, roles
from portal.cases.answerers import MANAGERS
from portal.db import db
from portal.errors import Refused
from portal.records.feedback import Feedback
from portal.records.mail import Mail
from portal.triage.find import indexing, kept, mail, results, searching
from portal.triage.find.filters import Filters
from portal.triage.find.kept import View
from portal.triage.find.mail import FoundMail
from portal.triage.find.results import Results
from portal.triage.find.searching import Asked
from portal.web.access import may, opens_to, visible
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
    every view of whoever asks, and how many matters could not be found by their words yet."""

    id: str
    words: str
    narrowed: Filters
    name: str | None
    views: tuple[View, ...]
    unindexed: int

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
    letters = _mail_of(found) if after is None else ()
    _note(names, [line.id for line in page.lines if found.words], letters)
    return shown(form, found, page, letters=letters)


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
    row, views, unindexed = kept.opened(
        db.session(),
        public_id[:LONGEST_ID],
        int(current_user.id),
        indexing.number_waiting(visible()),
    )
    if row is None or (row.ends_at is not None and row.ends_at < clock.now()):
        return None
    # Read here and now: an act of this page makes the session forget its records.
    narrowed = kept.narrowed_by(row)
    return Search(row.public_id, row.words or "", narrowed, row.name, views, unindexed)


def offered(form: FindForm) -> FindForm:
    """The form with its lists filled."""
    held = roles.held_by(db.session(), COMPLAINTS_TEAM | MANAGERS, clock.today())
    team = {one.id: one for one, role in held if role in COMPLAINTS_TEAM}
    managers = {one.id: one for one, role in held if role in MANAGERS}
    by_name = sorted(managers.values(), key=lambda one: one.name.casefold())
    providers = organisations.all_of_them(db.session())
    form.offer(council(), team.values(), by_name, providers)
    return form


def shown(
    form: FindForm,
    found: Search | None = None,
    page: Results | None = None,
    view: ViewForm | None = None,
    letters: Sequence[FoundMail] = (),
) -> str:
    """The page, with what was found where something was asked for.

    Args:
        form: the search's form.
        found: the search.
        page: what it found.
        view: the form for a view's name, where it was filled in wrongly.
        letters: mail that became no feedback and has the words.
    """
    session = db.session()
    return render_template(
        "officer/find.html",
        form=form,
        view=view or ViewForm(formdata=None),
        found=found,
        page=page,
        letters=letters,
        in_force=form.in_force(found.narrowed) if found else (),
        groups=form.groups(found.narrowed.named() if found else ()),
        officers=form.officers(),
        views=found.views if found else kept.views(session, int(current_user.id)),
        unindexed=found.unindexed if found else indexing.waiting(session, visible()),
        states=STATES,
        risks=RISKS,
        wording=wording,
    )


def _of_the_desk() -> bool:
    """Whether somebody decides on whatever they may read: only then are texts searched that the
    complaints team alone sees on the pages of a matter."""
    person = current_user.person
    by_glass = bool(person.reaches(Act.BREAK_GLASS)) and Act.READ in GLASS_OPENS
    return bool(person.reaches(Act.READ) == person.reaches(Act.DECIDE)) and not by_glass


def _mail_of(found: Search) -> Sequence[FoundMail]:
    """What fits of the mail that became no feedback, to whom may look at it: it has no filters."""
    if found.asked is None or found.narrowed.named() or not may(Act.LOOK_AT_MAIL):
        return ()
    return mail.find(db.session(), found.asked)


def _note(names: list[str], opened: Sequence[int], letters: Sequence[FoundMail] = ()) -> None:
    """A search is a look, and so is each matter and each message of which words are shown."""
    with begin_work(staff()) as work, audit.gathered(work):
        audit.note(work, "matters_searched", None, names)
        audit.note_shown(work, "found_by_search", Feedback, opened)
        audit.note_shown(work, "mail_found", Mail, [one.id for one in letters])
