"""How many years what is kept: checked as the file's are, dated, taken back, and asked by all that
keeps or erases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from portal.cases import counting_due, erasures, holds, kept_until, years_kept
from portal.cases.erasures import AnsweredAlready
from portal.cases.years_kept import (
    InForceAlready,
    KeptTooShort,
    NeedsReason,
    NothingChanges,
    OutOfBounds,
    TakenBackAlready,
    TooSoon,
)
from portal.commands import forget
from portal.errors import Refused
from portal.procedures.retention import KeptAs, Periods, latest_review
from portal.records.account import Role
from portal.records.audit_event import AuditEvent
from portal.records.decision import Outcome
from portal.records.erasure import Erasure
from portal.records.feedback import Feedback
from portal.records.retention_years import RetentionYears
from portal.work import COMMAND, WORKER, Who, Work, begin_work
from tests.matters import decide, make_account, make_feedback
from tests.unit.cases.test_erasing import end, long_ended

DAY = timedelta(days=1)
REASON = "The retention schedule of 2026, agreed with information governance."


def set_by(work: Work) -> None:
    """An administrator acts from here on."""
    account = make_account(work, Role.ADMINISTRATOR, "admin@council.example", "Ada Minton")
    work.session.flush()
    work.who = Who("staff", account.id)


def other(work: Work, **years: int) -> Periods:
    """The file's years, with some of them others."""
    of_file = work.council.retention_of_file
    return replace(of_file, years={**of_file.years, **{KeptAs(k): n for k, n in years.items()}})


def in_force_on(work: Work, day: date) -> Periods:
    return years_kept.in_force(work.session, work.council, day)


def hold_today(work: Work, periods: Periods) -> None:
    """Let years hold today, as if they had been set days ago."""
    version = years_kept.write(work, periods, work.today + DAY, REASON)
    work.session.flush()
    version.in_force_from = work.today


def test_the_file_holds_until_the_day_of_a_version(work: Work) -> None:
    set_by(work)
    after = other(work, compliment=3)
    years_kept.write(work, after, work.today + 7 * DAY, REASON)
    of_file = work.council.retention_of_file
    assert in_force_on(work, work.today) == in_force_on(work, work.today + 6 * DAY) == of_file
    assert in_force_on(work, work.today + 7 * DAY) == after
    assert in_force_on(work, work.today + 700 * DAY) == after


def test_the_latest_day_holds_and_of_one_day_what_was_written_last(work: Work) -> None:
    set_by(work)
    for day, years in ((20, 5), (10, 4), (10, 3)):
        years_kept.write(work, other(work, comment=years), work.today + day * DAY, REASON)
    on = [in_force_on(work, work.today + day * DAY).years[KeptAs.COMMENT] for day in (9, 10, 20)]
    assert on == [work.council.retention_of_file.years[KeptAs.COMMENT], 3, 5]


@pytest.mark.parametrize(
    ("years", "months", "kind"),
    [
        ({"compliment": 0}, 12, OutOfBounds),
        ({"compliment": 101}, 12, OutOfBounds),
        ({}, 0, OutOfBounds),
        ({}, 25, OutOfBounds),
        ({"ombudsman": 5}, 12, KeptTooShort),
        ({"statutory": 11}, 12, KeptTooShort),
        ({}, 12, NothingChanges),
    ],
)
def test_what_stops_a_start_with_a_file_is_refused(
    work: Work, years: dict[str, int], months: int, kind: type[Refused]
) -> None:
    set_by(work)
    periods = replace(other(work, **years), review_months=months)
    with pytest.raises(kind):
        years_kept.write(work, periods, work.today + DAY, REASON)
    assert work.session.scalar(select(RetentionYears)) is None


def test_a_kind_without_years_is_refused(work: Work) -> None:
    set_by(work)
    years = {kind: 10 for kind in KeptAs if kind is not KeptAs.NO_NAME}
    with pytest.raises(OutOfBounds):
        years_kept.write(work, Periods(years, 12), work.today + DAY, REASON)


def test_it_says_what_would_be_kept_too_short(work: Work) -> None:
    set_by(work)
    with pytest.raises(KeptTooShort) as refused:
        years_kept.write(work, other(work, ombudsman=5), work.today + DAY, REASON)
    assert "is kept for 6 years" in refused.value.message
    assert "“the Ombudsman looked at it”" in refused.value.message
    assert "stage 2" not in refused.value.message


def test_it_holds_from_tomorrow_at_the_earliest_and_for_a_reason(work: Work) -> None:
    set_by(work)
    after = other(work, compliment=3)
    with pytest.raises(TooSoon):
        years_kept.write(work, after, work.today, REASON)
    with pytest.raises(NeedsReason):
        years_kept.write(work, after, work.today + DAY, "  ")
    years_kept.write(work, after, work.today + DAY, REASON)


def test_it_is_taken_back_once_and_only_before_its_day(work: Work) -> None:
    set_by(work)
    version = years_kept.write(work, other(work, comment=9), work.today + DAY, REASON)
    work.session.flush()
    years_kept.take_back(work, version)
    of_file = work.council.retention_of_file
    assert in_force_on(work, work.today + DAY) == of_file
    work.session.flush()
    with pytest.raises(TakenBackAlready):
        years_kept.take_back(work, version)
    standing = years_kept.write(work, other(work, comment=9), work.today + DAY, REASON)
    work.session.flush()
    standing.in_force_from = work.today
    work.session.flush()
    with pytest.raises(InForceAlready):
        years_kept.take_back(work, standing)
    assert in_force_on(work, work.today) != of_file


def test_a_kind_that_a_version_does_not_know_has_the_years_of_the_file(work: Work) -> None:
    set_by(work)
    version = years_kept.write(work, other(work, comment=3), work.today + DAY, REASON)
    version.years = {code: n for code, n in version.years.items() if code != "no_name"}
    found = in_force_on(work, work.today + DAY)
    assert found.years[KeptAs.NO_NAME] == work.council.retention_of_file.years[KeptAs.NO_NAME]
    assert found.years[KeptAs.COMMENT] == 3


def test_the_trail_has_the_names_of_what_changed_and_no_word_of_the_reason(work: Work) -> None:
    set_by(work)
    after = replace(other(work, comment=3, compliment=4), review_months=6)
    version = years_kept.write(work, after, work.today + DAY, "Rowan Ashby asked for it.")
    work.session.flush()
    years_kept.take_back(work, version)
    rows = work.session.scalars(select(AuditEvent).where(AuditEvent.act.like("retention%"))).all()
    assert [(one.act, list(one.fields)) for one in rows] == [
        ("retention_years_set", ["comment", "compliment", "review_months"]),
        ("retention_years_taken_back", []),
    ]
    assert {(one.about_kind, one.about_id) for one in rows} == {("retention_years", version.id)}


def due() -> list[tuple[date | None, int]]:
    with begin_work(WORKER) as work:
        rows = work.session.execute(select(Erasure.due_on, Erasure.years)).all()
    return [(row.due_on, row.years) for row in rows]


@pytest.fixture
def listed(app: object) -> int:
    """The key of a matter of long ago, which the pass has listed."""
    with begin_work(WORKER) as work:
        key = long_ended(work).id
    with begin_work(WORKER) as work:
        end(work, work.session.get_one(Feedback, key))
    assert forget.forget()["listed"] == 1
    return key


def test_the_pass_keeps_for_as_long_as_the_years_in_force_say(listed: int) -> None:
    with begin_work(COMMAND) as work:
        set_by(work)
        longest = dict.fromkeys((kind.value for kind in KeptAs), 100)
        years_kept.write(work, other(work, **longest), work.today + DAY, REASON)
    assert forget.forget()["taken_off"] == 0, "They hold from tomorrow."
    with begin_work(COMMAND) as work:
        work.session.execute(sa.update(RetentionYears).values(in_force_from=work.today))
        work.session.execute(sa.update(Erasure).values(state="confirmed"))
    assert forget.forget()["erased"] == 0, "Confirmed, and not to go any more."
    assert forget.forget()["listed"] == 0
    assert due() == []


def test_what_was_listed_is_not_confirmed_under_longer_years(listed: int) -> None:
    with begin_work(COMMAND) as work:
        set_by(work)
        hold_today(work, other(work, statutory=100, childs_file=100, ombudsman=100))
    with begin_work(COMMAND) as work:
        which = work.session.scalars(select(Erasure.public_id)).all()
        with pytest.raises(AnsweredAlready):
            erasures.confirm(work, which, sa.true())


def test_the_pass_lists_with_shorter_years_what_the_file_would_keep(listed: int) -> None:
    six_years = due()
    with begin_work(COMMAND) as work:
        set_by(work)
        hold_today(work, other(work, statutory=4))
    assert forget.forget()["taken_off"] == 0
    assert [years for _, years in six_years] == [6]
    assert [years for _, years in due()] == [4]


def test_what_a_person_reads_and_how_long_a_hold_may_wait_follow(work: Work) -> None:
    set_by(work)
    feedback = make_feedback(work)
    decide(work, feedback, Outcome.DECLINED)
    work.session.execute(sa.update(Feedback).values(queue_rank=None))
    work.session.flush()
    told = kept_until.kept_until(work.session, work.council, feedback, work.today)
    hold_today(work, replace(other(work, refused=9), review_months=1))
    then = kept_until.kept_until(work.session, work.council, feedback, work.today)
    assert told is not None
    assert then == told.replace(year=told.year + 3)
    with pytest.raises(holds.ReviewTooLate):
        holds.put(work, feedback, "A court.", work.today + 40 * DAY)
    holds.put(work, feedback, "A court.", latest_review(Periods({}, 1), work.today))


def test_what_other_years_would_let_go_is_counted(listed: int) -> None:
    with begin_work(WORKER) as work:
        held = long_ended(work, "Another one").id
        fresh = make_feedback(work)
        decide(work, fresh, Outcome.DECLINED)
    with begin_work(WORKER) as work:
        set_by(work)
        end(work, work.session.get_one(Feedback, held))
        holds.put(work, work.session.get_one(Feedback, held), "A court.", work.today + DAY)
        work.session.execute(sa.update(Feedback).values(queue_rank=None))
    with begin_work(WORKER) as work:
        longest = other(work, **dict.fromkeys((kind.value for kind in KeptAs), 100))
        choices = (work.council.retention_of_file, longest, other(work, refused=1))
        in_a_year = work.today + 370 * DAY
        counted = counting_due.count(work.session, choices, (work.today, in_a_year))
    assert counted == ((1, 0, 1), (1, 0, 2))
