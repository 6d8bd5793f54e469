"""Run django-helpdesk's `get_email` over the benchmark mailbox and check what it kept.

The time is the whole command, interpreter start included; `startup_s` is the same command on an
empty mailbox. The peer has an environment of its own, outside this repository: see bench/README.md.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from typing import Any

import psycopg

from bench.mail import mailbox, report
from bench.mail import perfenv as E
from bench.mail.score import score

PEER = E.BASE / "peer"
TEMPLATE = E.RUN / "peer-template.sqlite3"
MEDIA = E.RUN / "media"


class Peer:
    """The peer, run by an interpreter that has it installed."""

    def __init__(self, python: str) -> None:
        """Remember the interpreter.

        Args:
            python: the path of one in an environment made from `bench/mail/requirements.txt`.
        """
        self._python = os.path.abspath(python)

    def throughput(self, kind: str, tls: bool = False) -> None:
        """Take the whole corpus in once, on an empty database."""
        db = self._fresh(kind)
        if tls:
            self._run(db, "dump_intake.py", "--use-tls")
        mailbox.reset([])
        idle = self._get_email(db)
        total = mailbox.reset(mailbox.files())
        wall = self._get_email(db)
        left = mailbox.count()
        result = json.loads(self._run(db, "dump_intake.py"))
        kept = score(mailbox.manifest(), result["stored"])
        report.add(
            "intake", peer="django-helpdesk", db=kind, transport="tls" if tls else "plain",
            messages=total, wall_s=round(wall, 2), startup_s=round(idle, 2),
            per_s=round(total / wall, 2), left_in_inbox=left, tickets_table=result["tickets"],
            **{f"score_{key}": value for key, value in kept.items()},
        )  # fmt: skip

    def _get_email(self, db: str) -> float:
        start = time.perf_counter()
        self._run(db, "manage.py", "get_email", "--quiet")
        return time.perf_counter() - start

    def _run(self, db: str, script: str, *arguments: str) -> str:
        settings = {**os.environ, "PEER_DB": db, "PEER_MEDIA": str(MEDIA)}
        settings["PYTHONPATH"] = os.pathsep.join([str(E.ROOT), str(PEER)])
        done = subprocess.run(
            [self._python, str(PEER / script), *arguments],
            env=settings, cwd=PEER, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        return done.stdout

    def _prepare(self, db: str) -> None:
        self._run(db, "manage.py", "migrate", "-v0")
        self._run(db, "manage.py", "loaddata", "-v0", "emailtemplate.json")
        self._run(db, "seed.py")

    def _fresh(self, kind: str) -> str:
        """A database with a queue and staff but no tickets; returns its PEER_DB value."""
        shutil.rmtree(MEDIA, ignore_errors=True)
        if kind == "sqlite":
            if not TEMPLATE.exists():
                self._prepare(f"sqlite:{TEMPLATE}")
            path = E.RUN / "peer.sqlite3"
            for ending in ("", "-wal", "-shm"):
                path.with_name(path.name + ending).unlink(missing_ok=True)
            shutil.copyfile(TEMPLATE, path)
            return f"sqlite:{path}"
        made = "SELECT 1 FROM pg_database WHERE datname = 'peer_template'"
        if not _admin(made):
            _admin("CREATE DATABASE peer_template")
            self._prepare("pg:peer_template")
        _admin("DROP DATABASE IF EXISTS peer WITH (FORCE)")
        _admin("CREATE DATABASE peer TEMPLATE peer_template")
        return "pg:peer"


def _admin(statement: str) -> list[Any]:
    with psycopg.connect(
        host=E.PG_HOST, port=E.PG_PORT, user=E.PG_USER, dbname="postgres", autocommit=True
    ) as connection:
        done = connection.execute(statement)  # type: ignore[call-overload]
        return list(done.fetchall()) if done.description else []
