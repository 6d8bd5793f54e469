"""What a page asks once, however many of its parts need it."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from flask import has_request_context, request

Answer = TypeVar("Answer")


def once(name: str, key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """Ask, and remember the answer for the rest of a page that only reads; whatever changes
    something asks each time.

    Args:
        name: what is asked.
        key: about what.
        ask: asks the database. Its answer is no record, or one that nothing expires meanwhile.
    """
    if not has_request_context() or request.method != "GET":
        return ask()
    known = _known()
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
    if has_request_context() and request.method == "GET":
        _known()[name, key] = answer


def _known() -> dict[tuple[str, Hashable], Any]:
    known: dict[tuple[str, Hashable], Any] = request.environ.setdefault("heard.once", {})
    return known
