"""Referring a young person to an advocate: the letter of the same day, and what came of it.

The letter says who asks and how to reach them safely, and nothing of what they told us. An advocate
is a right of a child who complains (s26A Children Act 1989; reference/procedures.md 2.5), so the
referral is a record that is chased until somebody was appointed. After a no it is the council that
is chased, until it has asked anew.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.cases import declined_referrals, followed_matters
from portal.cases.tokens import make_public_id, make_token, token_key
from portal.cases.young_people import is_young
from portal.correspondence import contact_rules, outbox
from portal.correspondence.safe_contact import route_of
from portal.errors import Refused
from portal.marking import marked
from portal.matter_rows import REFERRALS
from portal.procedures.working_days import Unit, after
from portal.records.advocacy_referral import AdvocacyReferral, ReferralReminder, ReferralState
from portal.records.feedback import ContactWay, Feedback
from portal.records.outbox_letter import LetterKind
from portal.work import Work

# What `advocate_wanted` says of somebody who saw the offer of an advocate and answered nothing.
OFFERED = "offered"
NOT_NOW, HAVE_ONE = "not_now", "have_one"
# What an officer may write down who asked them by telephone, letter or e-mail: a yes is a referral.
WITHOUT_REFERRAL = (NOT_NOW, HAVE_ONE, OFFERED)
WAITS = (ReferralState.SENT, ReferralState.ACCEPTED)
LINK_LIVES = timedelta(days=30)
PURPOSE = "advocacy referral"


class LinkEnded(Refused):
    """The provider's link was used up, replaced by a newer one, or has ended."""

    title = marked("This link has ended")
    message = marked(
        "It was answered already, or a newer letter has a newer link. Call us if you need help."
    )
    status = 410


class AnsweredAlready(Refused):
    """There is nothing to answer any more."""

    title = marked("This is answered already")
    message = marked("An advocate is appointed, or the provider has said no. Look at it again.")
    status = 409


class WaitsAlready(Refused):
    """One referral at a time."""

    title = "They are referred already"
    message = "A referral waits for an answer already. Record that answer first."
    status = 409


class SaidYes(Refused):
    """They asked for an advocate and were referred; nothing is written over that."""

    title = "They are referred already"
    message = "They said yes, and a referral was sent. What came of it stands on its page."
    status = 409


class WrongAnswer(Refused):
    """Something of the answer cannot be; the message says what."""


@dataclass(frozen=True)
class Said:
    """What the provider said. An advocate with a day is an appointment."""

    accepted: bool
    on: date
    answered_by: str = ""
    why_not: str = ""
    advocate: str = ""
    appointed_on: date | None = None


def refer(work: Work, feedback: Feedback) -> AdvocacyReferral:
    """Send a referral, today.

    Args:
        work: the open act: the young person's own, or an officer's.
        feedback: the young person's matter.

    Raises:
        WaitsAlready: one waits for an answer.
    """
    earlier = latest(work.session, feedback.id)
    if earlier is not None and earlier.state in WAITS:
        raise WaitsAlready
    days = work.council.advocacy.appoint_within_days
    referral = AdvocacyReferral(
        public_id=make_public_id(),
        feedback_id=feedback.id,
        state=ReferralState.SENT,
        sent_at=work.now,
        sent_on=work.today,
        due_on=after(work.today, days, Unit.WORKING_DAYS, work.council.calendar).due,
    )
    work.session.add(referral)
    write_to_provider(work, feedback, referral)
    audit.note(work, "advocate_referred", feedback)
    return referral


def ask(work: Work, feedback: Feedback) -> bool:
    """A young person asks for an advocate after they wrote to us.

    Returns:
        Whether that made a referral; not where one waits, or an advocate is there.
    """
    earlier = latest(work.session, feedback.id)
    if not is_young(feedback) or (earlier and earlier.state is not ReferralState.DECLINED):
        return False
    feedback.advocate_wanted = "yes"
    refer(work, feedback)
    return True


def record_answer(work: Work, feedback: Feedback, answer: str) -> None:
    """Record what a young person said to the offer of an advocate, where that was no yes.

    Args:
        work: the open act of an officer who asked them; its row in the trail has the day.
        feedback: the young person's matter.
        answer: one of `WITHOUT_REFERRAL`.

    Raises:
        SaidYes: a referral was sent.
    """
    if latest(work.session, feedback.id) is not None:
        raise SaidYes
    feedback.advocate_wanted = answer
    audit.note(work, "advocate_answer_recorded", feedback, ["advocate_wanted"])


def write_to_provider(work: Work, feedback: Feedback, referral: AdvocacyReferral) -> None:
    """Write the provider a letter with a fresh link; the link of an earlier one ends."""
    token = make_token()
    referral.token_key = token_key(token, PURPOSE)
    route = route_of(work.session, work.council, feedback)
    facts = {
        "name": followed_matters.first_name(work.session, feedback),
        "way": route.way.value if route.way is not ContactWay.PORTAL_ONLY else None,
        "to": route.to,
        "care": feedback.contact_note,
        **_how_safely(work.session, feedback, reached=route.way is not ContactWay.PORTAL_ONLY),
        "sent_on": referral.sent_on,
        "due_on": referral.due_on,
        "link": f"{work.settings.public_url}/advocates/referral/{token}",
    }
    address = work.council.advocacy.email
    outbox.post_to(work, LetterKind.ADVOCACY_REFERRAL, address, facts, feedback=feedback)


def record(work: Work, feedback: Feedback, referral: AdvocacyReferral, said: Said) -> None:
    """Record what the provider said.

    Args:
        work: the open act: an officer's, or the provider's own by its link.
        feedback: the young person's matter.
        referral: it is read anew: of two the second is told.
        said: the answer.

    Raises:
        AnsweredAlready, WrongAnswer: with what is wrong.
    """
    work.session.flush()
    work.session.refresh(referral, with_for_update=True)
    if referral.state not in WAITS:
        raise AnsweredAlready
    _check(work, referral, said)
    referral.answered_on = said.on
    referral.answered_by = said.answered_by.strip() or None
    referral.recorded_by_id = work.who.account_id
    if not said.accepted:
        referral.state, referral.why_not = ReferralState.DECLINED, said.why_not.strip()
    elif said.appointed_on is not None:
        referral.state = ReferralState.APPOINTED
        referral.advocate, referral.appointed_on = said.advocate.strip(), said.appointed_on
    else:
        referral.state = ReferralState.ACCEPTED
        referral.advocate = said.advocate.strip() or None
    if referral.state not in WAITS:
        referral.token_key = None
    audit.note(work, f"advocate_referral_{referral.state.value}", feedback)
    if referral.state is ReferralState.DECLINED:
        _tell_of_the_no(work, feedback, referral)


def by_token(session: Session, token: str, now: datetime) -> AdvocacyReferral:
    """The referral that a provider's link answers. Looking uses nothing up.

    Raises:
        LinkEnded: there is none any more.
    """
    wanted = select(AdvocacyReferral).where(
        AdvocacyReferral.token_key == token_key(token, PURPOSE),
        AdvocacyReferral.state.in_(WAITS),
        AdvocacyReferral.sent_at > now - LINK_LIVES,
    )
    found = session.scalar(wanted)
    if found is None:
        raise LinkEnded
    return found


def latest(session: Session, feedback_id: int) -> AdvocacyReferral | None:
    """The latest referral of a matter."""
    made = REFERRALS.made(session, feedback_id)
    if made is not None:
        return made[-1] if made else None
    wanted = select(AdvocacyReferral).where(AdvocacyReferral.feedback_id == feedback_id)
    return session.scalar(wanted.order_by(AdvocacyReferral.id.desc()).limit(1))


def _tell_of_the_no(work: Work, feedback: Feedback, referral: AdvocacyReferral) -> None:
    """A no comes at any hour, also by the provider's link: the managers hear of it at once. It is
    written down as a rung, so that the ladder says nothing more on the same day."""
    work.session.flush()
    told = declined_referrals.tell_managers(work, feedback, referral)
    work.session.add(
        ReferralReminder(
            referral_id=referral.id,
            rung=ReferralState.DECLINED.value,
            due_on=referral.due_on,
            made_on=work.today,
            made_at=work.now,
            told={"provider": False, "accounts": told},
        )
    )


def _how_safely(session: Session, feedback: Feedback, *, reached: bool) -> dict[str, object]:
    """What whoever calls or writes must keep to. A young person skips what they do not understand,
    so what nobody said is the careful answer: no name, and no message."""
    row = contact_rules.in_force(session, feedback.id)
    hours = contact_rules.hours_of(row)
    return {
        "hours": hours.in_figures() if hours is not None else None,
        "neutral": reached and (row is None or row.neutral),
        "no_message": reached and (row is None or not row.voicemail),
        "not_to_see": row.not_to_see if row is not None else None,
    }


def _check(work: Work, referral: AdvocacyReferral, said: Said) -> None:
    days = [said.on, *([said.appointed_on] if said.appointed_on else [])]
    if not all(referral.sent_on <= day <= work.today for day in days):
        raise WrongAnswer(
            marked("It cannot be on a day to come, nor before the referral was sent.")
        )
    if not said.accepted and not said.why_not.strip():
        raise WrongAnswer(marked("Write why they cannot help, so that another way can be found."))
    if said.appointed_on is not None and not said.advocate.strip():
        raise WrongAnswer(
            marked("Write the advocate’s name, or leave the day of appointment empty.")
        )
