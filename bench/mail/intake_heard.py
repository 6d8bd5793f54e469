"""Run `python -m intake --once` over the benchmark mailbox and check what it kept.

Everything is switched on: private columns encrypted, files checked and encrypted, receipts through
the gate, the audit trail. The time is the whole command, interpreter start included; `startup_s` is
the same command on an empty mailbox.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from typing import Any

import psycopg
from psycopg import sql

from bench.mail import mailbox, report
from bench.mail import perfenv as E
from bench.mail.score import score

KEY = "YmVuY2gtb25seS1rZXktLS0tLS0tLTMyLWJ5dGVzLWE"
DATA = E.RUN / "heard"
# Made anew when there is a new migration.
VERSION = max(one.stem for one in (E.ROOT / "migrations" / "versions").glob("*.py"))
TEMPLATE = f"heard_template_{VERSION}"


def environment(kind: str, tls: bool = False) -> dict[str, str]:
    """What the worker is started with.

    Args:
        kind: `sqlite` or `pg`.
        tls: whether the mailbox is opened over TLS.
    """
    user = f"{E.IMAP_USER}:{E.IMAP_PASSWORD}"
    plain = f"imap+insecure://{user}@{E.IMAP_PLAIN_HOST}:{E.IMAP_PLAIN_PORT}/INBOX"
    closed = f"imaps://{user}@localhost:{E.IMAP_TLS_PORT}/INBOX"
    return {
        **{name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ},
        "PYTHONPATH": str(E.ROOT),
        "SECRET_KEY": "bench", "WORDS_KEY": KEY, "DATA_KEY": KEY,
        "DATA_FOLDER": str(DATA), "FLASK_APP": "wsgi",
        "DATABASE_URL": url("heard", kind),
        "MAILBOX_URL": closed if tls else plain,
        "MAILBOX_CA": str(E.CERTIFICATE),
        "MAIL_FROM": "Feedback <feedback@desk.example.org>",
    }  # fmt: skip


def url(name: str, kind: str) -> str:
    """The address of a database."""
    if kind == "sqlite":
        return f"sqlite:///{DATA / f'{name}.db'}"
    return f"postgresql+psycopg://{E.PG_USER}@{E.PG_HOST}:{E.PG_PORT}/{name}"


def fresh(kind: str) -> None:
    """An empty installation: migrated tables, no files."""
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    if kind == "sqlite":
        template = E.RUN / f"{TEMPLATE}.db"
        if not template.exists():
            migrate({**environment(kind), "DATABASE_URL": f"sqlite:///{template}"})
        shutil.copyfile(template, DATA / "heard.db")
        return
    with psycopg.connect(
        host=E.PG_HOST, port=E.PG_PORT, user=E.PG_USER, dbname="postgres", autocommit=True
    ) as connection:
        made = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(made, [TEMPLATE]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
            migrate({**environment(kind), "DATABASE_URL": url(TEMPLATE, kind)})
        connection.execute("DROP DATABASE IF EXISTS heard WITH (FORCE)")
        copy = sql.SQL("CREATE DATABASE heard TEMPLATE {}").format(sql.Identifier(TEMPLATE))
        connection.execute(copy)


def migrate(settings: dict[str, str]) -> None:
    """Make the tables."""
    command = [sys.executable, "-m", "flask", "db", "upgrade"]
    subprocess.run(command, cwd=E.ROOT, env=settings, check=True, stderr=subprocess.DEVNULL)


def look(settings: dict[str, str]) -> tuple[float, float, dict[str, int]]:
    """One look into the mailbox: its seconds, its processors' seconds and its equation."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-m", "intake", "--once"],
        cwd=E.ROOT, env=settings, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, json.loads(done.stdout.splitlines()[-1])


def dump(settings: dict[str, str]) -> dict[str, Any]:
    """What the worker stored, read by a process with the same settings."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.mail.dump_heard"],
        cwd=E.ROOT, env=settings, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def throughput(kind: str, tls: bool = False) -> None:
    """Take the whole corpus in once, on an empty installation, and say how fast and how well."""
    fresh(kind)
    settings = environment(kind, tls)
    mailbox.reset([])
    idle, _, _ = look(settings)
    total = mailbox.reset(mailbox.files())
    wall, cpu, counts = look(settings)
    moved = mailbox.count(E.IMAP_DONE_FOLDER)
    again, _, second = look(settings)
    result = dump(settings)
    kept = score(mailbox.manifest(), result["stored"])
    joined, suggested = kept["replies_joined"], result["checks"]["suggested_links"]
    report.add(
        "intake", peer="heard", db=kind, transport="tls" if tls else "plain", messages=total,
        wall_s=round(wall, 2), cpu_s=round(cpu, 2), startup_s=round(idle, 2),
        per_s=round(total / wall, 2), left_in_inbox=mailbox.count(), moved=moved,
        second_run_s=round(again, 2), second_run_found=second["found"], counts=counts,
        known=counts["known"], twins=kept["twins_sent"],
        equation_holds=counts["found"] == total == sum(counts.values()) - counts["found"],
        replies_sent=sum(bool(one["reply_via"]) for one in mailbox.manifest()),
        replies_threaded_or_suggested=joined + suggested,
        files_sent=kept["attachments"], files_kept=kept["attachments_intact"],
        **result["checks"], **{f"score_{key}": value for key, value in kept.items()},
    )  # fmt: skip


def hostile(kind: str) -> None:
    """Take every odd message in, between two ordinary ones; each must end in a class."""
    fresh(kind)
    settings = environment(kind)
    entries = mailbox.manifest("hostile")
    total = mailbox.reset(mailbox.files("hostile"))
    _, _, counts = look(settings)
    stored = dump(settings)["stored"]
    texts = "\n".join(one["text"] or "" for one in stored)
    report.add(
        "hostile", peer="heard", db=kind, messages=total, counts=counts,
        classes_add_up=counts["found"] == total == sum(counts.values()) - counts["found"],
        left_in_inbox=mailbox.count(),
        markers_lost=[one["name"] for one in entries if one["marker"] not in texts],
    )  # fmt: skip
