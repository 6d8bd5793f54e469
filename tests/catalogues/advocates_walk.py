"""A walk over the pages of advocates: what they follow, what they write, and what their provider is
asked."""

import re
from collections.abc import Iterator
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.db import db
from portal.records.agreed_scope import Scope
from portal.records.outbox_letter import LetterKind, OutboxLetter
from portal.work import WORKER, begin_work
from tests import matters
from tests.catalogues.walking import Begin, Page
from tests.unit.web import advocate_pages
from tests.unit.web.test_advocate_scope import asks_for_a_yes

STARTED = {
    "name": "Qwx", "story": "It was lost.", "added": "I saw it.", "danger": "yes", "urgent": "Qwx",
    "way": "portal_only", "scope": ["speak", "letters", "decide"], "how": "Face to face.",
}  # fmt: skip
A_DAY = ["31", "12", "2099"]


def pages(app: Flask, begin: Begin) -> Iterator[Page]:
    """Every page of an advocate with its name."""
    client = advocate_pages.signed_in(app)
    begin(client)
    yield "no advocates", client.get("/advocates/").text
    whole = advocate_pages.followed(*Scope)
    over = advocate_pages.over(advocate_pages.followed(*Scope))
    seen = advocate_pages.followed(Scope.SEE)
    asks_for_a_yes(whole)
    with begin_work(WORKER) as work:
        matters.make_letter(work, whole)
    yield "advocates", client.get("/advocates/").text
    for feedback in (whole, seen, over):
        yield from _matter(client, f"/advocates/{feedback.public_id}")
    yield "advocate's view", _at_track(app, begin, over.reference)
    yield from _joining(client, seen.reference)
    yield from _starting(client)
    yield from _referral(app, begin)


def _matter(client: FlaskClient, path: str) -> Iterator[Page]:
    yield path, client.get(path).text
    for part, said in (
        ("", {}),
        ("", {"message": "Hello."}),
        ("/points/1/1/dispute", {}),
        ("/points/1/agree", {}),
        ("/how-it-went", {}),
        ("/how-it-went", {"code": "bad"}),
        ("/how-it-went", {"code": "good"}),
        ("/notes", {}),
        ("/notes", {"note": "Hello."}),
        ("/hand-over", {}),
        ("/hand-over/take-back", {}),
        ("/next-step", {}),
        ("/no-next-step", {}),
        ("/stop", {"why": "x" * 20_001}),
        ("/stop", {}),
        ("/leave", {}),
    ):
        done = client.post(f"{path}{part}", data=said, follow_redirects=True)
        yield f"{path}{part} {sorted(said)}", done.text


def _at_track(app: Flask, begin: Begin, reference: str) -> str:
    person = app.test_client()
    begin(person)
    matters.enter(person, reference)
    return person.get("/track/matter").text


def _joining(client: FlaskClient, reference: str) -> Iterator[Page]:
    yield "join", client.get("/advocates/join").text
    yield "join empty", client.post("/advocates/join", data={}).text
    wrong = {"reference": reference, "words": "not the right words"}
    yield "join wrong", client.post("/advocates/join", data=wrong).text
    right = {"reference": reference, "words": matters.words_of()}
    yield "joining", client.post("/advocates/join", data=right, follow_redirects=True).text
    for day in (["1", "", ""], ["1", "1", "99"], ["1", "1", "2001"], ["99", "1", "2099"], A_DAY):
        said = {"scope": ["speak"], "how": "", "last_day": day}
        joined = client.post("/advocates/join/confirm", data=said, follow_redirects=True)
        yield f"joined {day}", joined.text
    yield "ask", client.get("/advocates/ask").text
    yield "ask empty", client.post("/advocates/ask", data={}).text
    said = {"reference": "7KQM-2XVD", "how": "Face to face."}
    yield "asked", client.post("/advocates/ask", data=said, follow_redirects=True).text


def _starting(client: FlaskClient) -> Iterator[Page]:
    yield "start", client.get("/advocates/start").text
    empty = {"check": "1", "way": "email"}
    yield "start empty", client.post("/advocates/start", data=empty, follow_redirects=True).text
    saved = client.post("/advocates/start", data={**STARTED, "save": "1"}, follow_redirects=True)
    yield "saved", saved.text
    begun = client.post("/advocates/start", data={**STARTED, "check": "1"})
    yield "draft", client.get(begun.location.removesuffix("/check")).text
    yield "check", client.get(begun.location).text
    sent = client.post(begun.location.replace("/check", "/send"), follow_redirects=True)
    yield "sent", sent.text


def _referral(app: Flask, begin: Begin) -> Iterator[Page]:
    """What the provider is asked, by the link of its letter."""
    young, provider = app.test_client(), app.test_client()
    begin(provider)
    young.post("/young-people/what-happened", data={"story": "It was lost."})
    young.post("/young-people/help", data={"advocate": "yes"})
    young.post("/young-people/check")
    db.session.rollback()
    wanted = select(OutboxLetter).where(OutboxLetter.kind == LetterKind.ADVOCACY_REFERRAL)
    letter = db.session.scalars(wanted.order_by(OutboxLetter.id.desc())).first()
    assert letter is not None
    found = re.search(r"https?://[^/\s]+(/\S+)", letter.body)
    assert found is not None
    link = found[1]
    yield "referral", provider.get(link).text
    today = letter.written_at.date() + timedelta(days=30)
    later = [str(today.day), str(today.month), str(today.year)]
    for said in (
        {},
        {"answer": "declined"},
        {"answer": "accepted", "advocate": "Qwx", "appointed_on": later},
        {"answer": "accepted"},
        {"answer": "declined", "why_not": "No one."},
    ):
        yield f"referral {sorted(said)}", provider.post(link, data=said).text
    yield "referral ended", provider.get(link).text
