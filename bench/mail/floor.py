"""How fast can an IMAP intake be here at all? Each stage adds one unavoidable cost.

    python -m bench.mail.floor [--rounds 3] [--batch 50] [--tls] [--stages fetch,...]

fetch          UID SEARCH and BODY.PEEK[] in batches, the bytes thrown away
fetch-single   the same, one message a round trip (what imaplib pollers do)
parse          fetch, then the standard library's parser; headers, text and files decoded
sqlite         parse, then one INSERT and COMMIT a message; WAL, synchronous=FULL, files as BLOB
sqlite-normal  the same with synchronous=NORMAL (no fsync at each commit)
pg             parse, then one INSERT and COMMIT a message; PostgreSQL with its own durability
X+move         X, then UID MOVE of that message
X+moveN        X, then one UID MOVE for each batch
X+delete       X, then STORE \\Deleted of that message and one EXPUNGE at the end, as the peer does

Rounds run interleaved (every stage once a round) on a freshly reset mailbox.
"""

from __future__ import annotations

import argparse
import email
import email.policy
import sqlite3
import ssl
import time
from typing import Any

from imapclient import IMAPClient

from bench.mail import mailbox, report
from bench.mail import perfenv as E

STAGES = (
    "fetch fetch-single parse sqlite-normal sqlite pg sqlite+moveN sqlite+move sqlite+delete "
    "pg+moveN pg+move pg+delete"
).split()


def connect(tls: bool) -> IMAPClient:
    """A session in INBOX."""
    if tls:
        context = ssl.create_default_context(cafile=E.CERTIFICATE)
        context.check_hostname = False
        client = IMAPClient(E.IMAP_TLS_HOST, E.IMAP_TLS_PORT, ssl=True, ssl_context=context)
    else:
        client = IMAPClient(E.IMAP_PLAIN_HOST, E.IMAP_PLAIN_PORT, ssl=False)
    client.login(E.IMAP_USER, E.IMAP_PASSWORD)
    client.select_folder("INBOX")
    return client


def text_of(message: Any) -> str:
    """The readable text as the standard library gives it."""
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        return part.get_content()
    except LookupError:
        return part.get_payload(decode=True).decode("latin-1")


def parse(raw: bytes) -> tuple[list[str | None], str, list[tuple[str | None, bytes]]]:
    """Headers, text and files of a message."""
    m = email.message_from_bytes(raw, policy=email.policy.default)
    head = [
        str(m[h]) if m[h] is not None else None
        for h in ("Message-ID", "In-Reply-To", "References", "From", "Subject", "Date")
    ]
    files = [
        (p.get_filename(), p.get_payload(decode=True))
        for p in m.iter_attachments()
        if not p.is_multipart()
    ]
    return head, text_of(m), files


class Sqlite:
    """A table of messages and one of files, without anything that an application needs."""

    def __init__(self, sync: str) -> None:
        path = E.RUN / "floor.sqlite3"
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute(f"PRAGMA synchronous={sync}")
        self.db.execute(
            "CREATE TABLE message(id INTEGER PRIMARY KEY, message_id, in_reply_to, refs,"
            " sender, subject, sent, body)"
        )
        self.db.execute("CREATE INDEX by_message_id ON message(message_id)")
        self.db.execute("CREATE TABLE attachment(message INTEGER, name, data BLOB)")

    def save(self, head: list[str | None], text: str, files: list[Any]) -> None:
        """One message in a transaction of its own."""
        self.db.execute("BEGIN IMMEDIATE")
        row = self.db.execute(
            "INSERT INTO message VALUES(NULL,?,?,?,?,?,?,?)", (*head, text)
        ).lastrowid
        self.db.executemany("INSERT INTO attachment VALUES(?,?,?)", [(row, *f) for f in files])
        self.db.execute("COMMIT")

    def rows(self) -> int:
        """How many were saved."""
        return self.db.execute("SELECT count(*) FROM message").fetchone()[0]


class Postgres:
    """The same in PostgreSQL."""

    def __init__(self) -> None:
        import psycopg

        self.db = psycopg.connect(host=E.PG_HOST, port=E.PG_PORT, user=E.PG_USER, dbname="postgres")
        self.db.execute("DROP SCHEMA IF EXISTS floor CASCADE")
        self.db.execute("CREATE SCHEMA floor")
        self.db.execute(
            "CREATE TABLE floor.message(id bigserial PRIMARY KEY, message_id text,"
            " in_reply_to text, refs text, sender text, subject text, sent text, body text)"
        )
        self.db.execute("CREATE INDEX ON floor.message(message_id)")
        self.db.execute("CREATE TABLE floor.attachment(message bigint, name text, data bytea)")
        self.db.commit()

    def save(self, head: list[str | None], text: str, files: list[Any]) -> None:
        """One message in a transaction of its own."""
        row = self.db.execute(
            "INSERT INTO floor.message VALUES(DEFAULT,%s,%s,%s,%s,%s,%s,%s) RETURNING id",
            (*head, text),
        ).fetchone()[0]
        for name, data in files:
            self.db.execute("INSERT INTO floor.attachment VALUES(%s,%s,%s)", (row, name, data))
        self.db.commit()

    def rows(self) -> int:
        """How many were saved."""
        return self.db.execute("SELECT count(*) FROM floor.message").fetchone()[0]


def _store_for(stage: str) -> Sqlite | Postgres | None:
    if stage.startswith("sqlite"):
        return Sqlite("NORMAL" if stage == "sqlite-normal" else "FULL")
    return Postgres() if stage.startswith("pg") else None


def _work(stage: str, tls: bool, batch: int, store: Sqlite | Postgres | None) -> tuple[int, int]:
    """Do what a stage does to the whole mailbox; returns messages and bytes."""
    seen = size = 0
    client = connect(tls)
    uids = client.search("ALL")
    for start in range(0, len(uids), batch):
        chunk = uids[start : start + batch]
        for uid, data in client.fetch(chunk, ["BODY.PEEK[]"]).items():
            raw = data[b"BODY[]"]
            seen, size = seen + 1, size + len(raw)
            if stage.startswith("fetch"):
                continue
            parsed = parse(raw)
            if store:
                store.save(*parsed)
            if stage.endswith("+move"):
                client.move([uid], E.IMAP_DONE_FOLDER)
            elif stage.endswith("+delete"):
                client.delete_messages([uid], silent=True)
        if stage.endswith("+moveN"):
            client.move(chunk, E.IMAP_DONE_FOLDER)
    if stage.endswith("+delete"):
        client.expunge()
    client.logout()
    return seen, size


def run(stage: str, tls: bool = False, batch: int = 50) -> float:
    """Measure one stage once; returns messages a second."""
    expected = mailbox.reset(mailbox.files())
    store = _store_for(stage)
    start, cpu = time.perf_counter(), time.process_time()
    seen, size = _work(stage, tls, 1 if stage == "fetch-single" else batch, store)
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    assert seen == expected, (seen, expected)
    assert store is None or store.rows() == expected
    if stage.endswith("+delete"):
        assert mailbox.count() == 0
    if "+move" in stage:
        assert (mailbox.count(), mailbox.count(E.IMAP_DONE_FOLDER)) == (0, expected)
    report.add(
        "floor", stage=stage, transport="tls" if tls else "plain", batch=batch, messages=seen,
        wall_s=round(wall, 3), cpu_s=round(cpu, 3), per_s=round(seen / wall, 1),
        mib_s=round(size / 2**20 / wall, 1),
    )  # fmt: skip
    return seen / wall


def main() -> None:
    """Measure the stages that the command line names."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--batch", type=int, default=50)
    asked.add_argument("--tls", action="store_true")
    asked.add_argument("--stages", default=",".join(STAGES))
    given = asked.parse_args()
    for _ in range(given.rounds):
        for stage in given.stages.split(","):
            run(stage, given.tls, given.batch)


if __name__ == "__main__":
    main()
