"""Which of the things that services learnt are chosen for the report: as many as were printed."""

from collections.abc import Iterable, Iterator
from typing import Any

from portal.council import Council
from portal.demo.register import words
from portal.demo.register.contact import Contact
from portal.demo.register.year_file import SecondStages
from portal.procedures.procedure import StageKey
from portal.procedures.remedy import FOR_THE_SERVICE, RemedyState
from portal.procedures.reporting_quarter import quarter_of

ACCEPTED = frozenset({RemedyState.PROMISED, RemedyState.DONE})


def choose(contacts: Iterable[Contact], group: SecondStages, council: Council) -> None:
    """Mark learning of second stages for the report, and every no with its reason.

    Args:
        contacts: the complaints.
        group: the second stages of one year and procedure; `learning` says how many are chosen of
            each leadership. No text is chosen twice.
        council: says which leadership a team belongs to.
    """
    found = list(_for_the_service(contacts, group, council))
    taken: set[str] = set()
    # The leadership with the fewest chooses first, or another may have taken all that it has.
    for code, number in sorted(group.learning.items(), key=lambda item: item[1]):
        able = {
            row["text"]: row
            for leadership, row in found
            if leadership == code and row["state"] in ACCEPTED and row["text"] not in taken
        }
        for text in list(able)[:number]:
            mark(able[text])
            taken.add(text)
    for _, row in found:
        row["for_report"] |= row["state"] is RemedyState.NOT_ACCEPTED


def mark(row: dict[str, Any]) -> None:
    """Choose one thing for the report, and say how it was made known."""
    row["for_report"], row["made_known"] = True, words.sentence("made_known")


def _for_the_service(
    contacts: Iterable[Contact], group: SecondStages, council: Council
) -> Iterator[tuple[str, dict[str, Any]]]:
    for contact in contacts:
        life = contact.life
        if life is None or contact.labels.procedure is not group.procedure:
            continue
        opened = [one.opened_on for one in life.stages if one.key is StageKey.STAGE_2]
        if not opened or quarter_of(opened[0]).year != group.year:
            continue
        leadership = council.leadership_of(contact.labels.team, opened[0])
        for row in life.remedies:
            if row["stage_key"] == StageKey.STAGE_2.value and row["kind"] in FOR_THE_SERVICE:
                yield leadership, row
