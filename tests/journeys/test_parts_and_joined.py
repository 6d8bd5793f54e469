"""One contact that goes two ways; one matter from a parent and an MP: as each of them sees it."""

from typing import Any

import pytest
from sqlalchemy import select

from portal.cases import points, tracking
from portal.db import db
from portal.procedures.state import State
from portal.procedures.vocabulary import Category, ProcedureCode
from portal.records.account import Account
from portal.records.case import Case
from portal.records.feedback import Feedback
from portal.records.ombudsman_matter import OmbudsmanCover
from tests import matters
from tests.journeys import office
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.office import letters_after_work, text_of
from tests.journeys.test_procedure import do, open_case
from tests.journeys.visitor import PHONE, Visitor
from tests.unit.cases.parted_world import (
    BUS,
    MP_STORY,
    PARENT,
    PARENT_STORY,
    SOCIAL,
    a_case,
    find_on,
    parent_and_mp,
)
from tests.unit.triage.matters import acting

pytestmark = pytest.mark.service
STORY = f"{SOCIAL}\n\n{BUS}"
ANSWER = "The taxi should not have been stopped. It comes again from Monday."


def by_the_officer(work: Any) -> Any:
    """The act, done by the officer who sits at the desk."""
    return acting(work, work.session.scalars(select(Account).order_by(Account.id)).first())


def test_social_work_and_a_school_taxi_go_two_ways_under_one_reference(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    reference = office.write_in(web_portal, STORY)
    officer = office.sit_down(web_portal, visitor)
    web_portal.act(open_the_case)
    open_case(officer, reference)
    the_bus_is_split_off(officer)

    person = visitor(web_portal, width=PHONE)
    person.track(reference, matters.words_of())
    person.sees("We look into this in 2 parts.", "Part 1: ", SOCIAL, "Part 2: ", BUS)

    both_answered_by_one_letter(web_portal, officer)
    person.go("/track/matter")
    person.sees("Our answer to all parts", "She was ill and nobody took over.")
    person.press("Ask for the next step", last=True)
    person.sees("You have asked for the next step.", "Another manager is looking at it again.")
    states = web_portal.ask(
        lambda: db.session.scalars(select(Case.procedure_state).order_by(Case.part)).all()
    )
    assert states == [State.ANSWERED, State.REVIEW_ASKED]


def open_the_case(work: Any) -> None:
    """A statutory case with both points, opened by the officer."""
    by_the_officer(work)
    feedback = work.session.scalars(select(Feedback)).one()
    opened_by = work.session.get_one(Account, work.who.account_id)
    case = matters.make_case(work, feedback, procedure=ProcedureCode.STATUTORY, officer=opened_by)
    points.add(work, case, (SOCIAL, BUS))


def the_bus_is_split_off(officer: Visitor) -> None:
    """First with nothing chosen, then as it should be."""
    officer.page.get_by_text("Something else has happened").click()
    officer.follow("Split it: some points go the other way")
    officer.press("Look at the letter", status=422)
    officer.sees("There is a problem", "Choose the points", "Choose the team")
    officer.choose(f"2. {BUS}")
    officer.choose("The corporate procedure")
    officer.page.get_by_label("Which team answers them?").select_option("admissions_transport")
    officer.fill("Why these points go another way", "School transport is no social work.")
    officer.press("Look at the letter")
    letter = officer.page.get_by_label("The letter").input_value()
    assert "Part 1" in letter
    assert "Part 2" in letter
    officer.press("Send it")
    officer.sees("Part 1: ", "Part 2: ")
    officer.follow("Part 2: ")
    officer.sees("(this page)")


def both_answered_by_one_letter(portal: Portal, officer: Visitor) -> None:
    """The findings are written; the officer reads the one letter and sends it."""
    officer.follow("Answer all parts by one letter")
    officer.sees("Not now", "Each part must be ready")

    def find(work: Any) -> None:
        by_the_officer(work)
        for case in work.session.scalars(select(Case)):
            find_on(work, case, "She was ill and nobody took over. It is put right.")

    portal.act(find)
    officer.go(officer.page.url.removeprefix(officer.home))
    officer.press("Send it")
    officer.sees("Answered by one letter.", "Answered: the person may ask for the next stage")


def test_a_parent_and_an_mp_each_see_their_own_only(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    officer = office.sit_down(web_portal, visitor)
    parents, mps = web_portal.act(write_twice)
    open_case(officer, mps[0])
    boxes = {"The_reference_of_the_lead_case": parents[0], "Why_they_are_one_matter": "One taxi."}
    do(officer, "Join it to a lead case", last="Record it", **boxes)
    officer.sees("Joined to a lead case", parents[0])
    officer.sees_not("Quillfeather", PARENT_STORY)
    answered_to_each(web_portal, officer, parents[0], mps[0])

    theirs = {"parent": (PARENT_STORY, "Quillfeather", parents[0]),
              "mp": (MP_STORY, "Ptolemy", mps[0])}  # fmt: skip
    for (reference, words), own, other in ((parents, "parent", "mp"), (mps, "mp", "parent")):
        person = visitor(web_portal, width=PHONE)
        person.track(reference, words)
        person.sees(ANSWER, reference)
        assert theirs[own][0] in " ".join(person.page.content().split())
        person.sees_not(*theirs[other])
    letters = letters_after_work(web_portal)
    assert letters
    for letter in letters:
        told = theirs["mp" if "marigold" in str(letter.message["To"]) else "parent"]
        assert not [one for one in told if one in text_of(letter)]


def write_twice(work: Any) -> tuple[tuple[str, str], tuple[str, str]]:
    """The same matter from a parent and an MP; reference and secret words of each."""
    made = []
    for case in parent_and_mp(by_the_officer(work)):
        feedback = work.session.get_one(Feedback, case.feedback_id)
        made.append((feedback.reference, tracking.give_new_words(work, feedback)))
    return made[0], made[1]


def answered_to_each(portal: Portal, officer: Visitor, parents: str, mps: str) -> None:
    """The lead is answered, then the other, whose letter may not name the first."""

    def find(work: Any) -> None:
        by_the_officer(work)
        wanted = select(Case).join(Feedback).where(Feedback.reference == parents)
        find_on(work, work.session.scalars(wanted).one(), ANSWER)

    portal.act(find)
    open_case(officer, parents, look=True)
    officer.sees("Joined to this case", mps)
    do(officer, "Send the answer")
    open_case(officer, mps)
    officer.follow("Send the answer")
    box = officer.page.get_by_label("Note for the file")
    assert ANSWER in box.input_value()
    box.fill(f"Mrs Quillfeather is right. {ANSWER}")
    officer.press("Look at the letter", status=422)
    officer.sees("There is a problem", "something of theirs: a name")
    officer.page.get_by_label("Note for the file").fill(ANSWER)
    officer.press("Look at the letter")
    officer.press("Send it")


def test_the_ombudsmans_decision_stands_on_the_case_that_it_covers(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    officer = office.sit_down(web_portal, visitor)

    def write(work: Any) -> tuple[str, str]:
        by_the_officer(work)
        letter = a_case(work, category=Category.OMBUDSMAN, story="We look at school transport.")
        complaint = a_case(work, party=PARENT, story=PARENT_STORY)
        found = (work.session.get_one(Feedback, one.feedback_id) for one in (letter, complaint))
        first, second = (one.reference for one in found)
        return first, second

    ombudsmans, complaint = web_portal.act(write)
    open_case(officer, ombudsmans)
    officer.follow("The Ombudsman’s reference, their decision, and the cases that it covers")
    officer.fill("The Ombudsman’s reference", "25 001 573")
    officer.choose("Closed after initial enquiries")
    officer.press("Save", status=422)
    officer.sees("There is a problem", "reason for not investigating")
    officer.choose("Upheld: fault and injustice")
    officer.press("Save")
    officer.fill("Reference of a case or a refusal that it covers", "2222-2222")
    officer.press("Add this one", status=422)
    officer.fill("Reference of a case or a refusal that it covers", complaint)
    officer.press("Add this one")
    officer.sees(complaint, "1 investigated, 1 of these upheld")
    officer.follow(complaint)
    officer.sees("What the Ombudsman decided", "25 001 573: Upheld: fault and injustice")
    covered = web_portal.ask(
        lambda: db.session.scalars(select(Feedback.reference).join(Case).join(OmbudsmanCover)).all()
    )
    assert covered == [complaint]
