"""`flask remind`: see to what has run out, now rather than in the next round of `flask work`."""

import json

import click
from flask.cli import with_appcontext

from portal.commands.background import see_to_lapses


@click.command("remind")
@with_appcontext
def command() -> None:
    """Tell people whose stage 1 has run out, and open the stage 2 they asked for early."""
    click.echo(json.dumps({"lapses": see_to_lapses()}))
