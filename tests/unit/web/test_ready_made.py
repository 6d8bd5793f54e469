"""A component is made once for what it is given, and looks as if it were made each time."""

from datetime import date
from typing import Any

from flask import Flask, render_template_string
from flask.testing import FlaskClient
from markupsafe import Markup

from portal.records.account import Account
from portal.web.officer.find_form import DAYS, NAMES, SMALL, FindForm
from portal.web.officer.writing_forms import MessageForm
from portal.web.ready_made import KEPT, ready_box, ready_made
from portal.work import council as app_council

BUTTON = (
    '{% from "govuk_frontend_jinja/components/button/macro.html" import govukButton %}'
    "{{ ready_made(govukButton, given) }}|{{ govukButton(given) }}"
)


class Component:
    """Counts how often it is made."""

    name = "counted"

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, given: dict[str, Any]) -> Markup:
        self.made += 1
        return Markup("<b>{}</b>").format(given["text"])


def test_it_is_made_once_and_anew_for_other_words(app: Flask) -> None:
    component = Component()
    for text in ("One", "One", "Two", "One"):
        assert ready_made(component, {"text": text}) == f"<b>{text}</b>"
    assert component.made == 2
    assert ready_made(component, {"text": "<i>"}) == "<b>&lt;i&gt;</b>"
    # Markup and the same letters as plain text are not one.
    assert ready_made(component, {"text": Markup("<i>")}) == "<b><i></b>"


def test_it_is_the_component_itself(app: Flask) -> None:
    for text in ("Save & go on", "<b>", "Save & go on"):
        shown = render_template_string(BUTTON, given={"text": text}).split("|")
        assert shown[0] == shown[1] != ""


def test_an_empty_box_is_made_once_and_what_was_written_stays_with_its_page(app: Flask) -> None:
    hint = "They read it with their words."
    with app.test_request_context("/officers/"):
        empty = ready_box(MessageForm(formdata=None), "body", rows=6, hint=hint)
        assert empty == MessageForm(formdata=None).body(rows=6, hint=hint)
        assert ready_box(MessageForm(formdata=None), "body", rows=6, hint=hint) is empty
        assert ready_box(MessageForm(formdata=None), "body", rows=6, hint="<i>") != empty
        written = MessageForm(formdata=None, data={"body": "My own words"})
        assert "My own words" in ready_box(written, "body", rows=6, hint=hint)
        wrong = MessageForm(formdata=None)
        wrong.body.errors = ["Write your message"]
        assert "govuk-error-message" in ready_box(wrong, "body", rows=6, hint=hint)
        assert ready_box(MessageForm(formdata=None), "body", rows=6, hint=hint) == empty
    assert "My own words" not in repr(app.extensions["heard_components"])


def test_no_more_than_some_are_kept(app: Flask) -> None:
    component = Component()
    for number in range(KEPT + 5):
        ready_made(component, {"text": str(number)})
    assert len(app.extensions["heard_components"]) <= KEPT


def test_each_page_says_its_own_menu_and_person(client: FlaskClient) -> None:
    first = client.get("/how-complaints-work").text
    assert "NAVIGATION_END" not in first
    assert client.get("/how-complaints-work").text.count("<header") == first.count("<header") == 1


def filled(**answers: Any) -> FindForm:
    form = FindForm(formdata=None, data=answers)
    somebody = Account(public_id="a-public-id", name="Zsofia Quillfeather")
    form.offer(app_council(), [somebody], [somebody])
    return form


def test_each_filter_looks_as_if_it_were_made_for_its_page(app: Flask) -> None:
    answers = {"team": "send", "received_from": date(2026, 3, 27), "overdue": True}
    with app.test_request_context("/officers/find"):
        for form in (filled(), filled(), filled(**answers), filled()):
            for name in NAMES:
                given = SMALL if name in DAYS else {}
                assert form.box(name) == form[name](**given), name
        assert "checked" in filled(**answers).box("overdue")
        assert "selected" in str(filled(**answers).box("team")).partition('value="send"')[2][:12]
        assert 'value="27"' in filled(**answers).box("received_from")
        wrong = filled()
        wrong.received_to.errors = ["The last day must not be before the first"]
        assert "govuk-error-message" in wrong.box("received_to")
        other = filled()
        other.tag.choices = [("", "Any"), ("new", "Only here")]
        assert "Only here" in other.box("tag")
        assert "Only here" not in filled().box("tag")
        assert "Zsofia Quillfeather" in filled().box("officer")
    # Nobody's name stays between pages.
    assert "Quillfeather" not in repr(app.extensions["heard_components"])
