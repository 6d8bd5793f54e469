"""A change in steps: its form, a page that says in words what will happen, and then the change.

What the middle page says is no guess: the change is carried out, told, and undone again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import FileField

from portal.errors import Refused
from portal.web.govform import GovForm
from portal.work import Who, Work, begin_work

KEPT_OUT = frozenset({"csrf_token", "step"})


class Step(StrEnum):
    """What a button of one of these pages asks for."""

    CHECK = "check"
    CHANGE = "change"
    DO = "do"


@dataclass(frozen=True)
class Told:
    """A change in words. `done` is the sentence after it, `to` the page that shows it."""

    heading: str
    done: str
    to: str
    lines: tuple[str, ...] = ()
    gains: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    button: str = "Confirm"


class ChangeForm(GovForm):
    """A form whose values are carried through the page that says what will happen."""

    # At which field a refusal stands; the others stand above the form.
    refused_at: ClassVar[Mapping[type[Refused], str]] = {}

    def refuse(self, refused: Refused) -> None:
        """Show a refusal on the form, with everything that was typed."""
        name = next((at for kind, at in self.refused_at.items() if isinstance(refused, kind)), None)
        if name is None:
            self.form_errors.append(refused.message)
        else:
            self[name].errors = [refused.message]

    def kept(self) -> list[tuple[str, str]]:
        """What was posted, for hidden fields."""
        return [
            (field.name, value)
            for field in self
            if field.name not in KEPT_OUT and not isinstance(field, FileField)
            for value in field.raw_data or ()
            if isinstance(value, str)
        ]


@dataclass(frozen=True)
class Place:
    """Where a change is made: by whom, in which layout, and where "Back" and "Cancel" lead."""

    who: Who
    layout: str
    back: str


Deed = Callable[[Work], Told]


def walk(
    form: ChangeForm,
    deed: Deed,
    place: Place,
    show: Callable[[], str] | None = None,
) -> ResponseReturnValue:
    """Take one step of a change.

    Args:
        form: what the person fills in; one without fields where there is only a yes to say.
        deed: makes the change and tells it.
        place: see `Place`.
        show: the page with the form; None where there is nothing to fill in, so that the page
            that says what will happen comes first.

    Returns:
        The next page. A refusal is shown on the form, with what was typed.
    """
    if show is not None:
        if not form.is_submitted() or request.form.get("step") == Step.CHANGE:
            return show()
        if not form.validate():
            return show(), 422
    elif form.is_submitted() and not form.validate():
        return _check_page(form, place, None), 400
    try:
        if form.is_submitted() and request.form.get("step") == Step.DO:
            return _done(place, deed)
        return _check_page(form, place, rehearsed(place.who, deed))
    except Refused as refused:
        form.refuse(refused)
        page = _check_page(form, place, None) if show is None else show()
        return page, refused.status


class _Undo(Exception):
    """Ends a rehearsal; nothing of it stays."""

    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told = told


def rehearsed(who: Who, deed: Deed) -> Told:
    """Make a change, hear what it was, and undo it.

    Raises:
        Refused: whatever the change itself would raise.
    """
    try:
        with begin_work(who) as work:
            told = deed(work)
            work.session.flush()
            raise _Undo(told)
    except _Undo as undo:
        return undo.told


def _done(place: Place, deed: Deed) -> ResponseReturnValue:
    with begin_work(place.who) as work:
        told = deed(work)
    flash(told.done, "success")
    return redirect(told.to, 303)


def _check_page(form: ChangeForm, place: Place, told: Told | None) -> str:
    return render_template("administration/check.html", form=form, place=place, told=told)
