"""What the tour's world has besides matters: an advocate's drafts, one of them sent, files and a
letter in a young person's matter that they follow, how it went, and a published annual report."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.attachments import checking, storing
from portal.cases import advocacy, advocate_drafts, experiences, messages
from portal.cases.addresses import email_key
from portal.records.account import Account, Role
from portal.records.experience import Experienced
from portal.records.feedback import ContactWay, Feedback
from portal.records.message import Sender
from portal.reports import extract, publishing
from portal.reports.forms import html_form
from portal.web.advocate import starting
from portal.work import COMMAND, PUBLIC, Who, begin_work
from tests import matters
from tests.unit.attachments.invented import pdf
from tests.unit.reports import sample_report

REPORT = f"/annual-reports/{sample_report.YEAR.name}"


def add(own_public_id: str) -> None:
    """Add them, each in an act of its own; asked inside the application.

    Args:
        own_public_id: of a matter that the advocates follow.
    """
    with begin_work(COMMAND) as work:
        advocate = Who("advocate", _account(work.session, Role.ADVOCATE).id)
        manager = Who("staff", _account(work.session, Role.COMPLAINTS_MANAGER).id)
    with begin_work(advocate) as work:
        begun = [advocate_drafts.begin(work, advocate.account_id or 0) for _ in range(2)]
        for draft in begun:
            advocate_drafts.keep(work, draft, _answers())
        to_send = begun[1].public_id or ""
    assert starting.send(advocate, to_send)
    with begin_work(PUBLIC) as work:
        own = work.session.scalars(
            select(Feedback).where(Feedback.public_id == own_public_id)
        ).one()
        message = messages.add(work, own, Sender.PERSON, "This is the letter that I got.")
        storing.keep(work, checking.check("letter.pdf", pdf()), message=message)
        matters.make_letter(work, own)
    with begin_work(manager) as work:
        report = sample_report.report()
        seen = extract.fingerprint(extract.as_values(report))
        publishing.publish(work, report, html_form.body(report).encode(), seen)


def say_how_it_went(said_public_id: str, unsaid_public_id: str) -> None:
    """Let an advocate follow two matters that are over, and both they and the person say how one
    of them went.

    Args:
        said_public_id: of the one.
        unsaid_public_id: of the other.
    """
    with begin_work(COMMAND) as work:
        advocate = Who("advocate", _account(work.session, Role.ADVOCATE).id)
        wanted = select(Feedback).where(Feedback.public_id.in_([said_public_id, unsaid_public_id]))
        for feedback in work.session.scalars(wanted).all():
            advocacy.join(work, advocate.account_id or 0, feedback, matters.AGREED)
    with begin_work(advocate) as work:
        wanted = select(Feedback).where(Feedback.public_id == said_public_id)
        said = work.session.scalars(wanted).one()
        experiences.say(work, said, Experienced.BAD, "It took too long.")
        view = Experienced.IN_BETWEEN, "They were heard, but late."
        experiences.say_as_advocate(work, said, advocate.account_id or 0, *view)


def _answers() -> dict[str, object]:
    return {
        "name": "Sky",
        "story": "They moved me in the night and nobody packed my drawings.",
        "way": ContactWay.PORTAL_ONLY.value,
        "danger": "no",
        "scope": ["speak", "letters"],
        "how": "Face to face, in their room.",
    }


def _account(session: Session, role: Role) -> Account:
    key = email_key(f"{role.value}@people.example")
    return session.scalars(select(Account).where(Account.email_key == key)).one()
