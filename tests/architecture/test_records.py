"""The tables: private columns are bound to their own place, and nothing secret is plain."""

from sqlalchemy import String

from portal.columns import PrivateBytes, PrivateText
from portal.db import Record
from portal.records import every

PRIVATE_NAMES = {
    "name", "email", "phone", "address", "story", "subject", "body", "text", "explanation",
    "words", "answers", "filename", "contact_note", "about_whom", "service_said", "wanted",
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
