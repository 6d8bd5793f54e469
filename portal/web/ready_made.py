"""Components of pages that look alike wherever they are shown, made once.

Each page has the same header and menu, and making them took as long as the page's own words.
Nothing that a person wrote is kept here.
"""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup

KEPT = 512


def init_ready_made(app: Flask) -> None:
    """Let templates show a component as it was made before."""
    app.jinja_env.globals["ready_made"] = ready_made


def ready_made(component: Callable[..., Markup], given: Mapping[str, Any]) -> Markup:
    """A component of the design system, made once for what it is given.

    Args:
        component: its macro. It may read nothing but what it is given.
        given: plain values that say nothing of anybody: the page's own words and addresses.
    """
    made: dict[str, Markup] = current_app.extensions.setdefault("heard_components", {})
    key = f"{component.name} {given!r}"  # type: ignore[attr-defined]
    found = made.get(key)
    if found is None:
        if len(made) >= KEPT:
            made.clear()
        found = made[key] = component(given)
    return found
