"""How many years what is kept: which version is in force, all of them, and setting another one.

The council's file has the years until an administrator sets others on a page. Whatever erases or
keeps asks here.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from portal import audit
from portal.cases.acting import signed_in_id
from portal.cases.tokens import make_public_id
from portal.council import Council
from portal.errors import Refused
from portal.procedures.retention import (
    IN_WORDS,
    LEAST_REVIEW_MONTHS,
    LEAST_YEARS,
    MOST_REVIEW_MONTHS,
    MOST_YEARS,
    KeptAs,
    Periods,
    kept_too_short,
)
from portal.records.retention_years import RetentionYears
from portal.work import Work

REVIEW_MONTHS = "review_months"


class OutOfBounds(Refused):
    """A number that the council's file could not have either."""

    message = (
        f"Each kind is kept for {LEAST_YEARS} to {MOST_YEARS} years, and a hold is looked at again"
        f" within {LEAST_REVIEW_MONTHS} to {MOST_REVIEW_MONTHS} months."
    )


class KeptTooShort(Refused):
    """What adds to the time of a matter would take from it; the message says what."""


class TooSoon(Refused):
    """Before the next day nobody could take a mistake back."""

    message = "Choose tomorrow or a later day, so that a mistake can be taken back before it holds."


class NothingChanges(Refused):
    """The same years again."""

    message = "These years hold on that day already. Change at least one of them."


class NeedsReason(Refused):
    """Years without a reason could not be explained."""

    message = "Write why these years are right, and who has agreed to them."


class TakenBackAlready(Refused):
    """Somebody was quicker."""

    message = "These years have been taken back already."
    status = 409


class InForceAlready(Refused):
    """Taking back what holds would change in an instant what may go."""

    message = "These years are in force already. Set others from a later day."
    status = 409


def in_force(session: Session, council: Council, on: date) -> Periods:
    """Give the years that hold on a day.

    Args:
        session: any session.
        council: its file has the years that hold where no version does.
        on: the day.
    """
    return periods_of(holding(standing(session), on), council)


def standing(session: Session) -> list[RetentionYears]:
    """Every version that was not taken back, in the order of their days; their reasons unread."""
    wanted = select(RetentionYears).where(RetentionYears.taken_back_at.is_(None))
    in_order = wanted.order_by(RetentionYears.in_force_from, RetentionYears.id)
    return list(session.scalars(in_order.options(defer(RetentionYears.reason))))


def holding(standing: Sequence[RetentionYears], on: date) -> RetentionYears | None:
    """Find which of the standing versions holds on a day; None where the council's file does."""
    # Of two for one day the one that was written last.
    return next((one for one in reversed(standing) if one.in_force_from <= on), None)


def periods_of(version: RetentionYears | None, council: Council) -> Periods:
    """Give what the rules work with.

    Args:
        version: None for the council's file, which also has the years of a kind that was not
            known yet when the version was written.
        council: see `in_force`.
    """
    if version is None:
        return council.retention_of_file
    years = {
        kind: int(version.years.get(kind.value, council.retention_of_file.years[kind]))
        for kind in KeptAs
    }
    return Periods(years, version.review_months)


def versions(session: Session) -> list[RetentionYears]:
    """Every version, those taken back among them; the one of the latest day first."""
    newest = (RetentionYears.in_force_from.desc(), RetentionYears.id.desc())
    return list(session.scalars(select(RetentionYears).order_by(*newest)))


def write(work: Work, periods: Periods, in_force_from: date, reason: str) -> RetentionYears:
    """Keep a version, in force from a day on.

    Args:
        work: the open act.
        periods: the years of every kind, and the months of a hold.
        in_force_from: tomorrow or later.
        reason: why, and who agreed.

    Raises:
        OutOfBounds, KeptTooShort: what stops a start with a council's file.
        TooSoon, NeedsReason, NothingChanges: with what is wrong.
    """
    _check(periods)
    if in_force_from <= work.today:
        raise TooSoon
    if not reason.strip():
        raise NeedsReason
    changed = changes(in_force(work.session, work.council, in_force_from), periods)
    if not changed:
        raise NothingChanges
    version = RetentionYears(
        public_id=make_public_id(),
        years={kind.value: periods.years[kind] for kind in KeptAs},
        review_months=periods.review_months,
        in_force_from=in_force_from,
        reason=reason.strip(),
        made_at=work.now,
        made_by_id=signed_in_id(work),
    )
    work.session.add(version)
    audit.note(work, "retention_years_set", version, changed)
    return version


def take_back(work: Work, version: RetentionYears) -> None:
    """Take a version back before its day: what held without it will hold.

    Raises:
        TakenBackAlready: somebody was quicker.
        InForceAlready: its day has come.
    """
    work.session.refresh(version, with_for_update=True)
    if version.taken_back_at is not None:
        raise TakenBackAlready
    if version.in_force_from <= work.today:
        raise InForceAlready
    version.taken_back_at, version.taken_back_by_id = work.now, signed_in_id(work)
    audit.note(work, "retention_years_taken_back", version)


def changes(before: Periods, after: Periods) -> list[str]:
    """The names of what differs: codes of kinds, and `REVIEW_MONTHS`."""
    found = [kind.value for kind in KeptAs if before.years[kind] != after.years[kind]]
    return found + [REVIEW_MONTHS] * (before.review_months != after.review_months)


def _check(periods: Periods) -> None:
    numbers = [periods.years.get(kind, 0) for kind in KeptAs]
    if not (
        all(LEAST_YEARS <= number <= MOST_YEARS for number in numbers)
        and LEAST_REVIEW_MONTHS <= periods.review_months <= MOST_REVIEW_MONTHS
    ):
        raise OutOfBounds
    too_short, longest = kept_too_short(periods.years)
    if too_short:
        named = ", and ".join(f"“{IN_WORDS[kind]}”" for kind in too_short)
        raise KeptTooShort(
            f"Something that needs no longer time is kept for {longest} years. Give at least as "
            f"many to {named}."
        )
