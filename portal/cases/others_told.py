"""Whether a letter would tell one person something of another whose matter is worked with theirs.

Joined matters share work, and people who share work write the same things twice: so each letter of
a joined matter is held against what the others told us. What a person told us themselves, and the
council's own words, may stand in it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import at_hand
from portal.cases import joining, linking
from portal.errors import Refused
from portal.matter_rows import CASES, MESSAGES, PARTIES, POINTS
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.message import Sender

RUN = 8
"""So many words in a row are somebody's own words, not a turn of phrase."""
SHORTEST_NAME = 3
# They are names and words alike, or titles: of these only the whole name counts.
ALSO_WORDS = frozenset(
    """And Dame Doctor Family Lady Lord Miss Mrs Professor Reverend Sir The
    April August Autumn Baker Bill Bishop Black Brown Cook Dawn Day Faith Frank Grace Grant Green
    Grey Hall Hill Hope Hunter Joy June King Mark May Page Rich Rose Sandy Summer Will White Wood
    Young""".split()
)
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


class Kind(StrEnum):
    """What of somebody else a text holds."""

    REFERENCE = "a reference"
    NAME = "a name"
    EMAIL = "an e-mail address"
    PHONE = "a telephone number"
    ADDRESS = "an address"
    WORDS = "words that they wrote"


class NamesSomebodyElse(Refused):
    """A letter in a joined matter that is not for its reader alone."""

    title = "This names somebody else"

    def __init__(self, kinds: Iterable[Kind]) -> None:
        """Say what kind of thing it is, and never whose or which."""
        self.kinds = tuple(kinds)
        super().__init__(
            "This matter is worked with others, and the text holds something of theirs: "
            + ", ".join(kind.value for kind in self.kinds)
            + ". Take it out. Nothing was sent."
        )


@dataclass(frozen=True)
class Held:
    """What one matter holds of its people."""

    reference: str
    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    texts: tuple[str, ...] = field(default=(), repr=False)


def tells(text: str, own: Held, others: Iterable[Held]) -> tuple[Kind, ...]:
    """Say what of others a text holds that its reader did not tell us themselves.

    Args:
        text: a letter or a message.
        own: what the reader's matter holds.
        others: what the matters hold that are worked with it.
    """
    said = "\n".join(
        (own.reference, *own.names, *own.emails, *own.phones, *own.addresses, *own.texts)
    )
    found: set[Kind] = set()
    for other in others:
        found |= {
            kind
            for kind, holds, theirs in _looked_for(other)
            if any(
                holds(text, one) and not holds(said, one) and not _has_whole(said, one)
                for one in theirs
            )
        }
        if _runs(text) & _runs(*other.texts) - _runs(said):
            found.add(Kind.WORDS)
    return tuple(kind for kind in Kind if kind in found)


def check(session: Session, case: Case, text: str) -> None:
    """Refuse a text to the person of a case that would tell them of others.

    Args:
        session: any session, flushed.
        case: the case.
        text: what would be sent.

    Raises:
        NamesSomebodyElse: it holds something of another matter that is worked with it.
    """
    own = session.get_one(Feedback, case.feedback_id)
    others = [
        other
        for other in joining.together(session, case)
        if not linking.same_person(session, own, other)
    ]
    if not others:
        return
    _fetch(session, [own, *others])
    if kinds := tells(text, held(session, own), [held(session, other) for other in others]):
        raise NamesSomebodyElse(kinds)


def check_matter(session: Session, feedback: Feedback, text: str) -> None:
    """As `check`, for what is written about the whole matter; where no case is, nothing is joined.

    Args:
        session: any session, flushed.
        feedback: the matter.
        text: what would be sent.

    Raises:
        NamesSomebodyElse: it holds something of another matter that is worked with it.
    """
    for case in session.scalars(select(Case).where(Case.feedback_id == feedback.id)):
        check(session, case, text)


def held(session: Session, feedback: Feedback) -> Held:
    """Gather what a matter holds of its people.

    Args:
        session: any session.
        feedback: the matter.
    """
    parties = PARTIES.of(session, feedback.id)
    said = (one.body for one in MESSAGES.of(session, feedback.id) if one.sender != Sender.COUNCIL)
    cases = CASES.of(session, feedback.id)
    points = (point.text for case in cases for point in POINTS.of(session, case.id))
    words = (feedback.subject, feedback.story, feedback.wanted)
    named = (feedback.about_whom, feedback.trusted_adult)
    return Held(
        reference=feedback.reference,
        names=frozenset(one.name for one in parties if one.name),
        emails=frozenset(one.email for one in parties if one.email),
        phones=frozenset(one.phone for one in parties if one.phone),
        addresses=frozenset(one.address for one in parties if one.address),
        texts=(*filter(None, (*words, *named)), *said, *points),
    )


def _fetch(session: Session, matters: Iterable[Feedback]) -> None:
    """Bring to hand what several matters hold: in one statement where their cases are there."""
    keys = [one.id for one in matters]
    cases = [case.id for some in CASES.of_each(session, keys).values() for case in some]
    at_hand.fetch(session, (PARTIES, keys), (MESSAGES, keys), (POINTS, cases))


def _looked_for(
    other: Held,
) -> tuple[tuple[Kind, Callable[[str, str], bool], Iterable[str]], ...]:
    """What of a matter is looked for in a text, each with how it is found."""
    # Of a name also the parts, where they are written as a name: a surname tells enough.
    parts = {
        form
        for name in other.names
        for word in _WORD.findall(name)
        if len(word) >= SHORTEST_NAME and word.title() not in ALSO_WORDS
        for form in (word.title(), word)
        if form[0].isupper()
    }
    return (
        (Kind.REFERENCE, _has_reference, (other.reference,)),
        (Kind.NAME, _has_whole, other.names),
        (Kind.NAME, _has_word, parts),
        (Kind.EMAIL, _has_whole, other.emails),
        (Kind.PHONE, _has_number, other.phones),
        (Kind.ADDRESS, _has_address, other.addresses),
    )


def _has_reference(text: str, reference: str) -> bool:
    return _joined(reference) in _joined(text)


def _has_whole(text: str, words: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(_plain(words))}(?!\w)", _plain(text)))


def _has_word(text: str, word: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text))


def _has_number(text: str, phone: str) -> bool:
    digits = re.sub(r"\D", "", phone)
    return bool(digits) and digits in re.sub(r"\D", "", text)


def _has_address(text: str, address: str) -> bool:
    """Its first line, or its postcode."""
    plain = _plain(text)
    lines = [_plain(line) for line in re.split(r"[\n,]", address) if line.strip()]
    telling = [line for line in (*lines[:1], *lines[-1:]) if any(map(str.isdigit, line))]
    return any(line in plain for line in (telling or lines[:1]))


def _runs(*texts: str) -> set[tuple[str, ...]]:
    found = set()
    for text in texts:
        words = [word.casefold() for word in _WORD.findall(text)]
        found |= {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    return found


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _joined(reference: str) -> str:
    return re.sub(r"[\s-]", "", reference).casefold()
