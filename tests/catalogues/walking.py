"""A walk over every page that people outside see, in a browser without scripts: filled, left empty
and wrong."""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.web.journey import Journey
from portal.web.public.questions import JOURNEY as EVERYONE
from portal.web.young.questions import JOURNEY as YOUNG
from tests import matters
from tests.unit.web.journey_steps import words_on

OPEN = (
    "/", "/give-feedback", "/young-people/", "/give-feedback/come-back", "/give-feedback/check",
    "/young-people/check", "/give-feedback/sent", "/young-people/sent", "/track",
    "/track/link-by-email", "/track/link/none-such", "/supporter/ended",
    "/supporter/link/none-such", "/privacy", "/young-people/privacy", "/how-complaints-work",
    "/young-people/how-complaints-work", "/accessibility", "/annual-reports", "/none-such",
    "/young-people/begin-now", "/track/matter", "/supporter/matter",
)  # fmt: skip
LONG = "longer than a line " * 30
# What makes each page say what is wrong with it.
WRONG: Mapping[str, tuple[Mapping[str, Any], ...]] = {
    "what-kind": ({"kind": "compliment"},),
    "what-happened": ({"add": "1"}, {"story": "x" * 200_001}),
    "you": ({"name": LONG},),
    "contact": tuple({"way": way} for way in ("email", "text", "phone", "post")),
}
ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "what-kind": {"kind": "complaint"},
    "elsewhere": {"elsewhere": ["court", "plan", "school", "place", "others"]},
    "what-happened": {"story": "It was lost."},
    "points": {"point_1": "It was lost.", "point_2": "It was late."},
    "put-right": {"wanted": "A new one."},
    "you": {"acting_for": "own_child", "relationship": "parent", "name": "Qwx"},
    "child": {"child": "Qwx"},
    "contact": {"way": "email", "email": "qwx@people.example", "may_tell": ["parent", "school"]},
    "safe-contact": {"shared": "safe", "others": "neutral", "good_time": "daytime"},
    "adjustments": {"needs": ["audio"], "language": "Qwx"},
    "help": {"danger": "not_sure", "advocate": "yes"},
    "next": {"kind": "complaint", "about_whom": "Qwx"},
    "danger": {"danger": "yes"},
}
Begin = Callable[[FlaskClient], None]
# Its name, and its HTML.
Page = tuple[str, str]


def pages(app: Flask, begin: Begin, followed: Mapping[str, tuple[str, str]]) -> Iterator[Page]:
    """Every page with its name.

    Args:
        app: an application in which matters can be followed.
        begin: what is done in each new browser first.
        followed: reference and secret words of matters, by a name for where they stand.
    """
    client = _browser(app, begin)
    for path in OPEN:
        yield path, client.get(path).text
    yield "method", client.post("/privacy").text
    yield "empty track", client.post("/track", data={}).text
    wrong = {"reference": "7KQM-2XVD", "words": "not the right words"}
    yield "wrong track", client.post("/track", data=wrong).text
    yield "wrong come back", client.post("/give-feedback/come-back", data=wrong).text
    link = client.post("/track/link-by-email", data=wrong, follow_redirects=True)
    yield "link asked", link.text
    yield "empty link", client.post("/track/link-by-email", data={}).text
    for journey in (EVERYONE, YOUNG):
        yield from _door(_browser(app, begin), journey)
    yield from _thanks(_browser(app, begin))
    for name, (reference, words) in followed.items():
        yield from _matter(_browser(app, begin), name, reference, words)
    yield from _supporter(app, begin, *next(iter(followed.values())))


def _browser(app: Flask, begin: Begin) -> FlaskClient:
    client = app.test_client()
    begin(client)
    return client


def _door(client: FlaskClient, journey: Journey) -> Iterator[Page]:
    folder = journey.folder
    for question in journey.questions:
        if question.on_check:
            continue
        path = f"/{folder}/{question.key}"
        yield path, client.get(path).text
        for wrong in ({}, *WRONG.get(question.key, ())):
            yield f"{path} {sorted(wrong)}", client.post(path, data=wrong).text
        yield f"{path} file", _with_file(client, path).text
        answered = client.post(path, data=ANSWERS.get(question.key, {}))
        yield f"{path} answered", answered.text
        yield f"{path} again", client.get(path).text
    if journey.saves:
        saved = client.post(f"/{folder}/put-right", data={"wanted": "A pen.", "save": "1"})
        yield "saved", client.get(saved.location).text
        yield "saved again", client.get(saved.location).text
        yield "left", client.post(f"/{folder}/leave", follow_redirects=True).text
        client.get(saved.location)
    yield f"{folder} check", client.get(f"/{folder}/check").text
    sent = client.post(f"/{folder}/check", follow_redirects=True)
    yield f"{folder} sent", sent.text
    yield f"{folder} late answer", client.post(f"/{folder}/what-happened", data={}).text
    for page in ("equality", "equality"):
        yield f"{folder} {page}", client.get(f"/{folder}/{page}", follow_redirects=True).text
        kept = client.post(f"/{folder}/{page}", data={"sex": "other"}, follow_redirects=True)
        yield f"{folder} {page} kept", kept.text
    again = client.post(f"/{folder}/start-again", follow_redirects=True)
    yield f"{folder} start again", again.text


def _with_file(client: FlaskClient, path: str) -> TestResponse:
    """A file of a kind that is not taken, in whatever box the page has for one."""
    posted = {"file": (BytesIO(b"MZ nothing"), "qwx.exe"), "voice": (BytesIO(b""), "qwx.mp3")}
    return client.post(path, data={**posted, "add": "1"})


def _thanks(client: FlaskClient) -> Iterator[Page]:
    """Thanks take two pages, and something to say beside the Send button."""
    path = "/give-feedback"
    client.post(f"{path}/what-kind", data={"kind": "compliment", "praise": "Kim was kind."})
    yield "thanks check", client.get(f"{path}/check").text
    yield "thanks wrong", client.post(f"{path}/check", data={"signed": LONG}).text
    yield "thanks sent", client.post(f"{path}/check", follow_redirects=True).text


def _matter(client: FlaskClient, name: str, reference: str, words: str) -> Iterator[Page]:
    """One matter at /track, with everything that may be asked or answered there."""
    page = matters.enter(client, reference, words)
    assert page.status_code == 302, (name, page.text)
    yield name, client.get("/track/matter").text
    for path, said in (
        ("", {}),
        ("", {"message": "Hello."}),
        ("/points/1/1/dispute", {}),
        ("/points/1/agree", {}),
        ("/next-step", {"words": "x" * 20_001}),
        ("/stop", {"why": "x" * 20_001}),
        ("/how-it-went", {}),
        ("/how-it-went", {"code": "bad"}),
        ("/advocate", {}),
        ("/advocate", {}),
        ("/reach", {}),
        ("/reach", {"way": "text", "mobile": "1"}),
        ("/reach", {"way": "portal_only", "good_time": "any", "others": "neutral"}),
        ("/reach/stop", {}),
        ("/supporter", {}),
        ("/advocates/none-such/end", {}),
        ("/allow/none-such", {}),
        ("/supporters/none-such/end", {}),
        ("/next-step", {}),
        ("/no-next-step", {}),
        ("/stop", {}),
    ):
        done = client.post(f"/track/matter{path}", data=said, follow_redirects=True)
        yield f"{name} {path} {sorted(said)}", done.text
    yield f"{name} reach", client.get("/track/matter/reach").text
    yield f"{name} supporter", client.get("/track/matter/supporter").text
    yield f"{name} new words", client.post("/track/matter/new-words").text
    yield f"{name} end", client.post("/track/end", follow_redirects=True).text
    yield f"{name} too late", client.post("/track/matter", data={"message": "Hello."}).text


def _supporter(app: Flask, begin: Begin, reference: str, words: str) -> Iterator[Page]:
    """A young person lets somebody in, who reads and writes."""
    client, other = _browser(app, begin), _browser(app, begin)
    sent = client.post("/young-people/what-happened", data={"story": "It was lost."})
    assert sent.status_code == 303
    shown = client.post("/young-people/check", follow_redirects=True)
    number = shown.text.partition('heard-reference">')[2].partition("<")[0]
    matters.enter(client, number, " ".join(words_on(shown)))
    said = {"name": "Qwx", "scope": ["speak", "letters", "decide"], "days": "7"}
    made = client.post("/track/matter/supporter", data=said)
    yield "supporter made", made.text
    link = "/supporter/link/" + made.text.partition("/supporter/link/")[2].partition("<")[0]
    yield "supporter link", other.get(link).text
    yield "supporter matter", other.post(link, follow_redirects=True).text
    yield "supporter empty", other.post("/supporter/matter", data={}).text
    for path in ("/next-step", "/stop", "/points/1/agree", "/points/1/1/dispute"):
        done = other.post(f"/supporter/matter{path}", data={}, follow_redirects=True)
        yield f"supporter {path}", done.text
    yield "followers", client.get("/track/matter").text
    yield "supporter closed", other.post("/supporter/close", follow_redirects=True).text
