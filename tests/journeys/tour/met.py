"""Those of the tour's people to whom something has happened: one has left, one is tied to the
council's own sign-in, one has a passkey, an advocate is invited who has not come yet, and an
administrator has set for how long what is kept."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from portal.cases import accounts, advocates, leaving, years_kept
from portal.cases.addresses import email_key
from portal.cases.tokens import make_public_id
from portal.records.account import Account, Role
from portal.records.council_identity import CouncilIdentity
from portal.records.passkey import Passkey
from portal.work import Who, Work


def add(work: Work) -> None:
    """Add them, and the passkey of a complaints manager, who is the first to be shown round."""
    gone = accounts.create(work, "Gwen Sampleton", "gwen@people.example")
    tied = accounts.create(work, "Tam Sampleton", "tam@people.example")
    work.session.flush()
    leaving.leave(work, gone)
    work.session.add(
        # What is hashed here does not matter: nobody signs in with it.
        CouncilIdentity(account_id=tied.id, subject_key="0" * 64, linked_at=work.now)
    )
    _passkey(work, _of(work, Role.COMPLAINTS_MANAGER))
    organisation_id = _of(work, Role.ADVOCACY_LEAD).organisation_id
    assert organisation_id is not None
    advocates.invite(work, organisation_id, "Nia Sampleton", "nia@people.example", "Advocate")
    _years(work, _of(work, Role.ADMINISTRATOR))


def _years(work: Work, account: Account) -> None:
    """Years that hold from tomorrow, which can be taken back."""
    of_file = work.council.retention_of_file
    longer = replace(of_file, years={kind: number + 1 for kind, number in of_file.years.items()})
    by = replace(work, who=Who("staff", account.id))
    years_kept.write(by, longer, work.today + timedelta(days=1), "An invented retention schedule.")


def _passkey(work: Work, account: Account) -> None:
    """One that opens nothing: its page is looked at, and nobody shows it."""
    work.session.add(
        Passkey(
            public_id=make_public_id(), account_id=account.id, credential_id="c2FtcGxl",
            public_key=b"sample", name="Firefox on Linux", sign_count=0, added_at=work.now,
        )
    )  # fmt: skip
    work.session.flush()


def _of(work: Work, role: Role) -> Account:
    key = email_key(f"{role.value}@people.example")
    return work.session.scalars(select(Account).where(Account.email_key == key)).one()
