"""The rows of those who sign in, by the keys that the pages about people ask with."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from portal import at_hand
from portal.at_hand import Rows
from portal.matter_rows import ACCOUNT
from portal.records.account import Account
from portal.records.advocacy import Advocacy
from portal.records.advocate_request import AdvocateRequest
from portal.records.council_identity import CouncilIdentity
from portal.records.draft import Draft
from portal.records.role_grant import RoleGrant
from portal.records.team_membership import TeamMembership
from portal.records.wall import MatterGrant

ADVOCATES_REQUESTS = Rows(AdvocateRequest, "account_id")
DRAFTS_KEPT = Rows(Draft, "account_id")
FOLLOWED = Rows(Advocacy, "account_id")
IDENTITIES = Rows(CouncilIdentity, "account_id")
MATTERS_GIVEN = Rows(MatterGrant, "account_id")
MEMBERSHIPS = Rows(TeamMembership, "account_id")
REPORTS = Rows(Account, "reports_to_id")
ROLES_GIVEN = Rows(RoleGrant, "account_id")


def fetch_person(session: Session, account: Account) -> None:
    """Bring to hand what somebody has today and has had, in one statement.

    Args:
        session: any session.
        account: whose.
    """
    of_person = (FOLLOWED, IDENTITIES, MATTERS_GIVEN, MEMBERSHIPS, REPORTS, ROLES_GIVEN)
    above = [account.reports_to_id] if account.reports_to_id is not None else []
    at_hand.fetch(session, *((rows, [account.id]) for rows in of_person), (ACCOUNT, above))


def fetch_people(session: Session, accounts: Collection[Account]) -> None:
    """Bring to hand the roles, teams and managers of a list of people, in one statement.

    Args:
        session: any session.
        accounts: those of the list.
    """
    ids = [account.id for account in accounts]
    above = {one.reports_to_id for one in accounts if one.reports_to_id is not None}
    at_hand.fetch(session, (ROLES_GIVEN, ids), (MEMBERSHIPS, ids), (ACCOUNT, above))


def holds(row: RoleGrant | TeamMembership, on: date) -> bool:
    """Whether a role or a team is somebody's on a day."""
    return row.first_day <= on and (row.last_day is None or row.last_day >= on)
