"""What people of the invented register said of themselves: nothing leads from it to a matter."""

import random
from collections.abc import Iterator, Mapping

from portal.demo.register.year_file import AboutPeople, PublishedYear
from portal.demo.rows import Row
from portal.procedures.vocabulary import Category
from portal.records.feedback import Door

ID_BITS = 128


def answers(year: PublishedYear) -> Iterator[Row]:
    """One row for each who filled in the page about themselves after a complaint.

    Args:
        year: how many gave which answer, question by question.
    """
    for group in year.about_people:
        # A seed of its own: nothing else of the register is dealt otherwise because of these.
        chance = random.Random(f"{group.year} about people")
        columns = {name: _dealt(group, given, chance) for name, given in group.questions.items()}
        for place in range(group.number):
            yield {
                "id": f"{chance.getrandbits(ID_BITS):032x}",
                "year": group.year,
                "door": Door.EVERYONE,
                "category": Category.COMPLAINT,
                "relationship": None,
                **{name: column[place] for name, column in columns.items()},
            }


def _dealt(group: AboutPeople, given: Mapping[str, int], chance: random.Random) -> list[str | None]:
    """Everybody's answer to one question; None where it was left empty."""
    said: list[str | None] = [answer for answer, number in given.items() for _ in range(number)]
    said += [None] * (group.number - len(said))
    chance.shuffle(said)
    return said
