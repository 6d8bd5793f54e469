"""Components of pages that look alike wherever they are shown, made once.

Each page has the same header and menu, and making them took as long as the page's own words.
Nothing that a person wrote is kept here.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup
from wtforms import Field, Form

from portal.wording import language, speaks_plainly

KEPT = 512


def init_ready_made(app: Flask) -> None:
    """Let templates show a component, or an empty box of a form, as it was made before."""
    app.jinja_env.globals |= {"ready_made": ready_made, "ready_box": ready_box}


def ready_made(component: Callable[..., Markup], given: Mapping[str, Any]) -> Markup:
    """A component of the design system, made once for what it is given.

    Args:
        component: its macro. It may read nothing but what it is given.
        given: plain values that say nothing of anybody: the page's own words and addresses.
    """
    key = f"{component.name} {given!r}"  # type: ignore[attr-defined]
    return _once(key, lambda: component(given))


def ready_box(form: Form, name: str, **given: Any) -> Markup:
    """A box or a list of a form, made once for as long as nobody has answered it. One that holds
    an answer, or that says what is wrong with it, is made for its page alone.

    Args:
        form: the page's. What its box looks like depends on its class alone, and a list on what
            there is to choose; let that name nobody.
        name: of the field.
        given: plain values for the field, as `ready_made` takes them.
    """
    field: Field = form[name]
    if field.data or field.errors:
        return Markup(field(**given))  # noqa: S704  made by the component
    kind = type(form)
    voice = (language(), speaks_plainly())
    choices = getattr(field, "choices", None)
    key = f"{kind.__module__}.{kind.__qualname__} {field.id} {voice} {given!r} {choices!r}"
    return _once(key, lambda: Markup(field(**given)))  # noqa: S704  made by the component


def _once(key: str, make: Callable[[], Markup]) -> Markup:
    made: dict[str, Markup] = current_app.extensions.setdefault("heard_components", {})
    found = made.get(key)
    if found is None:
        if len(made) >= KEPT:
            made.clear()
        found = made[key] = make()
    return found
