"""What waited for a court and was brought again, in words for the person at the earlier matter."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy.orm import Session

from portal.cases import resubmitting
from portal.marking import marked
from portal.records.feedback import Feedback
from portal.wording import day_in_words, say

# What waits for a court or the police is not over, and its heading must not say that it is.
NOT_NOW = marked("We cannot look into this now.")
LOOKED_AT_AGAIN = marked("We are looking at this again.")
# Whoever has come back must not be told to come back.
AGAIN = marked("You told us about this again.")
AGAIN_WHAT = marked("We have got it again. What we do about it now has a number of its own.")


# Whether no step of a matter is left: what asks where the earlier one stands knows how to tell.
IsOver = Callable[[Feedback], bool]


def headline(later: Sequence[Feedback], is_over: IsOver) -> str:
    """Say first that a matter was brought again; "" of one that was not.

    Args:
        later: what took it up, the latest last.
        is_over: whether nobody looks at that any more.
    """
    if not later:
        return ""
    return AGAIN if is_over(later[-1]) else LOOKED_AT_AGAIN


def headline_and_what(
    session: Session, feedback: Feedback, until: date, today: date, is_over: IsOver
) -> tuple[str, str]:
    """Say where what was put off stands, and what the person can do about it.

    Args:
        session: any session.
        feedback: what was put off, whole.
        until: the day that our letter named.
        today: to tell whether it has passed.
        is_over: as in `headline`.
    """
    _, later = resubmitting.theirs(session, feedback)
    if said := headline(later, is_over):
        return said, AGAIN_WHAT
    return NOT_NOW, _to_send_again(until, today)


def _to_send_again(until: date, today: date) -> str:
    # After that day an officer decides: it shuts nobody out.
    if until < today:
        return say(
            "We asked you to send it to us again by %(day)s. You can still send it, and tell us "
            "why it is later.",
            day=day_in_words(until),
        )
    return say(
        "You can send it to us again until %(day)s. Our letter to you says why we wait.",
        day=day_in_words(until),
    )
