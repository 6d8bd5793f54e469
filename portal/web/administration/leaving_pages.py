"""Somebody leaves: what is theirs, who takes over, and then the end of their account."""

from collections.abc import Iterator

from flask import render_template
from flask.typing import ResponseReturnValue

from portal import clock
from portal.access.acts import Act
from portal.cases import leaving, roles
from portal.cases.leaving import HandedOver
from portal.db import db
from portal.records.account import Account
from portal.web.access import opens_to
from portal.web.administration import rights_words
from portal.web.administration.blueprint import (
    account_or_404,
    address_of,
    of_person,
    pages,
)
from portal.web.administration.forms import LeaverForm
from portal.web.shown_first import Told, walk
from portal.work import Work

NOBODY = ""


@pages.route("/people/<account_id>/leaver", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def leaver(account_id: str) -> ResponseReturnValue:
    """What is theirs, who takes over, the check, and the end."""
    form = LeaverForm()
    _offer(account_or_404(db.session(), account_id), form)

    def show() -> str:
        account = account_or_404(db.session(), account_id)
        found = leaving.holdings(db.session(), account)
        manager = db.session.get(Account, account.reports_to_id) if account.reports_to_id else None
        return render_template(
            "administration/leaver.html",
            form=form,
            account=account,
            found=found,
            references=leaving.references(db.session(), found),
            manager=manager,
        )

    return walk(form, lambda work: _leave(work, account_id, form), of_person(account_id), show)


def _offer(account: Account, form: LeaverForm) -> None:
    """Fill the list of those who could take over."""
    found = leaving.successors(db.session(), account, clock.today())
    there = [(one.public_id, one.name) for one in found]
    nobody = "Choose somebody" if account.organisation_id is None else "Nobody: following ends"
    form.successor.choices = [(NOBODY, nobody), *there]


def _told(
    work: Work, account: Account, handed: HandedOver, successor: Account | None, to: str
) -> Told:
    """What somebody's leaving does, in sentences."""
    warnings: tuple[str, ...] = ()
    if roles.is_designated(work, account):
        warnings = (
            "The council’s file names them for cases about the complaints team. Change the file "
            "first, or those cases open to nobody.",
        )
    return Told(
        heading=f"{account.name} leaves today",
        lines=(
            "They are signed out everywhere at once and cannot sign in again.",
            *_handed_over(handed, successor),
            *_reports(work, account, handed),
            "Their name stays in the history of what they did.",
        ),
        warnings=warnings,
        done=f"{account.name} has left.",
        to=to,
        button="End their account",
    )


def _handed_over(handed: HandedOver, successor: Account | None) -> Iterator[str]:
    found = handed.found
    if handed.to_successor and successor is not None:
        yield f"{successor.name} takes over {_counted(handed.to_successor, 'open case')}."
    if handed.to_designated:
        cases = _counted(handed.to_designated, "open case")
        yield (
            f"{cases} closed to {successor.name if successor else 'them'} by a wall: to the "
            "officer whom the council’s file names."
        )
    if found.followed:
        people = rights_words.young_people(len(found.followed))
        if successor is not None:
            yield f"{successor.name} follows {people} in their place."
        else:
            yield f"Nobody follows {people} any more."
    if found.given:
        yield f"{_counted(len(found.given), 'case')} opened to them for a time: closed."


def _reports(work: Work, account: Account, handed: HandedOver) -> Iterator[str]:
    if not handed.found.reports:
        return
    above = account.reports_to_id
    manager = work.session.get(Account, above) if above is not None else None
    names = rights_words.joined([one.name for one in handed.found.reports])
    goes = f"to {manager.name}" if manager else "to nobody, until you say whom"
    yield f"Who reported to them now reports {goes}: {names}."


def _leave(work: Work, account_id: str, form: LeaverForm) -> Told:
    account = account_or_404(work.session, account_id)
    chosen = form.successor.data
    successor = account_or_404(work.session, chosen) if chosen else None
    handed = leaving.leave(work, account, successor)
    return _told(work, account, handed, successor, address_of(account))


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
