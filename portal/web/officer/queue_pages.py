"""The queue and its parts, the list of open cases, and the way from one item to the next."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import alarms, linking, reminding
from portal.counted import number_in_words
from portal.db import db
from portal.records.mail import MailState
from portal.triage import queue
from portal.triage.queue import NextItem, View
from portal.triage.queue_order import Place, written
from portal.triage.queue_row import Row
from portal.web.access import may, opens_to, visible
from portal.web.officer import queue_words, wording
from portal.web.officer.blueprint import pages, staff
from portal.work import begin_work, counting_council

TITLES = {
    View.WAITING: "Waiting for an officer",
    View.SECOND_OFFICER: "Waiting for a second officer",
    View.REPLIES: "New replies",
    View.PASSED_ON: "Passed on, not yet taken",
    View.OPEN_CASES: "Open cases",
    View.ALL: "Everything",
}
LONGEST_SEARCH = 40
LONGEST_PLACE = 200


@pages.get("/", endpoint="queue")
@opens_to(Act.LIST)
def queue_page() -> ResponseReturnValue:
    """One list: what waits by risk, open cases by date, or everything."""
    known = {view.value: view for view in View}
    search = request.args.get("reference", "")[:LONGEST_SEARCH].strip()
    if search:
        _note_search(search)
    # Somebody who looks a reference up does not care which list it is in.
    sees_mail = may(Act.LOOK_AT_MAIL)
    counts = queue.counts(db.session(), visible(), mail=sees_mail)
    start = View.WAITING if may(Act.WORK_QUEUE) or counts[View.WAITING] else View.OPEN_CASES
    view = known.get(request.args.get("view", ""), View.ALL if search else start)
    today, here = clock.today(), counting_council(db.session())
    listing = queue.rows(
        db.session(),
        here,
        today,
        view,
        visible=visible(),
        search=search,
        after=request.args.get("after", "")[:LONGEST_PLACE],
        before=request.args.get("before", "")[:LONGEST_PLACE],
        mail=sees_mail,
        total=None if search else counts.get(view),
    )
    shown = [one.public_id for one in listing.rows if isinstance(one, Row) and one.is_case]
    return render_template(
        "officer/queue.html",
        silent=alarms.silent_for(db.session(), here, today, shown),
        untold=reminding.number_untold(db.session(), visible(Act.CONDUCT)),
        listing=listing,
        view=view,
        views=View,
        titles=TITLES,
        counts={one: number_in_words(number) for one, number in counts.items()},
        search=search,
        wording=wording,
        words=queue_words,
        today=today,
        mail_states=MailState,
    )


@pages.get("/next", endpoint="next_item")
@opens_to(Act.WORK_QUEUE)
def next_item() -> ResponseReturnValue:
    """Open what follows a place of the queue, else what stands first."""
    place = queue.read_place(request.args.get("after", "")[:LONGEST_PLACE])
    found = following(place, place[-1] if place is not None else "")
    if found is None:
        flash("Nothing else is waiting.")
        return redirect(url_for("officer.queue"))
    return redirect(address_of(found))


def following(after: Place | None, but_not: str) -> NextItem | None:
    """What the signed-in officer opens next, after a place of the queue."""
    mail = may(Act.LOOK_AT_MAIL)
    return queue.next_waiting(db.session(), visible(), after, but_not, mail=mail)


def address_of(item: NextItem, **more: Any) -> str:
    """Where an item of the queue is opened."""
    if item.reference is None:
        return url_for("officer.message_left", public_id=item.public_id, **more)
    endpoint = "officer.case" if item.is_case else "officer.item"
    return url_for(endpoint, public_id=item.public_id, **more)


def way_on(place: Place | None) -> str | None:
    """The address that leads on from a place of the queue to what follows it; none for those who
    have no queue."""
    if not may(Act.WORK_QUEUE):
        return None
    return url_for("officer.next_item", after=written(place) if place is not None else None)


def _note_search(search: str) -> None:
    """A search is a look. What it found is noted where it found one thing that the reader may see;
    a reference of something closed leaves no more than one of nothing."""
    with begin_work(staff()) as work:
        found = linking.find_by_reference(work.session, search, visible())
        audit.note(work, "list_searched", found, ["reference"])
