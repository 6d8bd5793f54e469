"""How it went, as the person's page and an advocate's show it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from portal.cases import experiences
from portal.records.agreed_scope import Scope
from portal.records.experience import Experience
from portal.records.feedback import Feedback
from portal.web.tracking.forms import EXPERIENCES, ExperienceForm
from portal.web.tracking.part_shown import CameBack, PartShown
from portal.wording import worded


@dataclass(frozen=True)
class AdvocatesView:
    """What an advocate said. `name` is empty where they read it themselves."""

    name: str
    answer: str
    words: str
    at: datetime


def for_the_person(
    session: Session, feedback: Feedback, parts: Sequence[PartShown], back: CameBack
) -> dict[str, object]:
    """The person's own answer, the form for it, and what their advocates said beside it.

    Args:
        session: any session.
        feedback: the matter.
        parts: every part of it.
        back: a form that comes back.
    """
    answers, form = experiences.told(session, feedback.id), back.experience
    return {
        "experience": experiences.own(answers),
        "experience_form": form or ExperienceForm(formdata=None),
        "still_to_say": form is not None and not form.errors,
        # What was typed stays to be read, whatever happened to the matter meanwhile.
        "may_say_how": form is not None or any(one.progress.is_over for one in parts),
        "advocates_views": [
            _view(one.experience, one.advocate or "") for one in experiences.advocates(answers)
        ],
    }


def for_an_advocate(
    session: Session,
    feedback: Feedback,
    account_id: int,
    parts: Sequence[PartShown],
    scope: Collection[Scope],
    back: CameBack,
) -> dict[str, object]:
    """An advocate's own view, or the form for it. What the person said is theirs and not here.

    Args:
        session, feedback, back: as in `for_the_person`.
        account_id: the advocate.
        parts: those that are open to them.
        scope: what the young person agreed to.
    """
    said = experiences.of_advocate(session, feedback.id, account_id)
    over = any(one.progress.is_over for one in parts)
    form = back.experience or ExperienceForm(formdata=None)
    return {
        "own_view": _view(said) if said is not None else None,
        "experience_form": form,
        "may_say_how": bool(form.errors) or (said is None and over and Scope.SPEAK in scope),
    }


def _view(said: Experience, name: str = "") -> AdvocatesView:
    return AdvocatesView(name, worded(EXPERIENCES[said.code]), said.words or "", said.said_at)
