"""`flask add-holiday`: a proclaimed bank holiday, with the dates that it moves."""

from datetime import datetime

import click
from flask.cli import with_appcontext

from portal.cases import days_off
from portal.errors import Refused
from portal.procedures.working_days import in_full
from portal.work import COMMAND, begin_work


@click.command("add-holiday")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("title")
@with_appcontext
def command(day: datetime, title: str) -> None:
    """Add a bank holiday on DAY that is named TITLE, and count every open case anew."""
    try:
        with begin_work(COMMAND) as work:
            _, moved = days_off.add(work, day.date(), title)
    except Refused as refused:
        raise click.ClickException(refused.message) from None
    click.echo(f"{in_full(day.date())} is a bank holiday now: {title.strip()}.")
    dates = "1 date of an open case" if len(moved) == 1 else f"{len(moved)} dates of open cases"
    click.echo(f"It moved {dates}. Each case’s page says why.")
