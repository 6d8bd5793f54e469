"""What the benchmarks of the desk ask: a database of matters, an officer who is signed in, the
cases, searches and filters that they open, and forms that only have to be sent."""

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from flask import Flask
from sqlalchemy import select, text

from bench.annual_report import app_on, fill
from bench.find import asked_of, common_words, index_all, put_in_clear
from portal.cases import sign_ins
from portal.db import db
from portal.demo.sign_ins import OFFICER as DEMO_OFFICER
from portal.procedures.finding import Finding
from portal.procedures.vocabulary import Area, Category, ProcedureCode, Risk, Team
from portal.records.account import Role
from portal.records.case import Case
from portal.records.feedback import Channel, Feedback
from portal.triage.find import kept
from portal.triage.find.filters import Filters, Standing
from portal.work import COMMAND, Who, begin_work
from tests.matters import make_account
from tests.signing_in import let_in
from tests.unit.web.journey_steps import EVERYONE, walk

# All are asked once before any is counted, as the tickets of the shared harness were just stored.
CASE_PAGES = 200
FLOOR_TABLE = "CREATE TABLE floor_told (id serial, told_at timestamptz, words text)"
NARROWED = (
    Filters(standing=Standing.OPEN, category=Category.COMPLAINT, team=Team.SEND),
    Filters(standing=Standing.CLOSED, procedure=ProcedureCode.STATUTORY),
    Filters(overdue=True),
    Filters(young=True, standing=Standing.OPEN),
    Filters(risk=Risk.NOW),
    Filters(area=Area.EDUCATION, channel=Channel.EMAIL),
    Filters(finding=Finding.UPHELD, team=Team.FOSTERING),
    Filters(received_from=date(2019, 1, 1), received_to=date(2019, 3, 31)),
)


@dataclass(frozen=True)
class World:
    """Where the matters are, the cookie of whoever looks, and the ids of what they open. There are
    no searches where nothing was indexed: for two words of a story, and for a common word. `words`
    and `common_words` are what they look for, as an address has them.
    """

    url: str
    folder: str
    cookie: str
    cases: list[str]
    filters: list[str]
    searches: list[str]
    words: list[str]
    common: list[str]
    common_words: list[str]


def make_world(url: str, folder: str, cases: int, *, searched: bool = False) -> World:
    """Fill a database with so many invented matters, and let somebody in.

    Args:
        url: of an empty PostgreSQL database.
        folder: the data folder of the installation.
        cases: how many.
        searched: index them as `flask work` does, too, which takes longer than filling.
    """
    fill(url, cases)
    with _within(url, folder) as app:
        if searched:
            index_all()
            put_in_clear()
        return _looked_at(app, url, folder, searched=searched)


def _looked_at(app: Flask, url: str, folder: str, *, searched: bool) -> World:
    with begin_work(COMMAND) as work:
        work.session.execute(text(FLOOR_TABLE))
        account = make_account(work, Role.OFFICER, f"bench.{DEMO_OFFICER.email}")
        token = sign_ins.begin(work, account, "a benchmark")
        officer = Who("officer", account.id)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    keys = list(db.session.scalars(select(Feedback.public_id).join(Case)))
    some = random.Random(3).sample(keys, min(CASE_PAGES, len(keys)))
    words = asked_of() if searched else []
    common = common_words() if searched else []
    with begin_work(officer) as work:
        filters = [kept.keep(work, "", one).public_id for one in NARROWED]
        searches = [kept.keep(work, one, Filters()).public_id for one in words]
        of_many = [kept.keep(work, one, Filters()).public_id for one in common]
    browser = app.test_client()
    let_in(browser, token)
    cookie = browser.get_cookie("heard")
    assert cookie is not None
    return World(
        url, folder, f"heard={cookie.value}", some, filters,
        searches, [*map(quote, words)], of_many, [*map(quote, common)],
    )  # fmt: skip


def let_in_anew(world: World) -> None:
    """Let the officer's sign-in begin now: filling and rounds take longer than it may lie idle."""
    began = "UPDATE sign_in SET seen_at = now(), began_at = now(), confirmed_at = now()"
    with _within(world.url, world.folder), db.engine.begin() as connection:
        connection.execute(text(began))


def drafts(world: World, number: int) -> list[str]:
    """The cookies of browsers in which a form is filled and only has to be sent."""
    found = []
    with _within(world.url, world.folder) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        for _ in range(number):
            browser = app.test_client()
            # As people are: so many receipts to one address would be held back.
            own = {"email": f"{secrets.token_hex(8)}@example.org"}
            steps = tuple(
                (key, {**said, **own} if key == "contact" else said) for key, said in EVERYONE
            )
            walk(browser, "give-feedback", steps)
            found.append("; ".join(f"{c.key}={c.value}" for c in browser._cookies.values()))
    return found


@contextmanager
def _within(url: str, folder: str) -> Iterator[Flask]:
    app = app_on(url, folder)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
