"""`flask check`: is everything as it should be? In sentences; exit code 1 when something is not."""

import sys

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from portal import health
from portal.db import db
from portal.reports import intact


@click.command("check")
@with_appcontext
def command() -> None:
    """Say what is wrong and what to do; say that all is well when it is."""
    try:
        faults = [*health.faults(db.session()), *intact.faults(db.session())]
        facts = health.facts(db.session())
    except DBAPIError:
        click.echo(
            "The database cannot be used. Is it running, and has `flask db upgrade` been run?"
        )
        sys.exit(1)
    for sentence in (*facts, *faults):
        click.echo(sentence)
    if faults:
        sys.exit(1)
    click.echo("All is well.")
