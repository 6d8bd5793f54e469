"""The rows of a matter that its advocates' pages ask for beside what everybody's pages do."""

from sqlalchemy.orm import Session

from portal import at_hand
from portal.at_hand import Rows
from portal.matter_rows import ACCOUNT, OF_PAGE, RESUBMISSIONS, TAKEN_UP
from portal.records.advocacy import Advocacy
from portal.records.advocate_note import AdvocateNote
from portal.records.feedback import Feedback
from portal.records.takeover import Takeover

ADVOCACIES = Rows(Advocacy, "feedback_id")
ADVOCATES_NOTES = Rows(AdvocateNote, "feedback_id")
TAKEOVERS = Rows(Takeover, "feedback_id")


def fetch_followed(session: Session, feedback: Feedback, account_id: int) -> None:
    """Bring to hand what an advocate's page shows, but for the rows of its cases, in one statement.

    Args:
        session: any session.
        feedback: the matter.
        account_id: the advocate who reads.
    """
    kinds = (*OF_PAGE, ADVOCACIES, ADVOCATES_NOTES, RESUBMISSIONS, TAKEN_UP, TAKEOVERS)
    at_hand.fetch(session, *((rows, [feedback.id]) for rows in kinds), (ACCOUNT, [account_id]))
