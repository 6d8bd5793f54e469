"""`flask demo-data`: invented feedback and cases, a few for a demo, as many as a county has, or a
register that comes to a published year's figures."""

import random
from itertools import islice

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select

from portal import clock
from portal.db import db
from portal.demo import accounts, showcase, storing, unusual
from portal.demo.arrivals import NotAYear, arrivals, financial_year, last_months
from portal.demo.dates import StageDates
from portal.demo.register import loading
from portal.demo.register.year_file import NoSuchYear, read_year
from portal.demo.rows import Maker
from portal.demo.stories import NoStories, stories_for
from portal.records.feedback import Feedback
from portal.work import COMMAND, begin_work, council, settings

MOST_CASES = 250_000
# On SQLite everybody else waits while a batch is stored: this is well under a second.
BATCH = 1000
FEW = 40


@click.command("demo-data")
@click.option(
    "--cases", type=click.IntRange(1, MOST_CASES),
    help=f"How many pieces of feedback to invent; {FEW} when neither this nor a year is given.",
)  # fmt: skip
@click.option(
    "--year",
    help="A financial year such as 2019-20; the last months when not given. Without --cases: the"
    " register whose annual report has that year's published figures.",
)
@click.option("--if-empty", is_flag=True, help="Do nothing where there is feedback already.")
@with_appcontext
def command(cases: int | None, year: str | None, if_empty: bool) -> None:
    """Invent feedback, decisions and cases. Nobody in them exists."""
    try:
        if if_empty and _newest():
            click.echo("There is feedback already, so nothing was invented.")
        elif year is not None and cases is None:
            financial_year(year, clock.today())
            number = loading.load(read_year(year))
            click.echo(f"Invented the register of {year}: {number} pieces of feedback.")
        else:
            _invent(cases or FEW, year)
            click.echo(f"Invented {cases or FEW} pieces of feedback.")
    except (NotAYear, NoStories, NoSuchYear, loading.NotEmpty) as trouble:
        raise click.ClickException(str(trouble)) from None
    if settings().demo:
        with begin_work(COMMAND) as work:
            showcase.show(work)
            unusual.show(work)


def _newest() -> int:
    return db.session.scalar(select(func.max(Feedback.id))) or 0


def _invent(count: int, year: str | None) -> None:
    now, today = clock.now(), clock.today()
    span = financial_year(year, today) if year else last_months(today, count)
    # The same data on an empty database each time, and other data when more is asked for.
    chance = random.Random(_newest())
    stories = stories_for(count, chance)
    pairs = iter(zip(stories, arrivals(span, count, now, chance), strict=True))
    with begin_work(COMMAND) as work:
        decider_id = accounts.decider(work).id
    maker = Maker(council(), now, decider_id, chance, StageDates(council()))
    while batch := list(islice(pairs, BATCH)):
        with begin_work(COMMAND) as work:
            references = storing.unused_references(work, len(batch))
            items = [
                maker.make(story, received_at, reference)
                for (story, received_at), reference in zip(batch, references, strict=True)
            ]
            storing.store(work, items)
