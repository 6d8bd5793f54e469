"""Walking through a journey as a browser without scripts does: read a page, post it, follow."""

import re
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.db import db
from portal.records.feedback import Feedback

STORY = "The bus did not come on three days last week.\nNobody rang us back."
EVERYONE: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("what-kind", {"kind": "complaint"}),
    ("what-happened", {"story": STORY}),
    ("put-right", {"wanted": "A bus that comes."}),
    ("service", {"service": "Education", "about_whom": "Transport desk"}),
    ("you", {"relationship": "parent", "name": "Petra Quill"}),
    ("child", {"child": "Robin Quill"}),
    ("contact", {"way": "email", "email": "petra.quill@example.org"}),
    ("safe-contact", {"shared": "no", "care": "Not before nine."}),
    ("danger", {"danger": "no"}),
)
YOUNG: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("what-happened", {"story": "My bag got lost when I moved."}),
    ("help", {"danger": "no", "advocate": "yes"}),
    ("next", {"wanted": "A new bag", "kind": "complaint"}),
    ("contact", {"way": "phone", "phone": "01632 960 777", "name": "Sky"}),
    ("safe-contact", {"shared": "safe"}),
)


def walk(
    client: FlaskClient, folder: str, answers: tuple[tuple[str, Mapping[str, Any]], ...]
) -> TestResponse:
    """Answer every question in turn, following each redirect, and give the last page's answer."""
    client.post(f"/{folder}/begin-now")
    last = None
    for key, given in answers:
        page = client.get(f"/{folder}/{key}")
        assert page.status_code == 200, key
        last = client.post(f"/{folder}/{key}", data=given)
        assert last.status_code == 303, (key, last.text)
    assert last is not None
    return last


def told() -> list[Feedback]:
    """Every feedback there is."""
    db.session.rollback()
    return list(db.session.scalars(select(Feedback).order_by(Feedback.id)))


def words_on(page: TestResponse) -> list[str]:
    """The secret words that a page shows."""
    return re.findall(r'heard-words__word">([a-z]+)<', page.text)


def token_on(page: TestResponse) -> str:
    """The form token of a page."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert found is not None
    return found[1]
