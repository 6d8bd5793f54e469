"""My work: what waits for whoever is signed in, by date, each a link to the page that ends it."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import my_work
from portal.cases.my_work import Line, Waits
from portal.db import db
from portal.procedures.working_days import relative_words
from portal.web.access import opens_to, visible
from portal.web.officer.blueprint import pages, staff
from portal.work import begin_work, counting_council

WORDS: Mapping[Waits, str] = {
    Waits.DECIDE: "Decide on what goes to you alone",
    Waits.GIVE: "Say who answers what goes to you alone",
    Waits.TAKE: "Take a case, or hand it back",
    Waits.SPEAK: "Speak to the person",
    Waits.WRITE: "Write the answer",
    Waits.MEND: "Mend the answer that came back",
    Waits.SIGN: "Sign an answer",
    Waits.SIGN_AGAIN: "Send the changed answer to be signed again",
    Waits.SEND: "Send the signed answer",
    Waits.ANSWER: "Answer a colleague’s question",
    Waits.READ_ANSWER: "Read a colleague’s answer",
    Waits.PROMISE: "Keep a promise",
}
PAGES: Mapping[Waits, str] = {
    Waits.DECIDE: "officer.item",
    Waits.GIVE: "officer.answering",
    Waits.TAKE: "officer.answering",
    Waits.WRITE: "officer.answer_draft",
    Waits.MEND: "officer.answer_draft",
    Waits.SIGN: "officer.answer_draft",
    Waits.SIGN_AGAIN: "officer.answer_draft",
    Waits.READ_ANSWER: "officer.tasks",
    Waits.SEND: "officer.answer_draft",
}


@pages.get("/my-work", endpoint="my_work")
@opens_to(Act.LIST)
def my_work_page() -> ResponseReturnValue:
    """What waits, by date."""
    with begin_work(staff()) as work:
        lines = my_work.waiting(work, visible)
        audit.note(work, "my_work_viewed")
    today, calendar = clock.today(), counting_council(db.session()).calendar
    return render_template(
        "officer/my_work.html",
        rows=[
            {
                "words": WORDS[line.waits],
                "href": _address(line),
                "reference": line.reference,
                "part": line.part,
                "due_on": line.due_on,
                "relative": relative_words(line.due_on, today, calendar) if line.due_on else "",
                "late": line.due_on is not None and line.due_on < today,
            }
            for line in lines
        ],
    )


def _address(line: Line) -> str:
    if line.waits is Waits.ANSWER:
        return url_for("officer.task", task_id=line.key)
    part = {"part": line.part} if line.part > 1 else {}
    matter: dict[str, Any] = {"public_id": line.matter, **part}
    if line.waits is Waits.SPEAK:
        return url_for("officer.event", code="meeting_held", **matter)
    if line.waits is Waits.PROMISE:
        return url_for("officer.promise", remedy_id=line.key, **matter)
    return url_for(PAGES[line.waits], **matter)
