"""Whether a refusal told the person of the Ombudsman: looked for in the very letter, because an
officer may change its words before it goes. Nothing of a letter is kept but yes or no."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.records.outbox_letter import LetterKind, LetterState, OutboxLetter
from portal.reports.annual.scope import Scope

AT_ONCE = 500
# Withheld letters are read by the person at their own page.
REACHED_THEM = (LetterState.SENT, LetterState.POSTED, LetterState.WITHHELD)


def naming_ombudsman(session: Session, scope: Scope, matters: Iterable[int]) -> Mapping[int, bool]:
    """Look into the letters that refused something.

    Args:
        session: any session.
        scope: the report's bounds; a letter of a later day was not written yet.
        matters: the keys of the feedback that was refused.

    Returns:
        For each of which a letter went out, whether one names the council's Ombudsman. Those of
        which none did are missing.
    """
    name = " ".join(scope.council.ombudsman.name.split())
    wanted, found = sorted(matters), dict[int, bool]()
    for first in range(0, len(wanted), AT_ONCE):
        rows = session.execute(
            select(OutboxLetter.feedback_id, OutboxLetter.body)
            .where(OutboxLetter.feedback_id.in_(wanted[first : first + AT_ONCE]))
            .where(OutboxLetter.kind == LetterKind.DECLINED)
            .where(OutboxLetter.state.in_(REACHED_THEM))
            .where(OutboxLetter.written_at < scope.moment)
        )
        for matter, body in rows:
            assert matter is not None, "It was found by its matter."
            # A line may end within the name.
            found[matter] = found.get(matter, False) or name in " ".join(body.split())
    return found
