"""Every page of those who sign in, opened once for all tests that ask something of each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Mapper

from portal.app import create_app
from portal.commands import demo_data
from portal.db import Record, db
from portal.records.account import Role
from portal.records.feedback import Feedback, FeedbackState
from portal.triage import suggesting
from portal.work import COMMAND, begin_work
from tests import matters
from tests.architecture.walked_pages import FIRST_KEY, KEYS_OF_A_TABLE, Walked, engine_of, reads
from tests.conftest import settings_for
from tests.journeys.live import LOOPBACK
from tests.journeys.test_every_page import NO_PAGES
from tests.journeys.tour import addresses, world
from tests.unit.triage.matters import a_result


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[world.World]:
    """The tour's world; its suggestions come from nobody, because a count needs no model. Its rows
    have keys that cannot be taken for a day, a count or a number of a point."""
    folder: Path = tmp_path_factory.mktemp("pages")
    app = create_app(settings_for(folder, PUBLIC_URL=f"http://{LOOPBACK}:5000", HEARD_DEMO="1"))
    app.config["PASSWORD_COSTS"] = matters.LOW_COSTS
    begun: set[str] = set()
    ended = False

    def give_key(mapper: Mapper[Record], _connection: object, record: Record) -> None:
        table = record.__tablename__
        if ended or table in begun or "id" not in mapper.columns:
            return
        # The first of a table: the database counts on from there.
        begun.add(table)
        record.id = FIRST_KEY + KEYS_OF_A_TABLE * len(begun)  # type: ignore[attr-defined]

    event.listen(Record, "before_insert", give_key, propagate=True)
    with app.app_context():
        db.create_all()
    assert app.test_cli_runner().invoke(demo_data.command, ["--cases", "12"]).exit_code == 0
    made = world.populate(app)
    with app.app_context(), begin_work(COMMAND) as work:
        waiting = select(Feedback).where(Feedback.state == FeedbackState.WAITING)
        for feedback in work.session.scalars(waiting).all():
            suggesting.store(work, feedback, a_result())
    # Other tests of this run have worlds of their own.
    ended = True
    yield made
    engine_of(app).dispose()


@pytest.fixture(scope="session")
def walked(filled: world.World) -> list[Walked]:
    """Every page that somebody sees who signs in, as whoever may open it first."""
    seen: set[str] = set()
    pages = []
    for role in Role:
        client = filled.people.browser(role)
        for address in addresses.addresses(filled, role, seen, NO_PAGES):
            # What is noted on the first look, as read, is not asked on the second.
            client.get(address.path)
            with reads(filled.app) as statements:
                answer = client.get(address.path)
            assert answer.status_code == 200, address.path
            pages.append(Walked(address.endpoint, address.path, answer.text, statements))
    return pages
