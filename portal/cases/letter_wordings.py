"""Writing a letter's wording on a page: tried on invented facts before anybody gets it."""

from dataclasses import dataclass
from datetime import date

from portal.cases.tokens import make_public_id
from portal.correspondence import (
    invented_facts,
    letters,
    own_wordings,
    reading_grade,
    wording_rules,
)
from portal.correspondence.letters import WrittenLetter
from portal.correspondence.voices import Voice
from portal.errors import Refused
from portal.records.letter_wording import LetterWording
from portal.records.outbox_letter import LetterKind
from portal.work import Work

HARDEST = {Voice.ADULT: 8.0, Voice.YOUNG: 5.0}
"""What the letters that come with the portal keep to."""


class WordingRefused(Refused):
    """A wording that cannot be used; the message says why."""

    title = "This wording cannot be used"


@dataclass(frozen=True)
class Tried:
    """A wording on invented facts: with every fact, and with as few as there can be. `too_hard`:
    it asks for more years of school than our own letters do."""

    full: WrittenLetter
    bare: WrittenLetter
    grade: float
    too_hard: bool


def tried(work: Work, kind: LetterKind, voice: Voice, template: str) -> Tried:
    """Try a wording.

    Args:
        work: any act; nothing is kept.
        kind, voice: which letter.
        template: as it was written.

    Raises:
        WordingRefused: with every fault, a sentence each.
    """
    shipped = letters.shipped(work.council, kind, voice)
    if found := wording_rules.faults(kind, template, shipped):
        raise WordingRefused(" ".join(found))
    about = invented_facts.feedback()
    both = []
    for facts in (invented_facts.all_of(kind), invented_facts.needed_by(kind)):
        given = (work.council, work.settings.public_url, kind, voice, facts, about, template)
        try:
            both.append(letters.write(*given, trial=True))
        except Exception as error:
            # Whatever goes wrong with a stranger's template means that it cannot be used.
            raise WordingRefused(
                "It cannot be written when a fact is missing. Put “if” around each field that may "
                f"be missing: {', '.join(letters.FACTS[kind].may) or 'none'}."
            ) from error
    value = reading_grade.grade(both[0].body)
    return Tried(both[0], both[1], value, value > HARDEST[voice])


def current(work: Work, kind: LetterKind, voice: Voice) -> str:
    """The wording that is in force today, whoever wrote it."""
    return own_wordings.in_force(work, kind, voice.value) or letters.shipped(
        work.council, kind, voice
    )


def write(
    work: Work, kind: LetterKind, voice: Voice, template: str, in_force_from: date
) -> LetterWording:
    """Keep a wording, in force from a day on.

    Args:
        work: the open act.
        kind, voice, template: as in `tried`.
        in_force_from: today or later: what went until now went in other words.

    Raises:
        WordingRefused: it has a fault, or its day is past.
    """
    tried(work, kind, voice, template)
    if in_force_from < work.today:
        raise WordingRefused("It cannot be in force from a day that has passed.")
    wording = LetterWording(
        public_id=make_public_id(),
        kind=kind,
        voice=voice.value,
        template=template.strip() + "\n",
        in_force_from=in_force_from,
        made_at=work.now,
        made_by_id=work.who.account_id,
    )
    own_wordings.keep(work, wording)
    return wording
