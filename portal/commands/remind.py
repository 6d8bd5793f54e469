"""`flask remind`: see to what dates ask, now rather than in the next round of `flask work`."""

import json

import click
from flask.cli import with_appcontext

from portal.commands.dates import CHASING, see_to_lapses


@click.command("remind")
@with_appcontext
def command() -> None:
    """Tell people whose stage 1 has run out, remind whoever must act, draft holding letters, and
    raise the alarm where nothing was said for too long."""
    done = {"lapses": see_to_lapses()} | {name: duty() for name, duty in CHASING.items()}
    click.echo(json.dumps(done))
