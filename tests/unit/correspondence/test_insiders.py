"""What could reach somebody near a young person: nothing that the portal sends."""

import pytest
from sqlalchemy import select

from portal.correspondence import outbox
from portal.correspondence.insiders import NotAnInsider
from portal.procedures.vocabulary import Team
from portal.records.account import Role
from portal.records.feedback import Door
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import Work
from tests.matters import make_account, make_feedback

OUTSIDE = ("carer@home.example", "office@school.example", "mum@home.example")
FACTS = {"text": "Kim is kind.", "team_label": "Fostering"}


@pytest.mark.parametrize("address", OUTSIDE)
def test_no_letter_about_a_young_person_goes_to_somebody_near_them(
    work: Work, address: str
) -> None:
    feedback = make_feedback(work, may_tell=("parent", "carer", "home", "school"))
    with pytest.raises(NotAnInsider):
        outbox.post_to(work, LetterKind.COMPLIMENT_FOR_TEAM, address, FACTS, feedback=feedback)
    assert work.session.scalars(select(OutboxLetter)).all() == []


def test_the_councils_own_people_and_teams_are_written_to(work: Work) -> None:
    feedback = make_feedback(work)
    worker = make_account(work, Role.OFFICER, "kim@council.example")
    team = work.council.team(Team.CARE_PLANNING_COURT).email
    assert team is not None
    for address in (worker.email, team, work.council.advocacy.email.upper()):
        outbox.post_to(work, LetterKind.COMPLIMENT_FOR_TEAM, address, FACTS, feedback=feedback)
    assert len(work.session.scalars(select(OutboxLetter)).all()) == 3


def test_somebody_who_has_left_or_is_of_another_organisation_is_not(work: Work) -> None:
    feedback = make_feedback(work)
    gone = make_account(work, Role.OFFICER, "gone@council.example")
    gone.left_on = work.today
    advocate = make_account(work)
    work.session.flush()
    for account in (gone, advocate):
        with pytest.raises(NotAnInsider):
            outbox.post_to(
                work, LetterKind.COMPLIMENT_FOR_TEAM, account.email, FACTS, feedback=feedback
            )
    assert work.session.scalars(select(OutboxLetter)).all() == []


def test_adults_matters_are_not_held_up(work: Work) -> None:
    parents = make_feedback(work, door=Door.EVERYONE)
    letter = outbox.post_to(
        work, LetterKind.COMPLIMENT_FOR_TEAM, OUTSIDE[0], FACTS, feedback=parents
    )
    assert letter.to_email == OUTSIDE[0]
