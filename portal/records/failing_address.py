"""An e-mail address that letters do not reach, or a number that texts do not: a bounce said so."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from portal.columns import PrivateText
from portal.db import Record


class FailingAddress(Record):
    """One address, found by the keyed hash that parties have too. Officers' letters still go there;
    automatic ones do not until it is cleared."""

    __tablename__ = "failing_address"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    address_key: Mapped[str] = mapped_column(unique=True)
    address: Mapped[str] = mapped_column(PrivateText("failing_address.address"))
    failures: Mapped[int] = mapped_column(default=1)
    first_failed_at: Mapped[datetime]
    last_failed_at: Mapped[datetime]
    # Somebody at the address wrote to us again, or an officer made sure of it.
    cleared_at: Mapped[datetime | None]
