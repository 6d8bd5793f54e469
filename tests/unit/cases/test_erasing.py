"""After an erasure nobody's word is left in any column, in the index or in the file store; what the
figures count is, and the trail still verifies."""

import sqlite3
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from portal import sealing
from portal.attachments import file_store
from portal.cases import erasing, what_goes
from portal.cases.receiving import NewParty
from portal.cases.tokens import make_public_id
from portal.columns import PrivateBytes, PrivateText
from portal.commands import finding, forget
from portal.db import db
from portal.procedures.retention import KeptAs
from portal.records.attachment import Attachment, AttachmentState
from portal.records.audit_event import AuditEvent, AuditSeal
from portal.records.case import Case, CaseState
from portal.records.erasure import Erasure, ErasureState
from portal.records.feedback import Feedback
from portal.records.find_entry import FindChange, FindEntry
from portal.records.party import PartyRole
from portal.triage import suggesting, training_examples
from portal.work import WORKER, Work, begin_work, settings
from tests.matters import make_account, make_case, make_feedback
from tests.unit.cases.filled_matter import LONG_AGO, MOMENT, WORDS, everything, fill

FILE = "ab/abcdef"


def confirmed(work: Work, feedback: Feedback) -> Erasure:
    """An erasure that an officer has confirmed."""
    erasure = Erasure(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        state=ErasureState.CONFIRMED,
        kept_as=KeptAs.STATUTORY,
        years=6,
        due_on=work.today,
        listed_at=work.now,
    )
    work.session.add(erasure)
    work.session.flush()
    return erasure


def long_ended(work: Work, story: str = WORDS) -> Feedback:
    """A matter of long ago, with a case that ended then."""
    feedback = make_feedback(
        work,
        story=f"{story} about the flat, again and again, until somebody listened to it.",
        subject=story,
        parties=(NewParty(PartyRole.COMPLAINANT, story, email="quillfeather@home.example"),),
    )
    case = make_case(work, feedback)
    work.session.flush()
    end(work, feedback)
    case.closed_at = MOMENT
    return feedback


def end(work: Work, feedback: Feedback) -> None:
    """Let everything of a matter have ended long ago."""
    work.session.flush()
    for table, column in (("decision", "decided_at"), ("message", "sent_at")):
        here = what_goes.table(table)
        work.session.execute(
            sa.update(here).where(here.c.feedback_id == feedback.id).values({column: MOMENT})
        )
    closing = what_goes.table("case")
    work.session.execute(
        sa.update(closing)
        .where(closing.c.feedback_id == feedback.id)
        .values(state="closed", closed_at=MOMENT)
    )
    here = what_goes.table("feedback")
    work.session.execute(
        sa.update(here)
        .where(here.c.id == feedback.id)
        .values(received_on=LONG_AGO, received_at=MOMENT, queue_rank=None, unread=False)
    )
    work.session.expire_all()


@pytest.fixture
def filled(app: Flask) -> int:
    """The key of a matter that has a row in every table, confirmed to be erased."""
    with begin_work(WORKER) as work:
        officer = make_account(work, email="officer@council.example", name="Sam Officer")
        make_feedback(work)
        feedback = long_ended(work)
        held = fill(work, feedback, officer)
        leading = {table.name for table in what_goes.tables() if what_goes.leads(table)}
        assert held == leading, leading - held
        work.session.execute(sa.update(Attachment).values(stored_as=FILE))
        end(work, feedback)
        confirmed(work, feedback)
        key = feedback.id
    file_store.put(settings().files_url, FILE, b"sealed")
    # What the listener of the acts and the index make of it is there as well.
    finding.note_missing()
    finding.index()
    with begin_work(WORKER) as work:
        end(work, work.session.get_one(Feedback, key))
    return key


def test_no_column_no_index_and_no_file_holds_a_word_of_it(filled: int) -> None:
    with begin_work(WORKER) as work:
        before = everything(work)
    assert WORDS in before["feedback"], "The matter has words to lose."
    assert sum(WORDS in held for held in before.values()) > 40
    assert forget.forget()["erased"] == 1
    with begin_work(WORKER) as work:
        after = everything(work)
    left = {name for name, held in after.items() if "Quillfeather" in held}
    # A file of the trail or an account is nobody's words.
    assert left == set()
    assert [name for name, _ in file_store.names(settings().files_url)] == []


def test_every_private_column_is_empty_for_it(filled: int) -> None:
    forget.forget()
    with begin_work(WORKER) as work:
        for table in what_goes.stays():
            here = what_goes.of_matter(table, filled)
            for column in table.columns:
                if isinstance(column.type, PrivateText | PrivateBytes):
                    found = work.session.scalars(sa.select(column).where(here)).all()
                    assert set(found) <= {None, "", b""}, column
        for table in what_goes.goes():
            here = what_goes.of_matter(table, filled)
            rows = work.session.execute(sa.select(sa.literal(1)).select_from(table).where(here))
            assert rows.first() is None, table.name


def test_the_file_of_the_database_has_its_hashes_no_longer(filled: int) -> None:
    with begin_work(WORKER) as work:
        entry = work.session.get_one(FindEntry, filled)
        stem = str(work.session.scalar(sa.select(FindEntry.stems).where(
            FindEntry.feedback_id == entry.feedback_id
        ))).split()[0]  # fmt: skip
    forget.forget()
    url = db.engine.url.database
    assert url is not None
    db.session.rollback()
    connection = sqlite3.connect(url)
    found = [
        row
        for table in ("find_words_data", "find_entry")
        for row in connection.execute(f"SELECT * FROM {table}")
        if stem.encode() in b" ".join(str(part).encode() if not isinstance(part, bytes) else part
                                      for part in row)
    ]  # fmt: skip
    connection.close()
    assert found == []


def test_nothing_of_it_is_worked_out_again(filled: int) -> None:
    forget.forget()
    finding.note_missing()
    finding.index()
    with begin_work(WORKER) as work:
        assert work.session.get(FindEntry, filled) is None
        assert filled not in suggesting.waiting_ids(work.session)
        noted = sa.select(FindChange.id).where(FindChange.feedback_id == filled)
        assert work.session.scalar(noted) is None
        late = training_examples.Redacted(filled, WORDS, {})
        assert training_examples.write(work, [late]) == 0


def test_what_figures_count_stays(filled: int) -> None:
    with begin_work(WORKER) as work:
        was = {
            name: work.session.scalar(sa.select(sa.func.count()).select_from(what_goes.table(name)))
            for name in what_goes.STAYS
        }
    forget.forget()
    with begin_work(WORKER) as work:
        for name, count in was.items():
            table = what_goes.table(name)
            assert work.session.scalar(sa.select(sa.func.count()).select_from(table)) == count
        remedy = what_goes.table("remedy")
        kept = work.session.execute(sa.select(remedy.c.kind, remedy.c.amount_pence)).first()
        assert kept is not None
        assert kept.amount_pence == 1


def test_the_trail_still_verifies(filled: int) -> None:
    old = sa.select(AuditEvent.id).limit(1)
    with begin_work(WORKER) as work:
        assert work.session.scalar(old) is not None
        work.now += timedelta(minutes=5)
        sealing.seal(work)
    forget.forget()
    with begin_work(WORKER) as work:
        assert work.session.scalar(sa.select(AuditSeal.id).limit(1)) is not None
        assert sealing.faults(work.session) == []
        erased = sa.select(AuditEvent).where(AuditEvent.act == "erased")
        assert work.session.scalars(erased).one().about_id == filled


def test_another_matter_keeps_everything(app: Flask) -> None:
    with begin_work(WORKER) as work:
        stays = long_ended(work, "Thistledown said it")
        goes = long_ended(work)
        confirmed(work, goes)
        key = stays.id
    assert forget.forget()["erased"] == 1
    with begin_work(WORKER) as work:
        kept = work.session.get_one(Feedback, key)
        assert kept.story.startswith("Thistledown")
        assert kept.erased_at is None


def test_what_was_opened_again_is_not_erased(app: Flask) -> None:
    with begin_work(WORKER) as work:
        feedback = long_ended(work)
        erasure = confirmed(work, feedback)
        case = work.session.scalars(sa.select(Case).where(Case.feedback_id == feedback.id)).one()
        case.state, case.closed_at = CaseState.OPEN, None
        assert erasing.erase(work, erasure.id) is None
        assert erasure.state is ErasureState.LISTED
        assert feedback.story.startswith(WORDS)


def test_a_store_that_is_away_leaves_files_to_the_sweep(
    filled: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(url: str, name: str) -> None:
        raise file_store.StoreAway

    monkeypatch.setattr(file_store, "delete", away)
    assert forget.forget()["files_left"] == 1
    with begin_work(WORKER) as work:
        row = sa.select(Attachment).where(Attachment.state != AttachmentState.REFUSED)
        assert work.session.scalar(row) is None


def test_every_table_is_either_a_matters_or_apart() -> None:
    """A new table with a person's words must lead to a matter, or be named here."""
    apart = {table.name for table in what_goes.tables() if not what_goes.leads(table)}
    assert apart == {
        "audit_event", "audit_seal", "equality_answer", "failing_address", "find_change",
        "heartbeat", "mail_poll", "organisation", "password_reset_request", "throttle", "account",
        "added_holiday", "council_identity", "kept_search", "letter_wording", "passkey",
        "published_report", "recovery_code", "register_entry", "report_passage", "retention_years",
        "role_grant", "sign_in", "sign_in_challenge", "team_membership", "report_file",
    }  # fmt: skip


def test_what_stays_can_let_go_of_what_goes() -> None:
    for table in what_goes.stays():
        for name in what_goes.let_go(table):
            assert table.c[name].nullable, (table.name, name)
        keyed = {
            column.name
            for column in table.columns
            if column.name.endswith(("_hash", "_key")) and column.name != "stage_key"
        }
        assert keyed <= set(what_goes.emptied(table)), table.name
