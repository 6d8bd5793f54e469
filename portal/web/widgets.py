"""GOV.UK form parts for WTForms: govuk-frontend-wtf's widgets, repaired and typed.

A visitor may post anything under any name: nothing, one value too many, a file where words belong.
Each part here shows such a post again with a message; none may answer with a server error.

Keywords that every part takes when a template shows it, beside its attributes:
`heading=True` makes the label the page's h1; `classes` and `hint` set those; `params` is merged
into the macro's parameters.
"""

import re
from collections.abc import Mapping
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import (  # type: ignore[import-untyped, unused-ignore]
    GovCharacterCount,
    GovFileInput,
    GovPasswordInput,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from markupsafe import Markup, escape
from wtforms import Field

from portal.web.macro_params import Params, merged, rendered, shared_params, showing
from portal.wording import say, worded

# What the macros take by name. As attributes they would be printed a second time.
_MACRO_NAMES = ("autocapitalize", "autocomplete", "inputmode", "pattern", "rows", "spellcheck")

# Only inside a tag: what a person typed has its quotation marks escaped and cannot match.
_CONTROLS = re.compile(r' data-aria-controls="[^"<>]*"')


class _Repaired:
    """What all single-box parts have in common, around upstream's own mapping."""

    template: str

    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        own = {name: kwargs.pop(name, None) for name in ("heading", "classes", "hint", "params")}
        if "class_" in kwargs:
            own["classes"] = kwargs.pop("class_")
        html: Markup = super().__call__(field, own=own, **kwargs)  # type: ignore[misc]
        return html

    def map_gov_params(self, field: Field, **kwargs: Any) -> Params:
        own: Params = kwargs.pop("own", {})
        params: Params = super().map_gov_params(field, **kwargs)  # type: ignore[misc]
        attributes = params["attributes"]
        # "required" makes some screen readers call an untouched box wrong; the server checks.
        attributes.pop("required", None)
        for name in _MACRO_NAMES:
            if name in attributes:
                params[name] = attributes.pop(name)
        params["label"] = {"text": worded(field.label.text)}
        params = merged(params, shared_params(field, own, box="label"))
        if not params.get("hint"):
            params.pop("hint", None)
        return merged(params, own.get("params") or {})


class TextInput(_Repaired, GovTextInput):  # type: ignore[misc, unused-ignore]
    """One line of text. `type="email"`, `autocomplete` and the like are given as keywords."""


class PasswordInput(_Repaired, GovPasswordInput):  # type: ignore[misc, unused-ignore]
    """A password; what was typed is never sent back."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> Params:
        """Add what the button says that shows it."""
        return showing() | super().map_gov_params(field, **kwargs)


class FileInput(_Repaired, GovFileInput):  # type: ignore[misc, unused-ignore]
    """The browser's plain file box: the enhanced one has a label axe rejects (WCAG 2.5.3)."""


class _KeepsLines(_Repaired):
    def map_gov_params(self, field: Field, **kwargs: Any) -> Params:
        params = super().map_gov_params(field, **kwargs)
        params["value"] = _on_one_line(str(params.get("value") or ""))
        return params


class TextArea(_KeepsLines, GovTextArea):  # type: ignore[misc, unused-ignore]
    """Several lines of text."""


class CharacterCount(_KeepsLines, GovCharacterCount):  # type: ignore[misc, unused-ignore]
    """Several lines of text with a count of what is left."""

    def __init__(self, maxlength: int, threshold: int = 0) -> None:
        """Make the part.

        Args:
            maxlength: characters allowed; give the field `Length(max=…)` as well.
            threshold: from how many per cent the count is shown.
        """
        super().__init__()
        self.maxlength = maxlength
        self.threshold = threshold

    def map_gov_params(self, field: Field, **kwargs: Any) -> Params:
        """Add the limit to the parameters."""
        params: Params = super().map_gov_params(field, **kwargs)
        return {"maxlength": self.maxlength, "threshold": self.threshold} | _counting() | params


class Submit(GovSubmitInput):  # type: ignore[misc, unused-ignore]
    """The button of a form. With scripts on, a double press is one press."""

    def map_gov_params(self, field: Field, **kwargs: Any) -> Params:
        """Name the classes and stop double presses."""
        classes = kwargs.pop("classes", kwargs.pop("class_", None))
        params: Params = super().map_gov_params(field, **kwargs)
        params["attributes"].pop("required", None)
        params["text"] = worded(field.label.text)
        # Nothing points at a button, and a page may hold several forms.
        params.pop("id", None)
        params["attributes"].pop("id", None)
        return {"preventDoubleClick": True, "classes": classes} | params


class Select:
    """A list to choose from; choices given by group are shown by group."""

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        """Show the field.

        Args:
            field: a SelectField.
            kwargs: see the module.

        Returns:
            The markup.
        """
        groups = field.iter_groups() if field.has_groups() else [(None, list(field.iter_choices()))]
        params: Params = {
            "id": field.id,
            "name": field.name,
            "label": {"text": worded(field.label.text)},
            "groups": [
                {
                    "label": worded(label) if label else None,
                    "items": [
                        {"value": choice[0], "text": worded(choice[1]), "selected": choice[2]}
                        for choice in choices
                    ],
                }
                for label, choices in groups
            ],
        }
        params = merged(params, shared_params(field, kwargs, box="label"))
        params = merged(params, kwargs.get("params") or {})
        return rendered("layout/select.html", params)


class _Choices:
    """Radios and checkboxes: one question, its choices, a hint under each where it helps."""

    template: str

    def __init__(
        self,
        hints: Mapping[str, str] | None = None,
        or_before: str | None = None,
        classes: str = "",
    ) -> None:
        """Make the part.

        Args:
            hints: a hint for a choice, by its value.
            or_before: the value of the choice that is set off by an "or".
            classes: classes of the group, such as `govuk-radios--inline`.
        """
        self.hints = hints or {}
        self.or_before = or_before
        self.classes = classes

    def __call__(self, field: Any, **kwargs: Any) -> Markup:
        """Show the field.

        Args:
            field: a RadioField or SelectMultipleField.
            kwargs: see the module; also `hints`, `or_before`, and `conditionals`, the markup to
                reveal under a choice by its value.

        Returns:
            The markup.
        """
        params: Params = {
            "idPrefix": field.id,
            "name": field.name,
            "items": self._items(field, kwargs),
            "fieldset": {"legend": {"text": worded(field.label.text)}},
            "classes": self.classes,
        }
        params = merged(params, shared_params(field, kwargs, box="legend"))
        params = merged(params, kwargs.get("params") or {})
        return _revealed_by_style(rendered(self.template, params))

    def _items(self, field: Any, kwargs: Mapping[str, Any]) -> list[Params]:
        hints = kwargs.get("hints") or self.hints
        or_before = kwargs.get("or_before") or self.or_before
        conditionals = kwargs.get("conditionals") or {}
        items: list[Params] = []
        for value, text, chosen, *_ in field.iter_choices():
            if or_before is not None and str(value) == or_before:
                items.append({"divider": say("or")})
            item: Params = {"value": str(value), "text": worded(text), "checked": bool(chosen)}
            if str(value) in hints:
                item["hint"] = {"text": worded(hints[str(value)])}
            if str(value) in conditionals:
                item["conditional"] = {"html": conditionals[str(value)]}
            items.append(item)
        return items


class Radios(_Choices):
    """Choose one."""

    template = "govuk_frontend_wtf/radios.html"


class Checkboxes(_Choices):
    """Choose any. With `or_before`, that last choice rules out the others where scripts run."""

    template = "govuk_frontend_wtf/checkboxes.html"

    def _items(self, field: Any, kwargs: Mapping[str, Any]) -> list[Params]:
        items = super()._items(field, kwargs)
        or_before = kwargs.get("or_before") or self.or_before
        for item in items:
            if or_before is not None and item.get("value") == or_before:
                item["behaviour"] = "exclusive"
        return items


class Checkbox:
    """One box to tick, for a BooleanField. Its value is fixed, whatever was posted."""

    def __call__(self, field: Field, **kwargs: Any) -> Markup:
        """Show the field.

        Args:
            field: a BooleanField.
            kwargs: see the module; `heading` has no meaning here.

        Returns:
            The markup.
        """
        item: Params = {"value": "y", "text": worded(field.label.text), "checked": bool(field.data)}
        params: Params = {"idPrefix": field.id, "name": field.name, "items": [item]}
        params = merged(params, shared_params(field, kwargs, box=None))
        params = merged(params, kwargs.get("params") or {})
        return rendered("govuk_frontend_wtf/checkboxes.html", params)


def _counting() -> Params:
    """What the count says; its script puts in the number."""
    return {
        "textareaDescriptionText": say("You can enter up to %{count} characters"),
        "charactersUnderLimitText": {
            "one": say("You have %{count} character remaining"),
            "other": say("You have %{count} characters remaining"),
        },
        "charactersAtLimitText": say("You have 0 characters remaining"),
        "charactersOverLimitText": {
            "one": say("You have %{count} character too many"),
            "other": say("You have %{count} characters too many"),
        },
    }


def _revealed_by_style(html: str) -> Markup:
    """Return choices whose hidden parts are shown by the stylesheet alone.

    The macro's script would set aria-expanded, which a radio may not have (axe: aria-allowed-attr),
    and without scripts it would hide nothing.
    """
    html = str(html)  # Markup.replace would escape what it puts in.
    for name in ("govuk-radios__conditional", "govuk-checkboxes__conditional"):
        html = html.replace(f'"{name} {name}--hidden"', f'"{name}"')
    return Markup(_CONTROLS.sub("", html))  # noqa: S704  it was markup, and only lost a part


def _on_one_line(text: str) -> Markup:
    """Return text whose line breaks survive the macros, which indent what they enclose.

    Without this each showing of a form would put spaces before every line that a person wrote.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if lines.startswith("\n"):
        lines = "\n" + lines  # A browser drops the first line break of a text area.
    # str(), because Markup.replace would escape the reference itself.
    return Markup(str(escape(lines)).replace("\n", "&#10;"))  # noqa: S704  escaped just here
