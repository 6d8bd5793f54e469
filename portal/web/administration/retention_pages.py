"""How many years what is kept: in force, to come and before, setting others, taking them back."""

from dataclasses import dataclass
from datetime import timedelta

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.access.acts import Act
from portal.cases import counting_due, years_kept
from portal.db import db
from portal.procedures.retention import IN_WORDS, LONGER, KeptAs, Periods
from portal.records.account import Account
from portal.records.retention_years import RetentionYears
from portal.web.access import opens_to
from portal.web.administration.blueprint import administrator, pages, place
from portal.web.administration.forms import YesForm
from portal.web.administration.retention_forms import YearsForm
from portal.web.officer.wording import capital
from portal.web.shown_first import Step, Told, walk
from portal.wording import long_date
from portal.work import Work, begin_work, council

ONE_DAY = timedelta(days=1)
DAYS_AHEAD = 90
HEAD = ("How many may go", "Without these years", "With these years")
ASKED_AGAIN = "Nothing is erased by itself: an officer confirms each before it goes."


@dataclass(frozen=True)
class Version:
    """One version as the page shows it, with who set it and its years."""

    row: RetentionYears
    by: str
    periods: Periods


@pages.get("/retention")
@opens_to(Act.ADMINISTER)
def retention_years() -> str:
    """The years in force, those to come, and every version."""
    with begin_work(administrator()) as work:
        audit.note(work, "retention_years_viewed")
        today = work.today
    session = db.session()
    versions = _versions(session)
    rows = years_kept.standing(session)
    standing = years_kept.holding(rows, today)
    return render_template(
        "administration/retention.html",
        standing=standing,
        periods=years_kept.periods_of(standing, council()),
        of_file=council().retention_of_file,
        coming=[one for one in rows if one.in_force_from > today],
        versions=versions,
        kinds=_kinds(),
        longer=LONGER,
        today=today,
    )


@pages.route("/retention/new", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def set_retention() -> ResponseReturnValue:
    """Set other years: the page before the last says how many matters they would let go."""
    form = YearsForm()
    if not form.is_submitted():
        with begin_work(administrator()) as work:
            audit.note(work, "retention_years_viewed")
            tomorrow = work.today + ONE_DAY
            # What is coming already is what would be changed.
            form.fill(years_kept.in_force(work.session, work.council, tomorrow))
        form.in_force_from.data = tomorrow

    def show() -> str:
        return render_template("administration/set_retention.html", form=form)

    return walk(form, lambda work: _set(work, form), place(_here()), show)


@pages.route("/retention/<version_id>/take-back", methods=["GET", "POST"])
@opens_to(Act.ADMINISTER, fresh=True)
def take_back_retention(version_id: str) -> ResponseReturnValue:
    """Take years back before their day."""
    _version_or_404(db.session(), version_id)

    def deed(work: Work) -> Told:
        version = _version_or_404(work.session, version_id)
        set_then = years_kept.periods_of(version, work.council)
        years_kept.take_back(work, version)
        day = version.in_force_from
        instead = years_kept.in_force(work.session, work.council, day)
        return Told(
            heading=f"Take back the years that would hold from {long_date(day)}",
            lines=_in_words(set_then, instead) or ("The years of that day stay the same.",),
            done="These years are taken back.",
            to=_here(),
            button="Take them back",
        )

    return walk(YesForm(), deed, place(_here()))


def _set(work: Work, form: YearsForm) -> Told:
    after, day = form.periods(), form.day
    before = years_kept.in_force(work.session, work.council, day)
    years_kept.write(work, after, day, form.reason.data or "")
    # Counting looks through every matter: for the page that shows it, and not once more.
    shown = request.form.get("step") != Step.DO
    rows = _rows(work, before, after) if shown else ()
    shorter = any(after.years[kind] < before.years[kind] for kind in KeptAs)
    return Told(
        heading=f"These years will hold from {long_date(day)}",
        lines=(*_in_words(before, after), ASKED_AGAIN),
        warnings=(
            "Some of it would be kept for less long. What an officer then confirms is erased, and "
            "cannot be brought back.",
        )
        if shorter
        else (),
        head=HEAD if rows else (),
        rows=rows,
        done=f"The years are set. They hold from {long_date(day)}, and can be taken back until "
        "then.",
        to=_here(),
        button="Set these years",
    )


def _rows(work: Work, before: Periods, after: Periods) -> tuple[tuple[str, ...], ...]:
    """What each of the two would let go, as if it held today."""
    until = work.today + timedelta(days=DAYS_AHEAD)
    now, soon = counting_due.count(work.session, (before, after), (work.today, until))
    return (
        ("Today", *(str(number) for number in now)),
        (f"Within {DAYS_AHEAD} days, by {long_date(until)}", *(str(number) for number in soon)),
    )


def _in_words(before: Periods, after: Periods) -> tuple[str, ...]:
    """What changes, a sentence each."""
    found = [
        f"{capital(IN_WORDS[kind])}: {_years(after.years[kind])}, instead of "
        f"{_years(before.years[kind])}."
        for kind in KeptAs
        if after.years[kind] != before.years[kind]
    ]
    if after.review_months != before.review_months:
        found.append(
            f"A hold is looked at again within {_months(after.review_months)}, instead of "
            f"{_months(before.review_months)}."
        )
    return tuple(found)


def _versions(session: Session) -> list[Version]:
    rows = years_kept.versions(session)
    keys = {one.made_by_id for one in rows}
    wanted = select(Account).where(Account.id.in_(keys))
    names = {account.id: account.name for account in session.scalars(wanted)}
    return [
        Version(one, names[one.made_by_id], years_kept.periods_of(one, council())) for one in rows
    ]


def _kinds() -> dict[KeptAs, str]:
    return {kind: capital(words) for kind, words in IN_WORDS.items()}


def _years(number: int) -> str:
    return "1 year" if number == 1 else f"{number} years"


def _months(number: int) -> str:
    return "1 month" if number == 1 else f"{number} months"


def _here() -> str:
    return url_for("administration.retention_years")


def _version_or_404(session: Session, version_id: str) -> RetentionYears:
    wanted = select(RetentionYears).where(RetentionYears.public_id == version_id)
    return session.scalar(wanted) or abort(404)
