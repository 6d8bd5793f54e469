"""Suggested links: new feedback that seems to answer something, but not from a person of it.

An officer says whether it does. Until then, and afterwards too, no words move from one to the
other: what a stranger writes must not land in somebody's matter, nor an answer go to a stranger.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases.tokens import make_public_id
from portal.errors import Refused
from portal.records.feedback import Feedback, FeedbackState
from portal.records.suggested_link import LinkGround, LinkState, SuggestedLink
from portal.work import Work

MOST_SHOWN = 10
GROUNDS: Mapping[LinkGround, str] = {
    LinkGround.REPLY_ADDRESS: "it was sent to the private reply address of that matter",
    LinkGround.OUR_LETTER: "it answers a letter of ours about that matter",
    LinkGround.SAME_THREAD: "it answers an e-mail of that matter",
    LinkGround.SUBJECT_REFERENCE: "its subject has that reference",
}


class LinkSettled(Refused):
    """Another officer was quicker."""

    message = "Somebody has answered this already. Go back and open the feedback again."
    status = 409


@dataclass(frozen=True)
class ShownLink:
    """A suggested link as an officer sees it, from either of its two ends."""

    public_id: str
    other_public_id: str
    other_reference: str
    other_state: FeedbackState
    ground: str
    # Whether it is the other feedback that seems to answer this one.
    other_answers: bool
    confirmed: bool


def suggest(work: Work, feedback: Feedback, other: Feedback, ground: LinkGround) -> None:
    """Note that new feedback seems to belong with an older one. Nothing is shown to its people.

    Args:
        work: the open act.
        feedback: what came now.
        other: what it seems to answer.
        ground: why.
    """
    if feedback.id is None:
        work.session.flush()
    link = SuggestedLink(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        other_id=other.id,
        ground=ground,
        made_at=work.now,
    )
    work.session.add(link)
    audit.note(work, "link_suggested", link)


def shown_for(
    session: Session, feedback: Feedback, visible: ColumnElement[bool]
) -> list[ShownLink]:
    """The links of a feedback that wait for an officer or were confirmed, from both its ends.

    Args:
        session: any session.
        feedback: the one being read.
        visible: what the reader may see, from `portal.access.permission.visible`.
    """
    wanted = (
        select(SuggestedLink)
        .where(
            or_(SuggestedLink.feedback_id == feedback.id, SuggestedLink.other_id == feedback.id),
            SuggestedLink.state != LinkState.DISMISSED,
        )
        .order_by(SuggestedLink.id)
        .limit(MOST_SHOWN)
    )
    shown = []
    for link in session.scalars(wanted).all():
        answers = link.other_id == feedback.id
        other_id = link.feedback_id if answers else link.other_id
        other = session.scalar(select(Feedback).where(Feedback.id == other_id, visible))
        if other is not None:
            shown.append(_shown(link, other, answers))
    return shown


def confirm(work: Work, link: SuggestedLink) -> None:
    """An officer says that the two belong together. Each page then leads to the other; whether the
    newer one is decided as linked, and what its writer is told, stays a decision of its own.

    Raises:
        LinkSettled: another officer was quicker.
    """
    _settle(work, link, LinkState.CONFIRMED)


def dismiss(work: Work, link: SuggestedLink) -> None:
    """An officer says that the two have nothing to do with each other.

    Raises:
        LinkSettled: another officer was quicker.
    """
    _settle(work, link, LinkState.DISMISSED)


def find(session: Session, public_id: str) -> SuggestedLink | None:
    """The suggested link of a button's address, or None."""
    return session.scalar(select(SuggestedLink).where(SuggestedLink.public_id == public_id))


def _settle(work: Work, link: SuggestedLink, state: LinkState) -> None:
    if link.state is not LinkState.OPEN:
        raise LinkSettled
    link.state = state
    link.settled_at, link.settled_by_id = work.now, work.who.account_id
    audit.note(work, f"link_{state.value}", link)


def _shown(link: SuggestedLink, other: Feedback, answers: bool) -> ShownLink:
    return ShownLink(
        public_id=link.public_id,
        other_public_id=other.public_id,
        other_reference=other.reference,
        other_state=other.state,
        ground=GROUNDS[link.ground],
        other_answers=answers,
        confirmed=link.state is LinkState.CONFIRMED,
    )
