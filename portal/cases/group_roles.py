"""Roles that groups of the council's own sign-in give, and take away with the group."""

from datetime import timedelta

from sqlalchemy import select

from portal import audit
from portal.access.table import OUTSIDE
from portal.cases import roles
from portal.cases.roles import RoleRefused
from portal.council import Council
from portal.records.account import Account, Role
from portal.records.role_grant import RoleGrant
from portal.settings import Settings
from portal.work import Work


def faults_in(council: Council, settings: Settings) -> list[str]:
    """Say in sentences what stops a start.

    Args:
        council, settings: as read; each is sound by itself.
    """
    entry = council.council_sign_in
    if settings.openid is not None and entry is None:
        return [
            "OIDC_ISSUER is set, and the council's file has no [council_sign_in]. Add it, or take "
            "the setting away."
        ]
    known = {role.value for role in Role if role not in OUTSIDE}
    return [
        f'council_sign_in.roles: "{code}" is no role that a group can give. Use one of '
        f"{', '.join(sorted(known))}."
        for code in sorted(set(entry.roles.values()) - known if entry else ())
    ]


def follow(work: Work, account: Account, codes: frozenset[str]) -> None:
    """Give somebody the roles that their groups give, and end those whose group has gone.

    Args:
        work: the open act.
        account: whose.
        codes: of the roles that their groups give today. What an administrator gave stays.
    """
    given = select(RoleGrant).where(
        RoleGrant.account_id == account.id,
        RoleGrant.by_group,
        RoleGrant.last_day.is_(None),
    )
    for grant in work.session.scalars(given).all():
        if grant.role.value not in codes:
            # Even the last administrator's: whom the council has taken out is out. A new one is
            # made from the command line.
            grant.last_day = work.today - timedelta(days=1)
            audit.note(work, "role_ended", account, [grant.role.value])
    work.session.flush()
    present = roles.roles_between(work.session, account.id, work.today, None)
    for role in sorted({Role(code) for code in codes} - present):
        try:
            roles.give_role(work, account, role, work.today).by_group = True
        except RoleRefused:
            # Two that do not go together: the first stands, and the trail tells of the other.
            audit.note(work, "group_role_refused", account, [role.value])
