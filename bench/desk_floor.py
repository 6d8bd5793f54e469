"""The least that a desk must do, for `bench.desk`: bare WSGI and hand-written SQL on our tables.

No sign-in, no rights, no form, no template, no encryption, no trail: a limit to compare with. The
database's address is in `FLOOR_DATABASE`. Words are searched for in
the table of stories in clear that `bench.find` makes, and asks the same of.
"""

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

import psycopg

ROWS = (
    "SELECT f.public_id, f.reference, f.channel, f.received_on, f.state, f.risk, f.unread,"
    " s.category, s.team, c.category, c.team, c.procedure_state, f.queue_on, f.case_due_on"
    " FROM feedback f LEFT JOIN suggestion s ON s.feedback_id = f.id"
    ' LEFT JOIN "case" c ON c.feedback_id = f.id'
)
LISTS = {
    "/queue": ("queue_rank IS NOT NULL", "queue_rank, queue_on, received_at, public_id"),
    "/open": ("case_due_on IS NOT NULL", "case_due_on, received_at, public_id"),
    "/all": ("true", "received_at DESC, public_id DESC"),
}
OF_A_CASE = (
    "SELECT id, story, contact_way, risk FROM feedback WHERE public_id = %s",
    'SELECT * FROM "case" WHERE feedback_id = %s',
    "SELECT sender, body, sent_at FROM message WHERE feedback_id = %s ORDER BY id",
    "SELECT kind, subject, body FROM outbox_letter WHERE feedback_id = %s ORDER BY id",
    "SELECT role, name, email FROM party WHERE feedback_id = %s",
)
FOUND = (
    "SELECT id, story FROM bare, plainto_tsquery('english', %(asked)s) AS q WHERE words @@ q"
    " ORDER BY ts_rank(words, q) DESC LIMIT 25",
    "SELECT count(*) FROM bare WHERE words @@ plainto_tsquery('english', %(asked)s)",
)
_held: list[psycopg.Connection[Any]] = []


def _connection() -> psycopg.Connection[Any]:
    if not _held:
        _held.append(psycopg.connect(os.environ["FLOOR_DATABASE"], autocommit=True))
    return _held[0]


def _answer(path: str) -> object:
    found = _connection()
    if path in LISTS:
        condition, order = LISTS[path]
        counted = f"SELECT count(*) FROM (SELECT 1 FROM feedback WHERE {condition} LIMIT 1001) x"
        number = found.execute(counted).fetchone()
        wanted = f"{ROWS} WHERE {condition} ORDER BY {order} LIMIT 26"
        return {"number": number, "rows": found.execute(wanted).fetchall()}
    if path.startswith("/case/"):
        first = found.execute(OF_A_CASE[0], [path[6:]]).fetchone()
        assert first is not None, path
        rest = [found.execute(one, [first[0]]).fetchall() for one in OF_A_CASE[1:]]
        return {"feedback": first, "rest": rest}
    if path.startswith("/search/"):
        words = path[8:].encode("latin-1").decode()
        return [found.execute(one, {"asked": words}).fetchall() for one in FOUND]
    kept = "INSERT INTO floor_told (told_at, words) VALUES (now(), %s) RETURNING id"
    return {"kept": found.execute(kept, ["x" * 400]).fetchone()}


def application(
    environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], object]
) -> Iterable[bytes]:
    """Answer one request."""
    data = json.dumps(_answer(environ["PATH_INFO"]), default=str).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(data)))]
    start_response("200 OK", headers)
    return [data]
