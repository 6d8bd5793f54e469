"""`flask send-letters`: one pass over the letters that wait."""

import click
from flask.cli import with_appcontext

from portal.correspondence import sender


@click.command("send-letters")
@with_appcontext
def command() -> None:
    """Send the letters that are due; those that cannot leave stay and are tried again."""
    result = sender.send_waiting()
    click.echo(f"{result.sent} sent, {result.failed} could not be sent, {result.left} still wait.")
    if result.note:
        click.echo(result.note)
