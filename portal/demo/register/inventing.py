"""Every invented matter of a published year and of the years that it is compared with."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from portal.demo.dates import working_days_after
from portal.demo.register import ombudsmans_course, words
from portal.demo.register.answering import Scene, first_stage
from portal.demo.register.complaint import RELATIONSHIPS, Complaint, dealt
from portal.demo.register.contact import Contact, Desk, Labels
from portal.demo.register.days import days_for, next_stage_asked
from portal.demo.register.investigating import investigate, review
from portal.demo.register.life import Life
from portal.demo.register.year_file import Group, OmbudsmanRow, PublishedYear
from portal.procedures.procedure import Track
from portal.procedures.reporting_year import ReportingYear
from portal.procedures.state import Doer, Event
from portal.procedures.vocabulary import (
    Category,
    ProcedureCode,
    Relationship,
    Team,
)
from portal.records.decision import Outcome

TRACKS: Mapping[ProcedureCode, Track] = {
    ProcedureCode.STATUTORY: Track.STATUTORY,
    ProcedureCode.CORPORATE: Track.CORPORATE,
}
QUIET_END = timedelta(days=20)
"""In so many days before the report everything that needs no long answer has one."""


def complaints(desk: Desk, year: PublishedYear) -> Iterator[Contact]:
    """Complaints of both procedures, with all their stages."""
    seconds = {(one.year, one.procedure): one for one in year.second_stage}
    for group in year.first_stage:
        for complaint in dealt(group, seconds.get((group.year, group.procedure)), desk.chance):
            yield _complaint(desk, complaint)


def _complaint(desk: Desk, complaint: Complaint) -> Contact:
    days = days_for(complaint, desk.as_at, desk.chance)
    labels = Labels(
        Category.COMPLAINT,
        complaint.team,
        complaint.procedure,
        complaint.relationship,
        Outcome.CASE_OPENED,
        complaint.nature,
    )
    contact = desk.contact(labels, days.received, days.opened)
    young = complaint.relationship is Relationship.YOUNG_PERSON
    track = TRACKS[complaint.procedure]
    life = Life(desk.council, track, days.received, days.opened, desk.officer_id, young)
    scene = Scene(
        life, complaint, contact.story, desk.book, desk.second_id, desk.as_at, desk.chance
    )
    first_stage(scene, days)
    if complaint.onward is not None and days.ended is not None:
        asked = next_stage_asked(days.ended, desk.chance)
        course = investigate if life.track is Track.STATUTORY else review
        course(scene, asked, complaint.onward)
    contact.life = life
    return contact


def mp_enquiries(desk: Desk, year: PublishedYear) -> Iterator[Contact]:
    """Enquiries of members of Parliament, most of them answered in time."""
    for group in year.mp_enquiries:
        for team in teams_of(desk, group):
            received = some_day(desk, group.year)
            opened = working_days_after(received, desk.chance.randint(1, 2))
            labels = Labels(
                Category.MP_ENQUIRY,
                team,
                ProcedureCode.CORPORATE,
                Relationship.PROFESSIONAL,
                Outcome.CASE_OPENED,
                chosen_track=Track.MP_ENQUIRY,
            )
            contact = desk.contact(labels, received, opened)
            life = Life(desk.council, Track.MP_ENQUIRY, received, opened, desk.officer_id)
            answered = working_days_after(received, desk.chance.choice((4, 6, 8, 9, 10, 10, 13)))
            life.happen(
                Event.ANSWERED, answered, Doer.MANAGER, words=words.sentence("answered_enquiry")
            )
            contact.life = life
            yield contact


def ombudsmans(desk: Desk, year: PublishedYear, known: list[Contact]) -> Iterator[Contact]:
    """The Ombudsman's matters.

    Args:
        desk: takes them in.
        year: says which there are.
        known: the complaints; those that the Ombudsman looks at together share one of them.
    """
    for number, row in enumerate(year.ombudsman.rows, 1):
        contact = _ombudsmans(desk, row, number)
        if row.group is not None:
            contact.covers = _complaint_about(known, row)
        yield contact


def _ombudsmans(desk: Desk, row: OmbudsmanRow, number: int) -> Contact:
    received = ombudsmans_course.some_day(row, desk.chance)
    labels = Labels(
        Category.OMBUDSMAN,
        row.team,
        ProcedureCode.CORPORATE,
        Relationship.PROFESSIONAL,
        Outcome.CASE_OPENED,
    )
    contact = desk.contact(labels, received, received)
    life = Life(desk.council, Track.OMBUDSMAN, received, received, desk.officer_id)
    # What is about one complaint goes one way: the same days after each came, the same answers.
    chance = random.Random(row.group) if row.group is not None else desk.chance
    decided = ombudsmans_course.run(life, row, desk.as_at, chance)
    contact.life = life
    contact.matter = {
        "reference": f"{row.year[2:4]} 0{10_000 + 37 * number}",
        "reached": row.reached,
        "decision": row.decision,
        "declined": row.declined,
        "recorded_at": desk.noon(decided or received),
        "recorded_by_id": desk.officer_id,
    }
    return contact


def _complaint_about(known: list[Contact], row: OmbudsmanRow) -> Contact:
    year = ReportingYear.named(row.year)
    return next(
        one
        for one in known
        if one.labels.team is row.team
        and one.labels.category is Category.COMPLAINT
        and year.first_day <= one.feedback["received_on"] <= year.last_day
    )


def some_day(desk: Desk, year: str) -> date:
    """A weekday of a year, with time left before the report."""
    named = ReportingYear.named(year)
    last = min(named.last_day, desk.as_at) - QUIET_END
    while True:
        day = named.first_day + timedelta(
            days=desk.chance.randint(0, (last - named.first_day).days)
        )
        if day.weekday() < 5:
            return day


def someone(desk: Desk) -> Relationship:
    """Who writes, as often as they do."""
    return desk.chance.choices(list(RELATIONSHIPS), list(RELATIONSHIPS.values()))[0]


def teams_of(desk: Desk, group: Group) -> list[Team]:
    """The teams of a group, each as often as it counts, in a random order."""
    teams = [team for team, number in group.teams.items() for _ in range(number)]
    desk.chance.shuffle(teams)
    return teams
