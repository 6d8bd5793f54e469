"""A date typed in three boxes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from markupsafe import Markup
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from portal.marking import marked
from portal.web.macro_params import Params, merged, rendered, shared_params
from portal.wording import say, worded

_PARTS = ("day", "month", "year")
_LONGEST = 20
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
LABELS: Mapping[str, str] = {
    "day": marked("Day"),
    "month": marked("Month"),
    "year": marked("Year"),
}
MISSING: Mapping[tuple[str, ...], str] = {
    ("day",): marked("%(label)s must include a day"),
    ("month",): marked("%(label)s must include a month"),
    ("year",): marked("%(label)s must include a year"),
    ("day", "month"): marked("%(label)s must include a day and a month"),
    ("day", "year"): marked("%(label)s must include a day and a year"),
    ("month", "year"): marked("%(label)s must include a month and a year"),
}
NOT_ALL = marked("%(label)s must include a day, month and year")
NOT_REAL = marked("%(label)s must be a real date, like 27 3 2026")
SHORT_YEAR = marked("Year must have 4 numbers, like 2026")


class DateInput:
    """Day, month and year; only the boxes that are wrong are marked."""

    def __call__(self, field: "GovDateField", **kwargs: Any) -> Markup:
        """Show the field.

        Args:
            field: the date.
            kwargs: `heading`, `classes`, `hint` and `params`, as in `portal.web.widgets`.

        Returns:
            The markup.
        """
        params: Params = {
            "id": field.id,
            "items": [self._item(field, at) for at in range(len(_PARTS))],
            "fieldset": {"legend": {"text": worded(field.label.text)}},
        }
        params = merged(params, shared_params(field, kwargs, box="legend"))
        params = merged(params, kwargs.get("params") or {})
        return rendered("govuk_frontend_wtf/date.html", params)

    def _item(self, field: "GovDateField", at: int) -> Params:
        part = _PARTS[at]
        classes = f"govuk-input--width-{4 if part == 'year' else 2}"
        if field.errors and part in (field.wrong_parts or _PARTS):
            classes += " govuk-input--error"
        return {
            "label": worded(LABELS[part]),
            "id": f"{field.id}-{part}",
            "name": field.name,
            "value": field.typed()[at],
            "classes": classes,
        }


class GovDateField(Field):
    """A date from three boxes of one name; the month may be a word."""

    widget = DateInput()
    data: date | None

    def __init__(self, label: str | None = None, validators: Any = None, **kwargs: Any) -> None:
        """Make the field; the arguments are those of any WTForms field."""
        super().__init__(label, validators, **kwargs)
        self.wrong_parts: tuple[str, ...] = ()

    def typed(self) -> tuple[str, str, str]:
        """Return what stands in the boxes.

        Returns:
            Day, month and year as text: what was posted, else the date, else nothing.
        """
        if self.raw_data is not None:
            texts = [value for value in self.raw_data if isinstance(value, str)]
            day, month, year = ([*texts, "", "", ""])[:3]
            return day, month, year
        if self.data is None:
            return "", "", ""
        return str(self.data.day), str(self.data.month), str(self.data.year)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the three boxes.

        Args:
            valuelist: what was posted under the name: any number of anything.

        Raises:
            ValueError: with the sentence to show, when it is not a date.
        """
        self.data = None
        self.wrong_parts = ()
        if not any(str(value).strip() for value in valuelist):
            # White space is no answer: `InputRequired` looks at what was posted.
            self.raw_data = []
            return
        texts = [value.strip() for value in valuelist if isinstance(value, str)]
        if len(texts) != len(_PARTS) or len(valuelist) != len(_PARTS):
            raise ValueError(self._sentence(NOT_ALL))
        missing = tuple(part for part, text in zip(_PARTS, texts, strict=True) if not text)
        if missing:
            self.wrong_parts = missing
            raise ValueError(self._sentence(MISSING[missing]))
        if len(texts[2]) != 4:
            self.wrong_parts = ("year",)
            raise ValueError(worded(SHORT_YEAR))
        try:
            self.data = date(_number(texts[2]), _month(texts[1]), _number(texts[0]))
        except ValueError:
            raise ValueError(self._sentence(NOT_REAL)) from None

    def pre_validate(self, form: BaseForm) -> None:
        """Stop at what `process_formdata` found, which says more than "Enter a date".

        Args:
            form: the form of this field.

        Raises:
            StopValidation: the date could not be read.
        """
        if self.process_errors:
            raise StopValidation

    def _sentence(self, pattern: str) -> str:
        # A label is often a question, and a question cannot begin a sentence.
        label = str(self.label.text)
        return say(pattern, label=say("The date") if label.endswith("?") else worded(label))


def _number(text: str) -> int:
    if len(text) > _LONGEST or not text.isdecimal():
        raise ValueError("not a number")
    return int(text)


def _month(text: str) -> int:
    word = text.lower().rstrip(".")
    if len(word) >= 3:
        for number, month in enumerate(_MONTHS, start=1):
            if month.startswith(word):
                return number
    return _number(text)
