"""The menu of the officers' pages: a few plain names, each with the pages behind it, and what it
counts for whoever may see it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from flask import request, url_for
from sqlalchemy import ColumnElement, Select, func, select

from portal.access.acts import Act
from portal.cases import danger
from portal.db import db
from portal.plain_rows import plain_rows
from portal.records.feedback import Feedback
from portal.records.wall import GlassBreak
from portal.web.access import may, visible
from portal.web.officer.blueprint import pages
from portal.web.once import once, told

# More than this is no longer read at a glance. Whoever may open fewer pages has no groups.
MOST_AT_ONCE = 7
READERS_KEPT = 256


@dataclass(frozen=True)
class Entry:
    """A page of the menu: `also` are the pages that belong to it, `counts` what it counts."""

    text: str
    endpoint: str
    needs: Act
    also: tuple[str, ...] = ()
    counts: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def link(self, counted: Mapping[str, int]) -> dict[str, Any]:
        """The entry as the navigation's macro takes it."""
        href = url_for(self.endpoint, **self.values)
        many = counted.get(self.counts, 0)
        here = request.endpoint in (self.endpoint, *self.also)
        return {
            "text": _with(self.text, many),
            "href": href,
            "many": many,
            "current": here or request.path.startswith(f"{href}/"),
        }


@dataclass(frozen=True)
class Group:
    """Pages under one plain name, the one that opens first in front."""

    text: str
    entries: tuple[Entry, ...]

    def link(self, links: list[dict[str, Any]]) -> dict[str, Any]:
        """The group as one entry, which leads to the first page of those that may be opened."""
        return {
            "text": _with(self.text, sum(one["many"] for one in links)),
            "href": links[0]["href"],
            "active": any(one["current"] for one in links),
        }


QUEUE = Entry("Queue", "officer.queue", Act.WORK_QUEUE)
# Whoever decides nothing has no queue, but the cases that are open to them.
CASES = Entry("Cases", "officer.queue", Act.LIST, values={"view": "open"})
MONDAY = ("officer.monday_months", "officer.monday_figure")
GROUPS = (
    Group("Queue", (QUEUE,)),
    Group("Cases", (CASES,)),
    Group(
        "Work",
        (
            Entry("My work", "officer.my_work", Act.LIST, ("officer.task",)),
            Entry("Promises", "officer.open_promises", Act.LIST),
            Entry("Waiting for a court", "officer.set_aside", Act.ENTER),
            Entry("Advocates who ask", "officer.advocate_requests", Act.ENTER),
            Entry("For publication", "officer.publications", Act.ENTER),
            Entry(
                "Requests to see data", "officer.access_requests", Act.LIST_REQUESTS,
                ("officer.access_request",),
            ),
        ),
    ),
    Group("Find", (Entry("Find", "officer.find", Act.LIST),)),
    Group(
        "Mail and post",
        (
            Entry("Mail to look at", "officer.mail", Act.LOOK_AT_MAIL),
            Entry("Letters to post", "officer.post", Act.SEND_POST),
            Entry("Enter a call or letter", "officer.enter", Act.ENTER, ("officer.entered",)),
            Entry("Mailboxes", "officer.mailboxes", Act.LOOK_AT_MAIL),
        ),
    ),
    Group(
        "Figures",
        (
            Entry("Monday view", "officer.monday", Act.SEE_MONDAY_VIEW, MONDAY),
            Entry("Annual report", "officer.reports", Act.SEE_REPORT),
            Entry("Suggestions", "officer.suggestions", Act.SEE_SUGGESTION_FIGURES),
        ),
    ),
    Group(
        "Danger",
        (
            Entry(
                "Danger now", "officer.dangers", Act.LIST,
                ("officer.alert", "officer.say_danger", "officer.danger_over"), "alerts_untaken",
            ),
            Entry("Emergency", "officer.emergency", Act.BREAK_GLASS),
            Entry(
                "Opened in emergencies", "officer.glass", Act.REVIEW_GLASS, counts="emergencies"
            ),
        ),
    ),
    Group(
        "Settings",
        (
            Entry("Investigators", "officer.register", Act.KEEP_REGISTER),
            Entry("Bank holidays", "officer.days_off", Act.SET_DAYS_OFF),
            Entry("Letters’ wording", "officer.wordings", Act.SET_LETTERS),
            Entry("Keeping and erasing", "officer.retention", Act.SEE_RETENTION),
            Entry("Audit trail", "audit.trail", Act.READ_AUDIT),
        ),
    ),
)  # fmt: skip


@pages.context_processor
def menu() -> dict[str, Any]:
    """The two rows of the menu; the second has the pages of the group that one is in."""
    # Asked once: every part that a template includes asks for the context anew.
    return once("menu", None, _rows)


def _rows() -> dict[str, Any]:
    counted = _counted()
    grouped = [(group, links) for group in GROUPS if (links := _open(group, counted))]
    flat = [one for _, links in grouped for one in links]
    if len(flat) <= MOST_AT_ONCE:
        return {"menu_entries": flat, "menu_pages": []}
    first = [group.link(links) if len(links) > 1 else links[0] for group, links in grouped]
    within = next((links for _, links in grouped if any(one["current"] for one in links)), [])
    return {"menu_entries": first, "menu_pages": within if len(within) > 1 else []}


def _open(group: Group, counted: Mapping[str, int]) -> list[dict[str, Any]]:
    return [
        entry.link(counted)
        for entry in group.entries
        if may(entry.needs) and not (entry is CASES and may(QUEUE.needs))
    ]


def _with(text: str, many: int) -> str:
    return f"{text} ({many})" if many else text


def counting() -> Select[Any] | None:
    """What the menu counts for whoever reads, as one question of one row: alerts that nobody has
    taken, and emergencies that nobody has looked at. None where it counts nothing for them."""
    alerts = visible(Act.TAKE_ALERT) if may(Act.LIST) else None
    opened = visible() if may(Act.REVIEW_GLASS) else None
    return None if alerts is None and opened is None else _counting(alerts, opened)


def tell_counts(counts: Mapping[str, int]) -> None:
    """Remember, for a page that only reads, what came in the statement of another question.

    Args:
        counts: the row of `counting`.
    """
    told("menu counts", None, dict(counts))


def _counted() -> dict[str, int]:
    return once("menu counts", None, _count)


def _count() -> dict[str, int]:
    wanted = counting()
    return {} if wanted is None else dict(plain_rows(db.session(), wanted).one()._mapping)


@lru_cache(maxsize=READERS_KEPT)
def _counting(
    alerts: ColumnElement[bool] | None, opened: ColumnElement[bool] | None
) -> Select[Any]:
    """The statement, written once for each reader: of which matters each is counted."""
    wanted: dict[str, Select[Any]] = {}
    if alerts is not None:
        wanted["alerts_untaken"] = danger.counting_untaken(alerts)
    if opened is not None:
        unseen = select(func.count(GlassBreak.id)).join(Feedback)
        wanted["emergencies"] = unseen.where(GlassBreak.seen_at.is_(None), opened)
    return select(*(one.scalar_subquery().label(name) for name, one in wanted.items()))
