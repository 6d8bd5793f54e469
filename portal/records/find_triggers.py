"""What tells the search index of a change, in the database itself; and SQLite's full-text table."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import DDL, event

from portal.db import Record

_BY_CASE = '(SELECT feedback_id FROM "case" WHERE id = {row}.case_id)'
_BY_POINT = (
    '(SELECT "case".feedback_id FROM point JOIN "case" ON "case".id = point.case_id'
    " WHERE point.id = {row}.point_id)"
)


@dataclass(frozen=True)
class Watched:
    """One table that is searched in: the columns that matter, and how its matter is found."""

    table: str
    columns: tuple[str, ...]
    matter: str = "{row}.feedback_id"


WATCHED = (
    Watched("feedback", ("subject", "story", "wanted", "about_whom", "service_said"), "{row}.id"),
    Watched("party", ("name", "email", "phone", "address")),
    Watched("message", ("body",)),
    Watched("outbox_letter", ("subject", "body", "shown_to_person")),
    Watched(
        "attachment",
        ("filename", "heard", "state", "feedback_id", "message_id"),
        "coalesce({row}.feedback_id,"
        " (SELECT feedback_id FROM message WHERE id = {row}.message_id))",
    ),
    Watched("point", ("text",), _BY_CASE),
    Watched("remedy", ("text",), _BY_CASE),
    Watched("point_finding", ("reasons",), _BY_POINT),
    # With some events the person is told of findings, which were drafts before.
    Watched("case_event", ("event",), _BY_CASE),
    Watched("handover", ("words",)),
    Watched("rendering", ("words",)),
)
WORDS_TABLE, STEMS_INDEX = "find_words", "ix_find_entry_stems"
_FOLLOWS = {
    "find_entry_added": "AFTER INSERT ON find_entry BEGIN "
    f"INSERT INTO {WORDS_TABLE}(rowid, stems) VALUES (new.feedback_id, new.stems); END",
    "find_entry_gone": "AFTER DELETE ON find_entry BEGIN "
    f"INSERT INTO {WORDS_TABLE}({WORDS_TABLE}, rowid, stems) "
    "VALUES ('delete', old.feedback_id, old.stems); END",
    "find_entry_changed": "AFTER UPDATE OF stems ON find_entry BEGIN "
    f"INSERT INTO {WORDS_TABLE}({WORDS_TABLE}, rowid, stems) "
    "VALUES ('delete', old.feedback_id, old.stems); "
    f"INSERT INTO {WORDS_TABLE}(rowid, stems) VALUES (new.feedback_id, new.stems); END",
}


def taken_away(dialect: str) -> list[str]:
    """The statements that take the triggers away: on SQLite before tables are made anew, because
    one that names a table which is away for a moment stops everything.

    Args:
        dialect: `sqlite` or `postgresql`.
    """
    if dialect == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in (*_sqlite(), *_FOLLOWS)]
    return [
        statement
        for one in WATCHED
        for statement in (
            f"DROP TRIGGER IF EXISTS {one.table}_found ON {one.table}",
            f"DROP FUNCTION IF EXISTS {one.table}_found()",
        )
    ]


def put_on(dialect: str, there: Collection[str] | None = None) -> list[str]:
    """The statements that make the triggers, in place of any that are there.

    Args:
        dialect: `sqlite` or `postgresql`.
        there: the tables there are, on SQLite; None for all that are watched. A database of an
            earlier time has fewer.
    """
    if dialect == "sqlite":
        bodies = _sqlite(there) | _FOLLOWS
        made = [f"CREATE TRIGGER {name} {body}" for name, body in bodies.items()]
    else:
        made = [statement for one in WATCHED for statement in _postgresql(one)]
    return [*taken_away(dialect), *made]


def searched_in(dialect: str) -> str:
    """The statement that makes what is searched in over the entries: PostgreSQL's GIN index, or
    SQLite's full-text table, which keeps no text of its own. Nothing in either is but a hash.

    Args:
        dialect: `sqlite` or `postgresql`.
    """
    if dialect == "postgresql":
        return f"CREATE INDEX IF NOT EXISTS {STEMS_INDEX} ON find_entry USING gin (stems)"
    return (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {WORDS_TABLE} USING fts5("
        "stems, content='find_entry', content_rowid='feedback_id', tokenize='ascii')"
    )


def is_ours(name: str | None) -> bool:
    """Whether a table or an index is made here, so that no record tells of it."""
    return name is not None and (name == STEMS_INDEX or name.startswith(WORDS_TABLE))


def _noted(one: Watched, row: str) -> str:
    key = one.matter.format(row=row)
    return (
        "INSERT INTO find_change (feedback_id) "
        f"SELECT matter FROM (SELECT {key} AS matter) AS matters WHERE matter IS NOT NULL;"
    )


def _sqlite(there: Collection[str] | None = None) -> dict[str, str]:
    found = {}
    for one in WATCHED:
        if there is not None and one.table not in there:
            continue
        columns, table = ", ".join(one.columns), one.table
        found[f"{table}_found"] = f"AFTER INSERT ON {table} BEGIN {_noted(one, 'new')} END"
        found[f"{table}_found_anew"] = (
            f"AFTER UPDATE OF {columns} ON {table} "
            f"BEGIN {_noted(one, 'old')} {_noted(one, 'new')} END"
        )
        found[f"{table}_found_gone"] = f"AFTER DELETE ON {table} BEGIN {_noted(one, 'old')} END"
    return found


def _postgresql(one: Watched) -> list[str]:
    columns, table = ", ".join(one.columns), one.table
    return [
        f"CREATE FUNCTION {table}_found() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN {_noted(one, 'OLD')} END IF; "
        f"IF TG_OP <> 'DELETE' THEN {_noted(one, 'NEW')} END IF; "
        "RETURN NULL; END $$",
        f"CREATE TRIGGER {table}_found AFTER INSERT OR DELETE OR UPDATE OF {columns} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_found()",
    ]


def _when_made(dialect: str) -> None:
    for statement in [searched_in(dialect), *put_on(dialect)]:
        ddl = DDL(statement).execute_if(dialect=dialect)  # type: ignore[no-untyped-call]
        event.listen(Record.metadata, "after_create", ddl)


# Tables made without migrations (tests, a first look) tell the index as well.
_when_made("sqlite")
_when_made("postgresql")
