"""Who may open what: every view says what it needs, and what says nothing opens to nobody.

The rights themselves are `portal.access`; here they meet requests.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from flask import Flask, Response, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, func, select

from portal import audit, clock
from portal.access import let_in, permission
from portal.access.acts import FOLLOWING_ACTS, MATTER_ACTS, Act
from portal.access.person import Person
from portal.access.standing import NOW, Standing, read, standing, standings
from portal.db import db
from portal.errors import Refused
from portal.marking import marked
from portal.plain_rows import plain_rows
from portal.records.attachment import Attachment
from portal.records.feedback import Feedback
from portal.records.message import Message
from portal.records.outbox_letter import OutboxLetter
from portal.web.once import once, told
from portal.web.sign_in import login
from portal.web.supporter import visit
from portal.work import Who, begin_work

View = TypeVar("View", bound=Callable[..., Any])
RULE = "heard_access"
UNPROCESSABLE = 422
STATEMENTS_KEPT = 1_024
# By which name the question for a matter is given the id of an address.
_ASKED = "asked_for"


class Access(StrEnum):
    """The rules of views that need no account."""

    EVERYONE = "everyone"
    # Somebody who has shown a reference and its words, or a link, in this session.
    TRACKER = "tracker"
    # Somebody whose browser has exchanged a supporter's link.
    SUPPORTER = "supporter"


class Of(StrEnum):
    """What the `public_id` in a view's address is the id of: how its matter is found."""

    FEEDBACK = "feedback"
    FILE = "file"
    LETTER = "letter"
    # Of these, what is open to whom a young person let in: the rest is not there for them.
    THEIR_FILE = "their_file"
    THEIR_LETTER = "their_letter"


@dataclass(frozen=True)
class Rule:
    """What a view needs. `fresh`: the person must have shown a few minutes ago that it is them;
    `fresh_codes`: they must for these values of `code` in the address."""

    needs: Access | Act
    of: Of = Of.FEEDBACK
    fresh: bool = False
    fresh_codes: Collection[str] = ()

    def asks_again(self, code: str) -> bool:
        """Whether an address with this `code`, or with none, is one of them."""
        return self.fresh or code in self.fresh_codes


def opens_to(
    needs: Access | Act,
    *,
    of: Of = Of.FEEDBACK,
    fresh: bool = False,
    fresh_codes: Collection[str] = (),
) -> Callable[[View], View]:
    """Declare what a view needs. Placed nearest to the function.

    Args:
        needs: nothing but a visitor, or the act whose right is asked.
        of: for acts that concern a matter: what the address names.
        fresh: ask the person to show again that it is them.
        fresh_codes: ask so only where the address has one of these as its `code`.
    """

    def declare(view: View) -> View:
        setattr(view, RULE, Rule(needs, of, fresh, fresh_codes))
        return view

    return declare


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """The rule that an endpoint's view declares, or None when it declares none."""
    return getattr(app.view_functions[endpoint], RULE, None)


class SignedOut(Refused):
    """Something was sent after the sign-in had run out; the page gives the words back."""

    title = marked("You have been signed out")
    message = marked(
        "You were signed out because nothing happened for a while, so this was not sent. Sign in "
        "again in a new tab, then copy your words from below."
    )
    status = 401


class NotFresh(Refused):
    """Something that needs a fresh confirmation was sent after it had run out."""

    title = marked("Show us again that it is you")
    message = marked(
        "This was not done, because you last confirmed who you are more than 10 minutes ago. Go "
        "back, reload the page, confirm, and send it again."
    )
    status = 401


def init_access(app: Flask) -> None:
    """Ask the rule before every request, and let templates ask what to offer."""
    app.before_request(_ask)
    app.after_request(_note_shown_again)
    # Globals, not context: macros of an imported file see no context.
    app.jinja_env.globals.update(may=may, Act=Act)


def may(act: Act, feedback_id: int | None = None) -> bool:
    """Whether whoever is signed in may do something, to one matter where it concerns one."""
    # Looked up once: a page asks for fifty rights.
    signed_in = current_user._get_current_object()
    if not signed_in.is_authenticated:
        return False
    person: Person = signed_in.person
    if act not in MATTER_ACTS:
        return permission.answer(person, act).allowed
    if feedback_id is None:
        return False
    return permission.answer(person, act, _standing(person, feedback_id)).allowed


def _standing(person: Person, feedback_id: int) -> Standing:
    """What a matter is to whoever is signed in: a page asks for many rights to the same one."""
    return once(
        "standing",
        (person.id, feedback_id),
        lambda: standing(db.session(), person, feedback_id, clock.today(), clock.now()),
    )


def visible(act: Act = Act.READ) -> Any:
    """The condition on `feedback` that every list of the signed-in person adds."""
    person = current_user.person
    return once(
        "visible",
        (person.id, act),
        lambda: permission.visible(person, act, clock.today(), clock.now()),
    )


def _ask() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        # A view without a rule is our mistake, and a closed door is the safe way to show it.
        abort(404)
    if rule.needs is Access.EVERYONE:
        return None
    if rule.needs is Access.TRACKER:
        return None if "track" in session else redirect(url_for("tracking.start"))
    if rule.needs is Access.SUPPORTER:
        return None if visit.COOKIE in request.cookies else redirect(url_for("supporter.ended"))
    if not current_user.is_authenticated:
        return _sign_in_first()
    # The same 404 as for a page that does not exist: a door's existence is not told either.
    if not _allowed(rule, rule.needs):
        abort(404)
    login.note_seen()
    code = (request.view_args or {}).get("code", "")
    if rule.asks_again(code) and not login.is_fresh():
        if request.method != "GET":
            raise NotFresh
        return redirect(url_for("sign_in.again", next=request.full_path.rstrip("?")))
    return None


def _note_shown_again(answer: Response) -> Response:
    """A form that was filled in wrongly shows its matter again, and nobody may read one so without
    a trace. Noted here, so that no view can forget it: its own act was undone or never began."""
    rule = rule_of(current_app, request.endpoint) if request.endpoint is not None else None
    if rule is None or rule.needs not in MATTER_ACTS or answer.status_code != UNPROCESSABLE:
        return answer
    if request.method != "GET" and current_user.is_authenticated:
        public_id = (request.view_args or {}).get("public_id", "")
        kind = "advocate" if rule.needs in FOLLOWING_ACTS else "staff"
        with begin_work(Who(kind, int(current_user.id))) as work:
            wanted = select(Feedback).where(Feedback.id.in_(_matter(rule.of, current_user.person)))
            found = work.session.scalar(wanted, {_ASKED: public_id})
            audit.note(work, "shown_again", found)
    return answer


def _sign_in_first() -> ResponseReturnValue:
    if request.method == "POST" and len(request.form) > 1:
        # More than a token was sent: a redirect would lose what was typed.
        raise SignedOut
    return redirect(url_for("sign_in.start", next=request.path))


def _allowed(rule: Rule, act: Act) -> bool:
    if act not in MATTER_ACTS:
        return permission.answer(current_user.person, act).allowed
    public_id = (request.view_args or {}).get("public_id", "")
    # One query, whether there is no such matter or the person may not: equal in time as well.
    # What the matter is to them comes along: the page asks for further rights to it.
    person = current_user.person
    # What holds for a moment alone is not kept.
    ask = _asked_for if permission.holds_all_day(person, act) else _asked_for.__wrapped__
    wanted = ask(person, clock.today(), rule.of, visible(act))
    lines = plain_rows(db.session(), wanted, {_ASKED: public_id, NOW: clock.now()}).all()
    if lines:
        told("standing", (person.id, lines[0][0]), read(lines))
    return bool(lines)


@lru_cache(maxsize=STATEMENTS_KEPT)
def _asked_for(person: Person, today: date, of: Of, open_to: ColumnElement[bool]) -> Select[Any]:
    """The matter of an address, if it is open to whoever asks, and what it is to them. Written once
    for each of them, because that took longer than asking."""
    wanted: Select[Any] = standings(person, today)
    return wanted.where(Feedback.id.in_(_matter(of, person)), open_to)


def _matter(of: Of, person: Person) -> Select[Any]:
    public_id = bindparam(_ASKED, type_=Feedback.public_id.type)
    if of is Of.FEEDBACK:
        return select(Feedback.id).where(Feedback.public_id == public_id)
    if of is Of.LETTER:
        return select(OutboxLetter.feedback_id).where(OutboxLetter.public_id == public_id)
    if of is Of.THEIR_LETTER:
        return select(OutboxLetter.feedback_id).where(
            OutboxLetter.public_id == public_id, let_in.letter_may_be_saved()
        )
    found = _of_file(public_id)
    if of is Of.THEIR_FILE:
        return found.where(let_in.file_is_open(person.id))
    return found


def _of_file(public_id: BindParameter[str]) -> Select[Any]:
    # A file came with the first words or with a later message. The matter is read from there: to
    # look for it by either would go through all matters.
    return (
        select(func.coalesce(Attachment.feedback_id, Message.feedback_id))
        .outerjoin(Message, Message.id == Attachment.message_id)
        .where(Attachment.public_id == public_id)
    )
