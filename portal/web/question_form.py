"""The base of a question's form: what was answered, as it is kept and as it is read back."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

from wtforms import Field, FileField, Form, SelectField, SelectMultipleField, ValidationError

from portal.cases.receiving import LONGEST_STORY
from portal.marking import marked
from portal.web.govform import GovForm
from portal.wording import worded

LONGEST_LINE = 300
Answer = dict[str, Any]
Names = Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """One line of "check your answers"; an empty value is shown as not given."""

    name: str
    value: str


class QuestionForm(GovForm):
    """One page of a journey.

    A form names its fields as no other form of its journey does, so that all answers together
    are one flat set of names.
    """

    # What "check your answers" calls a field, where its label is too long for that.
    NAMES: ClassVar[Names] = MappingProxyType({})
    # Fields of which one must be filled before the whole can be sent.
    NEEDED: ClassVar[tuple[str, ...]] = ()
    NEEDED_SENTENCE = marked("Answer this question to go on")

    def answer(self) -> Answer:
        """What was answered: plain values by field name, files and tokens left out."""
        return {field.name: _plain(field.data) for field in self.own_fields()}

    def own_fields(self) -> Iterator[Field]:
        """The fields that hold an answer."""
        for field in self:
            if field.name != "csrf_token" and not isinstance(field, FileField):
                yield field

    def rows(self) -> list[Row]:
        """The answers in words, in the form's order."""
        return [Row(self.name_of(field), _in_words(field)) for field in self.own_fields()]

    def name_of(self, field: Field) -> str:
        """What "check your answers" calls a field."""
        return worded(self.NAMES.get(field.name, str(field.label.text)))

    def say_needed(self) -> None:
        """Put the sentence beside the first field that is needed."""
        field = self[self.NEEDED[0]]
        field.errors = [*field.errors, self.NEEDED_SENTENCE]


def at_most(longest: int, sentence: str) -> Callable[[Form, Field], None]:
    """A validator without the `maxlength` attribute, with which a browser would cut words off.

    Args:
        longest: characters allowed.
        sentence: what to say beyond that.
    """

    def check(_form: Form, field: Field) -> None:
        if len(field.data or "") > longest:
            raise ValidationError(sentence)

    return check


def trimmed(text: str | None) -> str | None:
    """A filter for one-line boxes: no spaces around what was typed."""
    return text.strip() if text else text


short_line = at_most(LONGEST_LINE, marked("This must be 300 characters or fewer"))
long_words = at_most(
    LONGEST_STORY,
    marked(
        "This is longer than 200,000 characters. Your words are still in the box. Make them "
        "shorter, or send the rest as a document."
    ),
)


def _plain(value: Any) -> Any:
    # Choices of an enumeration become their code, which is what is kept.
    if isinstance(value, list):
        return [str(one) for one in value]
    return value if isinstance(value, bool) or value is None else str(value)


def _in_words(field: Field) -> str:
    if isinstance(field, SelectMultipleField):
        chosen = set(field.data or ())
        return "\n".join(
            worded(text) for value, text, *_ in field.iter_choices() if value in chosen
        )
    if isinstance(field, SelectField):
        # Also buttons to choose one of. In a list stands a line for "nothing", which is no answer.
        texts = (text for value, text, *_ in field.iter_choices() if value and value == field.data)
        return worded(next(texts, ""))
    return str(field.data or "")
