"""What a page asks once, however many of its parts need it."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import Request, has_request_context, request

Answer = TypeVar("Answer")


def once(name: str, key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """Ask, and remember the answer for the rest of a page that only reads; whatever changes
    something asks each time.

    Args:
        name: what is asked.
        key: about what.
        ask: asks the database. Its answer is no record, or one that nothing expires meanwhile.
    """
    known = _known()
    if known is None:
        return ask()
    if (name, key) not in known:
        known[name, key] = ask()
    answer: Answer = known[name, key]
    return answer


def told(name: str, key: Hashable, answer: object) -> None:
    """Remember what was learned on the way, as if it had been asked for.

    Args:
        name, key: as in `once`.
        answer: what `once` gives from now on.
    """
    known = _known()
    if known is not None:
        known[name, key] = answer


def _known() -> dict[tuple[str, Hashable], Any] | None:
    """What this page knows; None where nothing is remembered."""
    if not has_request_context():
        return None
    # Looked up once: a page asks for a hundred things.
    here: Request = request._get_current_object()  # type: ignore[attr-defined]
    if here.method != "GET":
        return None
    known: dict[tuple[str, Hashable], Any] = here.environ.setdefault("heard.once", {})
    return known
