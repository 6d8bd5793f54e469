"""The Ombudsman sends somebody back because the council has not answered them yet."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal import bank_holidays, clock
from portal.db import db
from portal.procedures.ombudsman_decision import OmbudsmanDecision
from portal.procedures.vocabulary import Category
from portal.procedures.working_days import Unit, after, in_full
from portal.records.case import CaseStage
from portal.records.ombudsman_matter import OmbudsmanMatter
from tests import matters
from tests.journeys import office
from tests.journeys.conftest import NewVisitor
from tests.journeys.live import Portal
from tests.journeys.office import choose
from tests.journeys.test_procedure import do, open_case
from tests.journeys.visitor import PHONE, Visitor

pytestmark = pytest.mark.service
LETTER = "We have had a complaint from Noor Whitfield. You have not answered it yet."
COMPLAINT = "I asked for the short breaks list in May. Nobody has written back."


def test_who_went_to_the_ombudsman_first_is_answered_from_the_day_the_letter_came(
    web_portal: Portal, visitor: NewVisitor
) -> None:
    came = clock.today() - timedelta(days=1)
    letter = office.write_in(web_portal, LETTER, category_said=Category.OMBUDSMAN)
    complaint = office.write_in(web_portal, COMPLAINT, received_on=came)
    officer = office.sit_down(web_portal, visitor)
    for reference, category, procedure in (
        (letter, "ombudsman", "duty"), (complaint, "complaint", "statutory"),
    ):  # fmt: skip
        officer.page.goto("/officers/")
        officer.follow(reference, look=False)
        nature = {"nature": "communication"} if category == "complaint" else {}
        choose(
            officer, category=category, team="disability", relationship="parent", **nature,
            procedure=procedure, risk="none", outcome="case_opened",
        )  # fmt: skip
        office.confirm(officer, look=False)

    close_as_not_ready(officer, letter, complaint)
    due = after(came, 10, Unit.WORKING_DAYS, bank_holidays.bundled()).due
    open_case(officer, complaint)
    officer.sees("25 009 114: Not ready for the Ombudsman", "Stage 1", f"Answer by {in_full(due)}")
    person = visitor(web_portal, width=PHONE)
    person.track(complaint, matters.words_of())
    person.sees("Stage 1", in_full(due))
    reference, decision, dates = web_portal.ask(kept)
    assert (reference, decision) == ("25 009 114", OmbudsmanDecision.NOT_READY)
    assert due in dates


def close_as_not_ready(officer: Visitor, letter: str, complaint: str) -> None:
    """End the Ombudsman's own matter without a finding, and name the complaint."""
    open_case(officer, letter)
    do(officer, "The Ombudsman closed it", last="Record it",
       Their_reason="The council has not had its chance to answer yet.")  # fmt: skip
    officer.follow("The Ombudsman’s reference, their decision, and the cases that it covers")
    officer.fill("The Ombudsman’s reference", "25 009 114")
    officer.choose("Not ready for the Ombudsman")
    officer.page.locator("select[name=declined]").select_option("next_stage_first")
    officer.press("Save")
    officer.fill("Reference of a case or a refusal that it covers", complaint)
    officer.press("Add this one")
    # A premature referral is no finding: nothing was investigated, and nothing upheld.
    officer.sees(complaint, "0 investigated, 0 of these upheld")


def kept() -> tuple[str | None, OmbudsmanDecision | None, list[date]]:
    """What is recorded of the Ombudsman, and the dates of all stages; inside the application."""
    matter = db.session.scalars(select(OmbudsmanMatter)).one()
    return matter.reference, matter.decision, list(db.session.scalars(select(CaseStage.due_on)))
