"""When each background process last finished a round, for /status and `flask check`."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from portal.db import Record


class Heartbeat(Record):
    """One process's last good round."""

    __tablename__ = "heartbeat"

    process: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    error: Mapped[str | None]
