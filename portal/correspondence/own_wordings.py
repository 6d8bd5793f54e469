"""Wordings that somebody wrote on a page: which is in force, all versions, and the history."""

from collections.abc import Mapping

import structlog
from jinja2 import Environment, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from portal import audit, written_together
from portal.correspondence import letter_templates
from portal.errors import Refused
from portal.plain_rows import plain_rows
from portal.records.letter_wording import LetterWording
from portal.records.outbox_letter import LetterKind
from portal.work import Work

FILTERS = frozenset({"day", "length"})
KEY = "letter wordings of this act"
log = structlog.get_logger()
# Written once: every letter asks it.
_STANDING = (
    select(LetterWording.kind, LetterWording.voice, LetterWording.template)
    .where(LetterWording.taken_back_at.is_(None), LetterWording.in_force_from <= bindparam("today"))
    .order_by(LetterWording.in_force_from, LetterWording.id)
)
Found = Mapping[tuple[LetterKind, str], str]


class TakenBackAlready(Refused):
    """Somebody was quicker."""

    message = "This wording has been taken back already."
    status = 409


def in_force(work: Work, kind: LetterKind, voice: str) -> str | None:
    """The wording of today, read once an act.

    Args:
        work: the open act.
        kind, voice: which letter.

    Returns:
        None where the one that comes with the portal, or lies in the council's folder, is used.
    """
    kept = work.session.info.get(KEY)
    if kept is None or kept[0] is not work:
        kept = (work, _all_of_today(work))
        work.session.info[KEY] = kept
    found: Found = kept[1]
    return found.get((kind, voice))


def rendered(
    shipped: Environment, own: str | None, told: Mapping[str, object], *, trial: bool = False
) -> str | None:
    """Write a letter from a wording of a page.

    Args:
        shipped: what the wordings that come with the portal are read with, in a language.
        own: the wording; None where there is none.
        told: every field that the letter has.
        trial: an error is raised as it is.

    Returns:
        None where it cannot be written. It was tried before it was taken, but not with these
        facts; a letter must go all the same, in the words that come with the portal.
    """
    if own is None:
        return None
    try:
        return _sandbox(shipped).from_string(letter_templates.said(shipped, own)).render(told)
    except Exception:
        if trial:
            raise
        log.warning("wording_failed", exc_info=False)
        return None


def versions(session: Session, kind: LetterKind, voice: str) -> list[LetterWording]:
    """Every version of one letter, those taken back among them; the newest first."""
    wanted = select(LetterWording).where(LetterWording.kind == kind, LetterWording.voice == voice)
    newest = (LetterWording.in_force_from.desc(), LetterWording.id.desc())
    return list(session.scalars(wanted.order_by(*newest)))


def all_standing(session: Session) -> list[LetterWording]:
    """Every version of every letter that was not taken back."""
    wanted = select(LetterWording).where(LetterWording.taken_back_at.is_(None))
    return list(session.scalars(wanted.order_by(LetterWording.in_force_from, LetterWording.id)))


def keep(work: Work, wording: LetterWording) -> None:
    """Keep a version that was checked. It is in force from its day on."""
    work.session.add(wording)
    work.session.info.pop(KEY, None)
    audit.note(work, "wording_written", wording, [wording.kind.value, wording.voice])


def take_back(work: Work, wording: LetterWording) -> None:
    """Take a version back: the one before it is in force again.

    Raises:
        TakenBackAlready: somebody was quicker.
    """
    if wording.taken_back_at is not None:
        raise TakenBackAlready
    wording.taken_back_at = work.now
    wording.taken_back_by_id = work.who.account_id
    work.session.info.pop(KEY, None)
    audit.note(work, "wording_taken_back", wording, [wording.kind.value, wording.voice])


def _all_of_today(work: Work) -> Found:
    with written_together.asking(work.session, LetterWording):
        standing = plain_rows(work.session, _STANDING, {"today": work.today}).all()
    # In the order of their days: the latest stands.
    return {(kind, voice): template for kind, voice, template in standing}


def _sandbox(shipped: Environment) -> ImmutableSandboxedEnvironment:
    """Reads the same parts as the wordings that come with the portal, and lets nothing else run."""
    made = ImmutableSandboxedEnvironment(
        loader=shipped.loader,
        undefined=StrictUndefined,
        autoescape=False,
        finalize=shipped.finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters = {name: shipped.filters[name] for name in FILTERS}
    made.globals = {}
    return made
