"""`flask check`: is everything as it should be? In sentences; exit code 1 when something is not.

The trail's latest seal is told, so that it can be kept elsewhere and asked for with a later check.
"""

import sys

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal import health, sealing
from portal.db import db
from portal.reports import intact


@click.command("check")
@click.option(
    "--seal",
    "kept",
    metavar="SEAL",
    help="The trail's latest seal as an earlier check told it: is it still there?",
)
@with_appcontext
def command(kept: str | None) -> None:
    """Say what is wrong and what to do; say that all is well when it is."""
    try:
        session = db.session()
        faults = [*health.faults(session), *intact.faults(session), *_cut_off(session, kept)]
        facts = [*health.facts(session), *_latest_seal(session)]
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


def _latest_seal(session: Session) -> list[str]:
    mark = sealing.mark(session)
    return [f"The latest seal of the audit trail is {mark}."] if mark is not None else []


def _cut_off(session: Session, kept: str | None) -> list[str]:
    if kept is None or sealing.has(session, kept):
        return []
    return [
        f"The audit trail has no seal {kept}. Its end was cut off, it was sealed anew, or an older "
        "copy was restored."
    ]
