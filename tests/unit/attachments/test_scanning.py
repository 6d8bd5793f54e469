"""Scanning against a small server that speaks clamd's protocol: only its clear word makes clean."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from socketserver import BaseRequestHandler, TCPServer

import pytest
from flask import Flask

from portal.app import Heard
from portal.attachments import scanning, storing
from portal.attachments.checking import check
from portal.attachments.scanning import ScanResult
from portal.db import db
from portal.records.attachment import Attachment, AttachmentState
from portal.settings import SettingsError
from portal.work import PUBLIC, begin_work
from tests.unit.attachments.invented import EICAR


class Scanner(BaseRequestHandler):
    """Finds EICAR; `odd` is what it says instead, where that is set."""

    odd: bytes | None = None

    def handle(self) -> None:
        """Read one stream and answer."""
        assert self._read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", self._read(4))[0]:
            content += self._read(size)
        found = b"stream: Win.Test.EICAR_HDB-1 FOUND" if EICAR in content else b"stream: OK"
        self.request.sendall((found if self.odd is None else self.odd) + b"\0")

    def _read(self, size: int) -> bytes:
        got = b""
        while len(got) < size:
            more = self.request.recv(size - len(got))
            assert more
            got += more
        return got


@contextmanager
def running(app: Flask, odd: bytes | None = None) -> Iterator[None]:
    handler = type("Said", (Scanner,), {"odd": odd})
    with TCPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        use(app, f"clamd://127.0.0.1:{server.server_address[1]}")
        yield
        server.shutdown()
        thread.join()


def use(app: Flask, url: str | None) -> None:
    heard = app.extensions["heard"]
    app.extensions["heard"] = Heard(replace(heard.settings, clamd_url=url), heard.council)


def keep(text: bytes) -> int:
    with begin_work(PUBLIC) as work:
        kept = storing.keep(work, check("note.txt", text))
        work.session.flush()
        return kept.id


def test_clean_and_infected_are_told_apart(app: Flask) -> None:
    with running(app):
        assert scanning.scan(b"a" * 200_000) is AttachmentState.CLEAN
        assert scanning.scan(b"a" * 100_000 + EICAR) is AttachmentState.INFECTED


@pytest.mark.parametrize("odd", [b"", b"INSTREAM size limit exceeded. ERROR", b"OK", b"stream: "])
def test_an_odd_answer_is_not_clean(app: Flask, odd: bytes) -> None:
    with running(app, odd):
        assert scanning.scan(b"a") is AttachmentState.UNSCANNED


def test_without_a_scanner_nothing_is_clean(app: Flask) -> None:
    assert scanning.scan(b"a") is AttachmentState.UNSCANNED
    keep(b"One")
    assert scanning.scan_waiting() == ScanResult(0, 0, 0)


def test_a_scanner_that_is_down_leaves_files_unscanned(app: Flask) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        use(app, f"clamd://127.0.0.1:{probe.getsockname()[1]}")
        ids = [keep(b"a") for _ in range(5)]
        assert scanning.scan_waiting() == ScanResult(0, 0, scanning.ENOUGH)
    assert {db.session.get_one(Attachment, one).state for one in ids} == {AttachmentState.UNSCANNED}


def test_kept_files_are_scanned_once(app: Flask) -> None:
    clean, infected = keep(b"Good day"), keep(EICAR)
    with running(app):
        assert scanning.scan_waiting() == ScanResult(1, 1, 0)
        assert scanning.scan_waiting() == ScanResult(0, 0, 0)
    db.session.expire_all()
    assert db.session.get_one(Attachment, clean).state is AttachmentState.CLEAN
    with pytest.raises(storing.NotToBeOpened):
        storing.read(db.session.get_one(Attachment, infected))


def test_a_wrong_address_gets_a_sentence() -> None:
    assert scanning.scanner_at("clamd://scanner.internal") == ("scanner.internal", 3310)
    for url in ("tcp://a:1", "clamd://", "clamd://a:b"):
        with pytest.raises(SettingsError, match="CLAMD_URL"):
            scanning.scanner_at(url)
