"""Tags on matters: codes of the council's own list, put on and taken off by officers."""

from sqlalchemy import select

from portal import audit
from portal.cases import field_changes
from portal.cases.acting import signed_in_id
from portal.errors import Refused
from portal.records.feedback import Feedback
from portal.records.matter_tag import MatterTag
from portal.work import Work


class UnknownTag(Refused):
    """A code that is not on the council's list."""

    message = "This tag is not on the council’s list. Choose one of the list."


def put(work: Work, feedback: Feedback, tag: str) -> bool:
    """Put a tag on a matter.

    Args:
        work: the open act.
        feedback: the matter.
        tag: a code of the council's file.

    Returns:
        Whether it was not there before.

    Raises:
        UnknownTag: it is not on the list.
    """
    if tag not in work.council.tags:
        raise UnknownTag
    if _row(work, feedback, tag) is not None:
        return False
    work.session.add(
        MatterTag(tag=tag, feedback_id=feedback.id, put_at=work.now, put_by_id=signed_in_id(work))
    )
    audit.note(work, "tag_put", feedback, ["tag"])
    return True


def take_off(work: Work, feedback: Feedback, tag: str) -> bool:
    """Take a tag off a matter, also one that has left the list.

    Returns:
        Whether it was there.
    """
    row = _row(work, feedback, tag)
    if row is None:
        return False
    work.session.delete(row)
    field_changes.keep(work, feedback, "tag", tag, None)
    audit.note(work, "tag_taken_off", feedback, ["tag"])
    return True


def _row(work: Work, feedback: Feedback, tag: str) -> MatterTag | None:
    wanted = select(MatterTag).where(MatterTag.feedback_id == feedback.id, MatterTag.tag == tag)
    return work.session.scalar(wanted)
