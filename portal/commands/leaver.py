"""`flask leaver`: somebody leaves today, where no administrator's page is at hand."""

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.cases import leaving
from portal.cases.addresses import email_key
from portal.errors import Refused
from portal.records.account import Account
from portal.work import COMMAND, begin_work


@click.command("leaver")
@click.argument("email")
@click.option("--successor", help="Who takes over their open cases, by e-mail address.")
@with_appcontext
def command(email: str, successor: str | None) -> None:
    """End the account of EMAIL at once, with its sign-ins, roles and teams."""
    try:
        with begin_work(COMMAND) as work:
            account = _by_address(work.session, email)
            heir = _by_address(work.session, successor) if successor else None
            handed = leaving.leave(work, account, heir)
            name = account.name
    except Refused as refused:
        raise click.ClickException(refused.message) from None
    moved = handed.to_successor + handed.to_designated
    click.echo(f"{name} has left. {moved} open case{'' if moved == 1 else 's'} handed over.")


def _by_address(session: Session, email: str) -> Account:
    found = session.scalar(select(Account).where(Account.email_key == email_key(email)))
    if found is None:
        raise click.ClickException(f"Nobody has the address {email}.")
    return found
