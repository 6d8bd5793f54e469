"""`flask create-user`: a person's own account, opened by an invitation link. No passwords here."""

import click
from flask.cli import with_appcontext

from portal.cases import accounts, organisations, roles
from portal.cases.addresses import plain_email
from portal.correspondence import outbox
from portal.errors import Refused
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.outbox_letter import LetterKind
from portal.work import COMMAND, begin_work


@click.command("create-user")
@click.argument("email")
@click.option("--name", required=True, help="The person's name, as colleagues know it.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--team", "teams", type=click.Choice(list(Team)), multiple=True, help="Their team.")
@click.option("--organisation", help="An advocate's organisation.")
@with_appcontext
def command(
    email: str, name: str, role: str, teams: tuple[str, ...], organisation: str | None
) -> None:
    """Make an account for EMAIL; its invitation is written as a letter and printed here."""
    if not plain_email(email):
        raise click.BadParameter("That is not an e-mail address. Example: sam@council.example")
    try:
        with begin_work(COMMAND) as work:
            outside = organisations.find_or_create(work, organisation) if organisation else None
            work.session.flush()
            account = accounts.create(work, name, email, organisation=outside)
            work.session.flush()
            roles.give_role(work, account, Role(role), work.today)
            for team in teams:
                roles.join_team(work, account, Team(team), work.today)
            token = accounts.invite(work, account)
            link = f"{work.settings.public_url}/invitation/{token}"
            outbox.post_to(work, LetterKind.INVITATION, email, {"link": link, "name": name})
    except Refused as refused:
        raise click.ClickException(refused.message) from None
    click.echo(f"{name} can set a password at: {link}")
