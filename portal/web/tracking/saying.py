"""What a person or their advocate says about the points: yes, or "this isn't what I said"."""

from sqlalchemy import Select, select

from portal.cases import agreeing
from portal.marking import marked
from portal.procedures.state import Doer
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.web.tracking.forms import DisputeForm
from portal.work import Who, begin_work

AGREED = marked("Thank you. We will look into these things now.")
DISPUTED = marked("Thank you. We will change it and show it to you again.")


def agree(who: Who, feedback: Feedback, part: int, mark: str) -> None:
    """Keep a yes.

    Args:
        who: the person, or their advocate.
        feedback: the matter.
        part: which case of it.
        mark: of the points that were read.

    Raises:
        Refused: the points have changed, or nobody waits for it.
    """
    with begin_work(who) as work:
        case = work.session.scalar(_part(feedback.id, part))
        if case is None:
            raise agreeing.NotAskedNow
        agreeing.agree(work, case, Doer.PERSON, mark)


def dispute(who: Who, feedback: Feedback, part: int, number: int, form: DisputeForm) -> None:
    """Keep "this isn't what I said".

    Args:
        who, feedback, part: as in `agree`.
        number: the point.
        form: what was said, validated.

    Raises:
        Refused: the points have changed, or nobody waits for it.
    """
    with begin_work(who) as work:
        case = work.session.scalar(_part(feedback.id, part))
        if case is None:
            raise agreeing.NotAskedNow
        words, mark = form.wrong.data or "", form.mark.data or ""
        agreeing.dispute(work, case, [number], words, Doer.PERSON, mark)


def number_of(typed: str) -> int:
    """A part's or point's number as an address has it; what is no number is 0, as nothing is."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 0


def _part(feedback_id: int, part: int) -> Select[Case]:
    return select(Case).where(Case.feedback_id == feedback_id, Case.part == part)
