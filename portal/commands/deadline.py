"""`flask deadline`: one date and its working, without any setting or database."""

import json
from datetime import datetime

import click

from portal.bank_holidays import bundled
from portal.procedures.working_days import Unit, after


@click.command("deadline")
@click.argument("start", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--working-days", "working_days", type=click.IntRange(min=1), required=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of sentences.")
def command(start: datetime, working_days: int, as_json: bool) -> None:
    """The last of so many working days after START (day 0), in England and Wales."""
    deadline = after(start.date(), working_days, Unit.WORKING_DAYS, bundled())
    click.echo(json.dumps(deadline.as_json()) if as_json else deadline.in_words())
