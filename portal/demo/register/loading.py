"""Loading the invented register of a published year into an empty database."""

import random
from collections.abc import Iterator

from sqlalchemy import select

from portal.demo import accounts
from portal.demo.register import about_people, learning, storing
from portal.demo.register.contact import Contact, Desk
from portal.demo.register.inventing import complaints, mp_enquiries, ombudsmans
from portal.demo.register.story_book import StoryBook
from portal.demo.register.without_cases import compliments, duty_matters
from portal.demo.register.year_file import PublishedYear
from portal.demo.storing import insert_rows
from portal.records.equality_answer import EqualityAnswer
from portal.records.feedback import Feedback
from portal.work import COMMAND, Work, begin_work, council

BATCH = 500


class NotEmpty(RuntimeError):
    """There is feedback already: the figures would not be the published ones."""

    def __init__(self, year: str) -> None:
        """Say what to do."""
        super().__init__(
            f"There is feedback in this database, so the register of {year} cannot be put in: its"
            " report would not have the published figures, and invented people would stand among"
            " real ones. Use an empty database. Nothing was changed."
        )


def load(year: PublishedYear) -> int:
    """Put a year's register into an empty database, all of it or nothing.

    Args:
        year: the published year.

    Returns:
        How many matters it has.

    Raises:
        NotEmpty: there is feedback already.
        NoStories: the invented texts are not there.
    """
    with begin_work(COMMAND) as work:
        if work.session.scalar(select(Feedback.id).limit(1)) is not None:
            raise NotEmpty(year.year)
        contacts = sorted(
            invented(work, year), key=lambda one: (one.feedback["received_at"], one.story.text)
        )
        for first in range(0, len(contacts), BATCH):
            storing.store(work, contacts[first : first + BATCH])
        storing.store_covers(work, contacts)
        insert_rows(work, EqualityAnswer, list(about_people.answers(year)))
    return len(contacts)


def invented(work: Work, year: PublishedYear) -> Iterator[Contact]:
    """Every matter of the register: the same ones each time."""
    # One seed, so that a figure that somebody looks up today is there tomorrow.
    chance = random.Random(year.year)
    officer, second = accounts.decider(work), accounts.second_officer(work)
    desk = Desk(council(), officer.id, second.id, chance, StoryBook(chance), year.as_at)
    known = list(complaints(desk, year))
    for group in year.second_stage:
        learning.choose(known, group, desk.council)
    yield from known
    yield from mp_enquiries(desk, year)
    yield from ombudsmans(desk, year, known)
    yield from duty_matters(desk, year)
    yield from compliments(desk, year)
