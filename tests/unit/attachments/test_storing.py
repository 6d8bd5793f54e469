"""Keeping files: sealed bytes under random names, rows in the act, orphans swept."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.attachments import file_store, storing
from portal.attachments.checking import check
from portal.attachments.file_store import StoreAway
from portal.attachments.storing import BytesMissing, NotToBeOpened
from portal.cases import drafts
from portal.columns import Unreadable
from portal.db import db
from portal.records.attachment import Attachment, AttachmentState
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Door
from portal.settings import SettingsError
from portal.work import PUBLIC, begin_work, settings

TEXT = b"The hedgehog crossing was shut."


def keep_one() -> Attachment:
    with begin_work(PUBLIC) as work:
        draft, _ = drafts.begin(work, Door.EVERYONE)
        return storing.keep(work, check("note.txt", TEXT), draft=draft)


def files() -> list[Path]:
    folder = Path(settings().files_url.removeprefix("file://"))
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_is_kept_is_read_again_and_sealed_meanwhile(app: Flask) -> None:
    attachment = keep_one()
    assert storing.read(attachment) == TEXT
    assert attachment.state is AttachmentState.UNSCANNED
    assert attachment.draft_id is not None
    (kept,) = files()
    assert str(kept).endswith(attachment.stored_as or "?")
    assert TEXT[4:12] not in kept.read_bytes()
    assert "file_kept" in db.session.scalars(select(AuditEvent.act)).all()


def test_two_sealed_files_cannot_be_exchanged(app: Flask) -> None:
    one, other = keep_one(), keep_one()
    folder = Path(settings().files_url.removeprefix("file://"))
    (folder / str(one.stored_as)).write_bytes((folder / str(other.stored_as)).read_bytes())
    with pytest.raises(Unreadable):
        storing.read(one)


def test_an_act_that_is_undone_leaves_an_orphan_and_no_row(app: Flask) -> None:
    kept = keep_one()
    with pytest.raises(RuntimeError):
        _keep_and_fail()
    assert len(files()) == 2
    (orphan,) = storing.orphans(db.session())
    assert orphan != kept.stored_as
    # An act that is still open has just put it there, for all the sweep knows.
    assert storing.sweep_orphans(db.session(), timedelta(hours=24)) == 0
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        assert storing.sweep_orphans(db.session(), timedelta(hours=24)) == 1
    assert storing.orphans(db.session()) == []
    assert storing.read(kept) == TEXT


def test_a_refused_file_is_noted_with_its_reason(app: Flask) -> None:
    with begin_work(PUBLIC) as work:
        attachment = storing.keep_refused(work, "../run\r\n.exe", 9, "We cannot take it.")
    assert (attachment.filename, attachment.refusal) == ("run.exe", "We cannot take it.")
    assert attachment.state is AttachmentState.REFUSED
    with pytest.raises(NotToBeOpened):
        storing.read(attachment)
    assert files() == []


def test_an_infected_file_is_not_opened(app: Flask) -> None:
    attachment = keep_one()
    attachment.state = AttachmentState.INFECTED
    with pytest.raises(NotToBeOpened):
        storing.read(attachment)


def test_missing_bytes_are_said(app: Flask) -> None:
    attachment = keep_one()
    files()[0].unlink()
    with pytest.raises(BytesMissing):
        storing.read(attachment)


def test_a_store_that_is_away_undoes_the_act(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(file_store.obstore, "put", fail)
    with pytest.raises(StoreAway):
        keep_one()
    assert db.session.scalars(select(Attachment)).all() == []


@pytest.mark.parametrize("url", ["ftp://a/b", "file://host/a", "s3://", "/srv/files"])
def test_a_wrong_address_gets_a_sentence(url: str) -> None:
    with pytest.raises(SettingsError, match="FILES_URL"):
        file_store.open_store(url)


def test_a_folder_that_cannot_be_made_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(SettingsError, match="cannot be made"):
        file_store.open_store((tmp_path / "taken" / "files").as_uri())


def _keep_and_fail() -> None:
    with begin_work(PUBLIC) as work:
        storing.keep(work, check("other.txt", TEXT))
        raise RuntimeError
