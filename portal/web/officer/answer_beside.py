"""What stands beside the words of a draft answer on its one page, so that a manager between two
visits ends the work there: what was found on each point, and one promise."""

from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from portal.cases import points, remedies
from portal.cases.acting import signed_in_id
from portal.cases.remedies import LONGEST_TEXT, NewRemedy
from portal.cases.remedy_dates import Counting
from portal.procedures.finding import Giver
from portal.procedures.remedy import FOR_THE_SERVICE, PAYMENTS, Base, Offset, RemedyKind
from portal.procedures.working_days import Unit
from portal.records.case import Case
from portal.web.govform import GovForm
from portal.web.officer import finding_blocks
from portal.web.officer.decision_form import at_most
from portal.web.officer.findings_forms import FindingForm, blocks_for
from portal.web.officer.procedure_words import KINDS
from portal.web.widgets import Select, TextArea, TextInput
from portal.work import Work

MOST_DAYS = 366


class PromiseForm(GovForm):
    """One promise that whoever writes sees to themself. All others, and those of money, are made on
    the page of the promises."""

    class Meta(GovForm.Meta):
        """The page's one token is checked before its view."""

        csrf = False

    text = TextAreaField(
        "What will be done",
        description="So that anybody can tell whether it was. The person reads it.",
        validators=[at_most(LONGEST_TEXT)],
        widget=TextArea(),
    )
    kind = SelectField("What kind of thing is it?", widget=Select(), validate_choice=False)
    days = StringField("Within how many working days after the answer?", widget=TextInput())

    def offer(self) -> None:
        """Fill the list: nothing that is paid."""
        offered = [(kind, words) for kind, words in KINDS.items() if kind not in PAYMENTS]
        self.kind.choices = {
            "": [("", "Choose what it is")],
            "For the person": [(k.value, w) for k, w in offered if k not in FOR_THE_SERVICE],
            "For the service to learn": [(k.value, w) for k, w in offered if k in FOR_THE_SERVICE],
        }

    @property
    def words(self) -> str:
        """What is promised; empty for nothing."""
        return (self.text.data or "").replace("\r\n", "\n").strip()

    def validate_text(self, field: TextAreaField) -> None:
        """Needed where something else of the promise was filled in."""
        if not self.words and (self.kind.data or (self.days.data or "").strip()):
            raise ValidationError("Write what will be done")

    def validate_kind(self, field: SelectField) -> None:
        """One of those offered, where something is promised."""
        if self.words and field.data not in set(RemedyKind) - PAYMENTS:
            raise ValidationError("Choose what kind of thing it is")

    def validate_days(self, field: StringField) -> None:
        """A number, where something is promised."""
        if self.words and self.number() is None:
            raise ValidationError("Enter how many working days, as a number, like 10")

    def number(self) -> int | None:
        """The working days that were typed."""
        typed = (self.days.data or "").strip()
        if not (typed.isascii() and typed.isdecimal() and len(typed) < 6):
            return None
        return int(typed) if 1 <= int(typed) <= MOST_DAYS else None


@dataclass
class Beside:
    """The blocks of the points by their number, and the promise; `overtaken` is the number of a
    point on which a colleague wrote meanwhile."""

    blocks: dict[int, FindingForm]
    promise: PromiseForm
    overtaken: int | None = None

    def validate(self) -> bool:
        """Whether all of it may be kept; each form says what is wrong with it."""
        return False not in [form.validate() for form in (*self.blocks.values(), self.promise)]


def begun(session: Session, case: Case) -> Beside:
    """As it is kept, with an empty promise."""
    live = points.live(session, case)
    blocks = blocks_for(live, Giver.SERVICE, posted=False)
    kept = finding_blocks.kept(session, case, Giver.SERVICE)
    for point in live:
        blocks[point.number].show(kept.get(point.id))
    promise = PromiseForm(formdata=None, prefix="promise-")
    promise.offer()
    return Beside(blocks, promise)


def posted(session: Session, case: Case) -> Beside:
    """As it was typed; a point that the posted page did not have is as it is kept."""
    found = begun(session, case)
    typed = blocks_for(points.live(session, case), Giver.SERVICE, posted=True)
    for number, block in typed.items():
        if block.seen.name in request.form:
            found.blocks[number] = block
    found.promise = PromiseForm(prefix="promise-")
    found.promise.offer()
    return found


def save(work: Work, case: Case, beside: Beside) -> None:
    """Keep the findings that were touched, and make the promise. One that stands already in the
    same words is not made twice: the page may have been sent again.

    Args:
        work: the open act.
        case: a case whose answer is drafted.
        beside: validated.

    Raises:
        finding_blocks.Overtaken: a colleague has written on one of the points.
    """
    finding_blocks.write(work, case, Giver.SERVICE, beside.blocks)
    words, days = beside.promise.words, beside.promise.number()
    if not words or days is None:
        return
    if any(one.text == words for one in remedies.of_case(work.session, case)):
        return
    remedies.add(
        work,
        case,
        NewRemedy(
            giver=Giver.SERVICE,
            kind=RemedyKind(beside.promise.kind.data),
            text=words,
            team=case.team,
            counting=Counting(Base.ANSWER, offset=Offset(days, Unit.WORKING_DAYS)),
            owner_id=signed_in_id(work),
        ),
    )
