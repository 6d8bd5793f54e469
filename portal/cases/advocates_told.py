"""What a young person is told when somebody new may see their matter."""

from portal.correspondence import outbox
from portal.records.account import Account
from portal.records.feedback import Feedback
from portal.records.organisation import Organisation
from portal.records.outbox_letter import LetterKind
from portal.work import Work


def tell_person(
    work: Work, feedback: Feedback, advocate: Account, *, instead_of: Account | None = None
) -> None:
    """Write to the person who their advocate is now, and that they can stop it.

    Args:
        work: the open act.
        feedback: their matter.
        advocate: who may see it from now on.
        instead_of: the colleague who handed over.
    """
    place = None
    if advocate.organisation_id is not None:
        place = work.session.get_one(Organisation, advocate.organisation_id).name
    facts = {
        "name": advocate.name,
        "organisation": place,
        "old_name": instead_of.name if instead_of is not None else None,
    }
    outbox.post(work, LetterKind.ADVOCATE_CHANGED, feedback, facts, automatic=True)
