"""The parameters of a GOV.UK macro: plain dictionaries, merged without changing either."""

from collections.abc import Mapping
from typing import Any, Literal

from flask import render_template
from markupsafe import Markup
from wtforms import Field

from portal.wording import say, worded

Params = dict[str, Any]


def merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> Params:
    """Return both, the second winning; dictionaries inside are merged, lists are replaced.

    Args:
        base: what is there; not changed.
        over: what is laid over it; not changed.

    Returns:
        A new dictionary.
    """
    result = dict(base)
    for name, value in over.items():
        below = result.get(name)
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            result[name] = merged(below, value)
        else:
            result[name] = value
    return result


def shared_params(
    field: Field, given: Mapping[str, Any], box: Literal["label", "legend"] | None
) -> Params:
    """Return what every part has: hint, error, classes, and the label as a heading.

    Args:
        field: the field to show.
        given: the template's keywords `heading`, `classes` and `hint`.
        box: whether its question is a label or the legend of a group; None has neither.

    Returns:
        Parameters to merge over the part's own; an absent hint is left out, because an empty one
        would be printed and read out.
    """
    params: Params = {}
    hint = worded(given.get("hint") or field.description)
    if hint:
        params["hint"] = {"text": hint}
    if field.errors:
        params["errorMessage"] = {
            "text": worded(field.errors[0]),
            "visuallyHiddenText": say("Error"),
        }
    if given.get("classes"):
        params["classes"] = given["classes"]
    if given.get("heading") and box == "label":
        params["label"] = {"classes": "govuk-label--l", "isPageHeading": True}
    if given.get("heading") and box == "legend":
        legend = {"classes": "govuk-fieldset__legend--l", "isPageHeading": True}
        params["fieldset"] = {"legend": legend}
    return params


def rendered(template: str, params: Params) -> Markup:
    """Return a part as markup.

    Args:
        template: one that takes `params` and prints one macro.
        params: its parameters; text in them is escaped by the template.

    Returns:
        The markup.
    """
    return Markup(render_template(template, params=params))  # noqa: S704  escaped by Jinja


def showing() -> Params:
    """What the button beside a password says; its script puts one in place of the other."""
    return {
        "showPasswordText": say("Show"),
        "hidePasswordText": say("Hide"),
        "showPasswordAriaLabelText": say("Show password"),
        "hidePasswordAriaLabelText": say("Hide password"),
        "passwordShownAnnouncementText": say("Your password is visible"),
        "passwordHiddenAnnouncementText": say("Your password is hidden"),
    }
