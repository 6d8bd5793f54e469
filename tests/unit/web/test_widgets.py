"""Forms: whatever is posted under whatever name, the page comes back with a message."""

import re
from datetime import date
from html import unescape
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length

from portal.catalogues import read_catalogues
from portal.procedures.vocabulary import Category
from portal.web import widgets
from portal.web.dates import GovDateField
from portal.web.govform import EXPIRED, GovForm, error_summary, init_forms
from portal.wording import init_wording

PAGE = """<form method="post" novalidate>{{ form.csrf_token }}
{{ form.kind(conditionals={"complaint": form.short()}) }}{{ form.name(autocomplete="name") }}
{{ form.when() }}{{ form.story(heading=True, rows=8) }}{{ form.ways() }}{{ form.team() }}
{{ form.agree() }}{{ form.password() }}{{ form.photo() }}{{ form.send() }}</form>
{{ error_summary(form) | tojson }}"""


class Everything(GovForm):
    """One field of each kind."""

    kind = RadioField(
        "Kind",
        choices=[SelectChoice(kind, kind.value) for kind in Category],
        coerce=Category,
        widget=widgets.Radios(hints={"complaint": "A thing went wrong"}, or_before="comment"),
        validators=[InputRequired("Choose one")],
    )
    name = StringField(
        "Name", widget=widgets.TextInput(), validators=[Length(max=9), DataRequired()]
    )
    when = GovDateField("When", validators=[InputRequired("Enter a date")])
    story = TextAreaField("Story", widget=widgets.TextArea(), validators=[Length(max=200)])
    short = TextAreaField("Short", widget=widgets.CharacterCount(20))
    ways = SelectMultipleField(
        "Ways",
        choices=[SelectChoice("email", "Email"), SelectChoice("none", "None")],
        widget=widgets.Checkboxes(or_before="none"),
    )
    team = SelectField(
        "Team",
        choices=[
            SelectChoice("first", "First", optgroup="Safety"),
            SelectChoice("night", "Night", optgroup="Safety"),
            SelectChoice("send", "SEND", optgroup="School"),
        ],
        widget=widgets.Select(),
    )
    agree = BooleanField("Agree", widget=widgets.Checkbox(), validators=[DataRequired("Tick it")])
    password = PasswordField("Password", widget=widgets.PasswordInput())
    photo = FileField("Photo", widget=widgets.FileInput(), description="Up to 10 MB")
    send = SubmitField("Send", widget=widgets.Submit())


KNOWN = ("kind", "name", "when", "story", "short", "ways", "team", "agree", "password", "photo")
NAMES = (*KNOWN, "send", "csrf_token", "when-day", "kind-2", "")


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask("portal", template_folder="web/templates", static_folder=None)
    app.secret_key = "only for tests"
    init_wording(app, read_catalogues(()))
    init_forms(app)

    @app.route("/", methods=["GET", "POST"])
    def page() -> tuple[str, int]:
        form = Everything()
        done = form.validate_on_submit()
        return render_template_string(PAGE, form=form), 200 if done or not form.errors else 422

    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=12)), max_size=14),
    st.sets(st.sampled_from(NAMES), max_size=3),
    st.booleans(),
)
def test_no_post_breaks_a_form(
    app: Flask, pairs: list[tuple[str, str]], file_names: set[str], csrf: bool
) -> None:
    app.config["WTF_CSRF_ENABLED"] = csrf
    data: MultiDict[str, Any] = MultiDict(pairs)
    for name in file_names:
        data.add(name, (BytesIO(b"\x00\xff"), "a.txt"))
    answer = app.test_client().post(
        "/", data=data, content_type="multipart/form-data" if file_names else None
    )
    # 413 is Werkzeug's own answer to a form beyond its limits.
    assert answer.status_code in (200, 422, 413)


@pytest.mark.parametrize("body", ["[1]", '"text"', '{"name": 3, "kind": null}', "{"])
def test_json_is_not_a_form(client: FlaskClient, body: str) -> None:
    assert client.post("/", data=body, content_type="application/json").status_code == 422


def test_a_file_under_a_name_for_words_is_not_taken(app: Flask) -> None:
    data = {"name": (BytesIO(b"x"), "x.txt"), "photo": (BytesIO(b"p"), "p.png")}
    with app.test_request_context("/", method="POST", data=data):
        form = Everything(meta={"csrf": False})
        assert form.name.data is None
        assert form.photo.data.filename == "p.png"


@settings(max_examples=100, deadline=None)
@example([" ", " ", "\r"])
@given(st.lists(st.text(max_size=6), max_size=5))
def test_a_date_is_a_date_or_a_message(app: Flask, values: list[str]) -> None:
    with app.test_request_context(
        "/", method="POST", data=MultiDict([("when", value) for value in values])
    ):
        form = Everything(meta={"csrf": False})
        form.validate()
        assert (form.when.data is None) == bool(form.when.errors)
        assert 'id="when-year"' in form.when()


@settings(max_examples=100, deadline=None)
@given(st.dates(), st.booleans())
def test_every_date_is_read_back(app: Flask, day: date, in_words: bool) -> None:
    month = date(2000, day.month, 1).strftime("%b")
    boxes = [str(day.day), month.upper() if in_words else str(day.month), f"{day.year:04}"]
    with app.test_request_context(
        "/", method="POST", data=MultiDict([("when", f" {box} ") for box in boxes])
    ):
        assert Everything(meta={"csrf": False}).when.data == day


@pytest.mark.parametrize(
    ("boxes", "message", "wrong"),
    [
        (["31", "2", "2026"], "When must be a real date, like 27 3 2026", ["day", "month", "year"]),
        (["3", "2", ""], "When must include a year", ["year"]),
        (["", "", "2026"], "When must include a day and a month", ["day", "month"]),
        (["3", "2", "26"], "Year must have 4 numbers, like 2026", ["year"]),
        (["3", "2"], "When must include a day, month and year", ["day", "month", "year"]),
        (["3", "ma", "2026"], "When must be a real date, like 27 3 2026", ["day", "month", "year"]),
        (["-3", "2", "2026"], "When must be a real date, like 27 3 2026", ["day", "month", "year"]),
    ],
)
def test_a_wrong_date_says_what_is_wrong_where(
    app: Flask, boxes: list[str], message: str, wrong: list[str]
) -> None:
    with app.test_request_context(
        "/", method="POST", data=MultiDict([("when", box) for box in boxes])
    ):
        form = Everything(meta={"csrf": False})
        form.validate()
        assert form.when.errors[0] == message
        html = form.when()
        marked = re.findall(r'class="[^"]*govuk-input--error[^"]*" id="when-(\w+)"', html)
        assert marked == wrong
        summary = error_summary(form)
        assert summary is not None
        assert {"text": message, "href": f"#when-{wrong[0]}"} in summary["errorList"]


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab \n<&\"'\t", max_size=30))
def test_words_come_back_as_they_were_typed(app: Flask, words: str) -> None:
    """Also inside a conditional of radios, where the macros indent what they enclose."""
    with app.test_request_context("/", method="POST", data={"short": words, "story": words}):
        form = Everything(meta={"csrf": False})
        html = form.kind(conditionals={"complaint": form.short()}) + form.story()
    shown = [unescape(text) for text in re.findall(r"<textarea[^>]*>(.*?)</textarea>", html, re.S)]
    # A browser drops one line break at the start of a text area.
    assert [text.removeprefix("\n") for text in shown] == [words, words]


def test_every_error_is_listed_with_a_link_that_can_take_focus(client: FlaskClient) -> None:
    html = client.post("/", data={"name": "far too long a name"}).text
    links = re.findall(r'"href": ?"#([\w-]+)"', unescape(html))
    assert {"kind", "name", "when-day", "agree"} <= set(links)
    for link in links:
        assert re.search(rf'<(input|select|textarea)[^>]* id="{link}"', html), link


def test_no_errors_no_summary(app: Flask) -> None:
    with app.test_request_context("/"):
        assert error_summary(Everything(), None) is None


def test_an_expired_token_keeps_the_words(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    html = app.test_client().post("/", data={"story": "My words", "csrf_token": "old"}).text
    assert "My words" in html
    assert EXPIRED in html


def test_choices_have_hints_and_an_or(client: FlaskClient) -> None:
    html = client.post("/", data={"kind": "compliment", "ways": ["email", "none"]}).text
    assert re.search(r'class="govuk-radios__divider">or<', html)
    assert "A thing went wrong" in html
    assert re.search(r'value="compliment" checked', html)
    assert not re.search(r'value="complaint" checked', html)
    assert 'data-behaviour="exclusive"' in html
    # A radio may not have aria-expanded, which the macro's own reveal would set.
    assert "data-aria-controls" not in html
    assert '<div class="govuk-radios__conditional" id="conditional-kind">' in html


def test_the_marks_that_upstream_gets_wrong(client: FlaskClient) -> None:
    html = client.get("/").text
    assert not re.search(r'class="govuk-hint">\s*</div>', html)
    assert " required" not in html
    assert html.count('rows="8"') == 1
    assert 'rows="5"' in html
    assert '<optgroup label="Safety">' in html
    assert '<h1 class="govuk-label-wrapper">' in html
    assert 'autocomplete="name"' in html


def test_a_password_is_never_sent_back(client: FlaskClient) -> None:
    assert "open sesame" not in client.post("/", data={"password": "open sesame"}).text


def test_nul_and_line_breaks_are_made_plain(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"story": "a\x00b\r\nc"}):
        assert Everything(meta={"csrf": False}).story.data == "ab\nc"


def test_a_date_that_is_known_stands_in_the_boxes_without_zeros(app: Flask) -> None:
    with app.test_request_context("/"):
        html = Everything(obj=SimpleNamespace(when=date(2026, 3, 7))).when()
    assert re.findall(r'value="(\d+)"', html) == ["7", "3", "2026"]
