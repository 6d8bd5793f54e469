"""Every public sentence goes through the catalogues, and the catalogues hold nothing else."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from portal.catalogues import FILE, OURS, PLAIN, VALUE
from portal.correspondence.letter_sentences import sentence_of, sentences_of
from tests.catalogues.bare_words import bare_words
from tests.catalogues.collecting import TEMPLATE, as_file, collected, letters_to_the_public, updated

PAGES = Path(__file__).resolve().parents[2] / "portal" / "web" / "templates"
PUBLIC = (
    "account", "advocate", "errors", "information", "layout", "public", "reports", "sign_in",
    "supporter", "tracking", "young",
)  # fmt: skip
# English in every council, each with its reason.
FOR_STAFF = {
    "information/status.html": "read by whoever runs the portal",
    "advocate/organisation.html": "an organisation's accounts, kept as the council keeps its own",
    "advocate/colleague.html": "the same",
    "advocate/invite.html": "the same",
    "advocate/end.html": "the same",
}
# A part of a shared file that only officers' pages show.
SAID_TO_STAFF = {"How it is safe to reach this person"}
FIELD = re.compile(r"\{\{.*?\}\}")
ORDER_OR_FIELD = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
CATALOGUES = sorted(OURS.glob(f"*/{FILE}"))


def public_pages() -> list[str]:
    found = (path for folder in PUBLIC for path in (PAGES / folder).rglob("*.html"))
    return sorted({path.relative_to(PAGES).as_posix() for path in found} - set(FOR_STAFF))


def messages_of(path: Path) -> list[Message]:
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]


@pytest.fixture(scope="module")
def today() -> Catalog:
    return collected()


def test_the_template_has_the_sentences_of_today(today: Catalog) -> None:
    assert TEMPLATE.read_bytes() == as_file(today), "Run `make catalogues`."


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.name)
def test_each_catalogue_is_up_to_date(path: Path, today: Catalog) -> None:
    assert path.read_bytes() == updated(path, today), "Run `make catalogues`."


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.name)
def test_no_catalogue_holds_what_nobody_says_or_a_guess(path: Path, today: Catalog) -> None:
    with path.open("rb") as file:
        kept = read_po(file)
    assert not kept.obsolete
    for message in messages_of(path):
        assert not message.fuzzy, message.id
        assert today.get(message.id, message.context) is not None, message.id
        if path.parent.name.endswith(PLAIN):
            assert message.string not in ((), "", message.id), message.id


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parent.name)
def test_each_sentence_keeps_its_values(path: Path) -> None:
    for message in messages_of(path):
        wanted = set(VALUE.findall(str(message.id)))
        assert set(VALUE.findall(str(message.string))) <= wanted, message.id


@pytest.mark.parametrize("name", public_pages())
def test_no_public_page_says_english_past_its_catalogue(name: str) -> None:
    found = set(bare_words((PAGES / name).read_text(encoding="utf-8"))) - SAID_TO_STAFF
    assert not found


# An order of Jinja beside words would cut the sentence into pieces, which nobody can translate.
@pytest.mark.parametrize("path", letters_to_the_public(), ids=lambda path: path.name)
def test_each_line_of_a_letter_is_one_sentence(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence, fields = sentence_of(line), set(FIELD.findall(line))
        if sentence is None:
            assert not re.search(r"[A-Za-z]{2}", ORDER_OR_FIELD.sub("", line)), line
        else:
            assert set(sentence.fields.values()) == fields, f"two values of one name: {line}"


def test_the_template_has_the_sentences_of_letters(today: Catalog) -> None:
    said = {message.id for message in today}
    for path in letters_to_the_public():
        source = path.read_text(encoding="utf-8")
        assert {sentence.message for _, sentence in sentences_of(source)} <= said
    assert "It came on %(received_on)s." in said


def test_a_line_of_words_beside_an_order_is_no_sentence() -> None:
    assert sentence_of("We have read it{% if on %} on {{ on|day }}{% endif %}.") is None
    assert sentence_of("{{ point.number }}. {{ point.text }}") is None
    found = sentence_of("  By {{ promise.by|day }} {{ promise.what }}.")
    assert found is not None
    assert found.message == "By %(promise_by)s %(promise_what)s."


PLANTED = {
    "<p>We are late.</p>": "We are late.",
    "<p>{% if late %}We are late.{% endif %}</p>": "We are late.",
    "<p>{% trans %}We are late.{% endtrans %} Call us.</p>": "Call us.",
    '{{ govukButton({"text": "Send it"}) }}': "Send it",
    '{{ form.name(hint="as you like it") }}': "as you like it",
    '{{ _("Late") if late else "On time" }}': "On time",
    '<nav aria-label="Leave quickly">{{ link }}</nav>': "Leave quickly",
    '{% set back_text = "First page" %}': "First page",
}


@pytest.mark.parametrize("source", PLANTED)
def test_planted_english_is_found(source: str) -> None:
    assert list(bare_words(source)) == [PLANTED[source]]


def test_what_is_no_english_is_let_through() -> None:
    source = """{% extends "layout/public.html" %}{# Any words. #}
    {% block robots %}index{% endblock %}
    <a class="govuk-link" href="{{ url_for('public.start') }}">{% trans name=one.name %}Hello
    {{ name }}{% endtrans %}</a>&nbsp;{{ one.name }} {{ _("Back") }}
    <script>const words = "Not a page's words";</script>"""
    assert list(bare_words(source)) == []
