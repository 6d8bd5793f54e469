"""How a person may be reached: said by them, or mended by an officer, and kept with its history."""

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import audit
from portal.correspondence import contact_rules
from portal.procedures.contact_hours import ContactHours
from portal.records.feedback import ContactWay, Feedback
from portal.records.safe_contact_rule import SafeContactRule, SaidBy
from portal.work import Work

NOBODY_ASKED = (
    "A child or young person wrote, and has not said what others near them may see. Until they do, "
    "nothing on the outside of what we send says who writes or why."
)


@dataclass(frozen=True)
class ContactRule:
    """What was said beside the way.

    Attributes:
        hours: when they may be reached; None for any time.
        neutral: nothing may say who writes or why.
        voicemail: whether a message may be left; None where nobody said.
        not_to_see: who must not see, hear or open it, in the person's words.
    """

    hours: ContactHours | None = None
    neutral: bool = False
    voicemail: bool | None = None
    not_to_see: str | None = None


def keep(
    work: Work,
    feedback: Feedback,
    way: ContactWay,
    rule: ContactRule,
    by: SaidBy,
    reason: str | None = None,
    *,
    before: ContactRule | None = None,
) -> bool:
    """Put a rule in force, from the next letter on; letters that wait obey it as well.

    Args:
        work: the open act.
        feedback: the matter, written.
        way: how they may be reached.
        rule: the rest.
        by: who says so.
        reason: why an officer changed it.
        before: what was in force, where the caller knows it: of a new matter, nothing.

    Returns:
        Whether anything is different now.
    """
    before = in_force(work.session, feedback) if before is None else before
    fields = _different(before, feedback, way, rule)
    if not fields:
        return False
    if feedback.contact_way is not way:
        feedback.contact_way = way
    hours = rule.hours
    work.session.add(
        SafeContactRule(
            feedback_id=feedback.id,
            way=way,
            begins=hours.begins if hours else None,
            ends=hours.ends if hours else None,
            weekdays_only=hours.weekdays_only if hours else False,
            neutral=rule.neutral,
            voicemail=rule.voicemail,
            not_to_see=rule.not_to_see or None,
            said_at=work.now,
            said_by=by,
            account_id=work.who.account_id,
            reason=reason or None,
        )
    )
    audit.note(work, "safe_contact_changed", feedback, fields)
    return True


def be_careful(work: Work, feedback: Feedback) -> bool:
    """Write neutrally to a young person who has not said what others may see, as their door does.

    Who wrote by e-mail was never asked. What the person said, or an officer wrote down for them,
    stands; and who wants no contact is reached by nothing that could be neutral.

    Args:
        work: the open act of the officer who decides that a young person wrote.
        feedback: the matter, written.

    Returns:
        Whether it is different now.
    """
    if feedback.contact_way is ContactWay.PORTAL_ONLY:
        return False
    row = contact_rules.in_force(work.session, feedback.id)
    if row is not None and (row.said_by is SaidBy.OFFICER or row.voicemail is not None):
        return False
    rule = replace(as_rule(row), neutral=True)
    return keep(work, feedback, feedback.contact_way, rule, SaidBy.OFFICER, NOBODY_ASKED)


def in_force(session: Session, feedback: Feedback) -> ContactRule:
    """The rule of a matter as it is now."""
    return as_rule(contact_rules.in_force(session, feedback.id))


def history(session: Session, feedback: Feedback) -> list[SafeContactRule]:
    """Everything that was said, the newest first."""
    wanted = select(SafeContactRule).where(SafeContactRule.feedback_id == feedback.id)
    return list(session.scalars(wanted.order_by(SafeContactRule.id.desc())))


def as_rule(row: SafeContactRule | None) -> ContactRule:
    """A row as a plain value; no row as a rule that forbids nothing."""
    if row is None:
        return ContactRule()
    return ContactRule(contact_rules.hours_of(row), row.neutral, row.voicemail, row.not_to_see)


def _different(
    now: ContactRule, feedback: Feedback, way: ContactWay, rule: ContactRule
) -> list[str]:
    fields = [
        name
        for name in ("hours", "neutral", "voicemail", "not_to_see")
        if (getattr(now, name) or None) != (getattr(rule, name) or None)
    ]
    if now.voicemail is not rule.voicemail and "voicemail" not in fields:
        fields.append("voicemail")
    return [*fields, *(["contact_way"] if feedback.contact_way is not way else [])]
