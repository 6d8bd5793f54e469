"""A party's details are changed with their history, and found again by what stands there now."""

from sqlalchemy import select

from portal.cases import addresses, contact_details
from portal.cases.contact_details import Details
from portal.cases.receiving import NewParty
from portal.records.audit_event import AuditEvent
from portal.records.feedback import Door
from portal.records.party import PartyRole
from portal.records.safe_contact_rule import SaidBy
from portal.work import Work
from tests.matters import make_feedback

WRITER = NewParty(PartyRole.COMPLAINANT, "Wren Marlow", "wren@post.example", "01632 960461")


def test_what_stood_there_is_kept_with_who_and_why(work: Work) -> None:
    feedback = make_feedback(work, parties=(WRITER,))
    (party,) = contact_details.parties(work.session, feedback)
    new = Details("Wren Marlow", "new@post.example", None, None)
    changed = contact_details.change(work, feedback, party, new, SaidBy.OFFICER, "She rang.")
    assert changed == ("email", "phone")
    rows = {row.field: row for row in contact_details.history(work.session, feedback)}
    assert (rows["email"].before, rows["email"].after) == ("wren@post.example", "new@post.example")
    assert (rows["phone"].before, rows["phone"].after) == ("01632 960461", None)
    assert {row.reason for row in rows.values()} == {"She rang."}
    assert party.email_key == addresses.email_key("new@post.example")
    assert party.phone_key is None


def test_the_trail_names_fields_and_no_words(work: Work) -> None:
    feedback = make_feedback(work, parties=(WRITER,))
    (party,) = contact_details.parties(work.session, feedback)
    contact_details.change(work, feedback, party, Details("Robin Quill"), SaidBy.PERSON)
    rows = work.session.scalars(
        select(AuditEvent).where(AuditEvent.act == "contact_details_changed")
    ).all()
    assert [row.fields for row in rows] == [["email", "name", "phone"]]


def test_nothing_different_is_nothing_changed(work: Work) -> None:
    feedback = make_feedback(work, parties=(WRITER,))
    (party,) = contact_details.parties(work.session, feedback)
    same = Details(" Wren Marlow ", "wren@post.example", "01632 960461", "")
    assert contact_details.change(work, feedback, party, same, SaidBy.OFFICER, "x") == ()
    assert contact_details.history(work.session, feedback) == []


def test_the_persons_own_details_are_never_somebody_elses(work: Work) -> None:
    child = NewParty(PartyRole.YOUNG_PERSON, "Pip Marlow", "pip@post.example")
    adult = make_feedback(work, door=Door.EVERYONE, parties=(child,), relationship_said=None)
    own = contact_details.the_persons_own(work, adult)
    assert (own.role, own.email) == (PartyRole.COMPLAINANT, None)
    young = make_feedback(work, parties=(child,))
    assert contact_details.the_persons_own(work, young).email == "pip@post.example"
