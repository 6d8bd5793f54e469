"""The tables: private columns are bound to their own place, nothing secret is plain, and what
refers to a row that can be erased is found without reading a whole table."""

from sqlalchemy import PrimaryKeyConstraint, String, Table, UniqueConstraint

from portal.columns import PrivateBytes, PrivateText
from portal.db import Record
from portal.records import every

PRIVATE_NAMES = {
    "name", "email", "phone", "address", "story", "subject", "body", "text", "explanation",
    "words", "answers", "filename", "contact_note", "about_whom", "service_said", "wanted",
    "talk_to", "trusted_adult", "age_said",
}  # fmt: skip


def columns():  # type: ignore[no-untyped-def]
    assert every.MODULES
    for table in Record.metadata.tables.values():
        for column in table.columns:
            yield table.name, column


def test_each_private_column_is_bound_to_its_own_place() -> None:
    for table, column in columns():
        if isinstance(column.type, PrivateText | PrivateBytes):
            assert column.type.place == f"{table}.{column.name}"


def test_no_column_with_peoples_words_is_plain_text() -> None:
    plain = {
        f"{table}.{column.name}"
        for table, column in columns()
        if isinstance(column.type, String) and column.name in PRIVATE_NAMES
    }
    assert plain == set()


def first_columns(table: Table) -> set[str]:
    """The columns that an index of a table begins with."""
    kept = [c for c in table.constraints if isinstance(c, PrimaryKeyConstraint | UniqueConstraint)]
    return {next(iter(one.columns)).name for one in [*table.indexes, *kept] if len(one.columns)}


def test_each_reference_to_what_can_be_erased_has_an_index() -> None:
    """Erasing a row asks every table that refers to it. Accounts stay, so they are not asked."""
    slow = {
        f"{table.name}.{key.parent.name}"
        for table in Record.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name != "account" and key.parent.name not in first_columns(table)
    }
    assert slow == set()
