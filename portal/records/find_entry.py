"""The search index: of each matter the keyed hashes of its words, and what has to be read again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from portal.db import Record


class KeyedStems(TypeDecorator[Mapping[str, int]]):
    """Keyed hashes of stems with how often each occurs, as the database's own full-text search
    takes them. In the order of the hashes: the order of the words is not told."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostgreSQL's vector; on SQLite a text that an FTS5 table is kept of."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TSVECTOR())
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if dialect.name == "postgresql":
            return " ".join(
                f"'{key}':" + ",".join(str(at) for at in range(1, many + 1))
                for key, many in sorted(value.items())
            )
        return " ".join(" ".join([key] * many) for key, many in sorted(value.items()))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        # Nobody reads it back: the database alone searches in it.
        return value


class FindEntry(Record):
    """One matter in the index; erased with it. What each database searches in, an index of its
    own kind, is made in `portal.records.find_triggers`. The sketch of the story, keyed hashes as
    well, tells how much it has in common with another (`portal.cases.near_texts`); None where it
    has to be indexed anew, and empty where the story is short."""

    __tablename__ = "find_entry"

    feedback_id: Mapped[int] = mapped_column(
        ForeignKey("feedback.id", ondelete="CASCADE"), primary_key=True
    )
    stems: Mapped[Mapping[str, int]] = mapped_column(KeyedStems)
    sketch: Mapped[bytes | None]
    indexed_at: Mapped[datetime]


class FindChange(Record):
    """Something of a matter that is searched in was written, changed or taken away since it was
    last indexed. Written by triggers, so that no act can forget it; taken away by whoever indexes.

    Without a foreign key: an act that adds to a matter must wait for nobody here.
    """

    __tablename__ = "find_change"
    # A number is never given twice: what is taken away is what was read.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int]
