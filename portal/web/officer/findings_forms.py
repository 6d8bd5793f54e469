"""One block a point: what was found and why, or what the person agreed."""

from collections.abc import Iterable
from hashlib import sha256

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import ValidationError

from portal.cases.findings import LONGEST_REASONS
from portal.procedures.completeness import MAY_BE_SETTLED
from portal.procedures.finding import Finding, Giver
from portal.records.point import Point, PointFinding
from portal.web.govform import GovForm
from portal.web.officer.decision_form import at_most
from portal.web.officer.procedure_words import FINDINGS, SETTLED, SETTLED_WORDS
from portal.web.widgets import Radios, TextArea

NOT_YET = ""


class FindingForm(GovForm):
    """A finding with its reasons. `seen` holds what the page showed, so that a block that nobody
    touched is never saved over a colleague's words."""

    class Meta(GovForm.Meta):
        """The page's one token is checked before its view."""

        csrf = False

    found = RadioField(
        "What was found", widget=Radios(classes="govuk-radios--small"), validate_choice=False
    )
    reasons = TextAreaField("The reasons", validators=[at_most(LONGEST_REASONS)], widget=TextArea())
    seen = HiddenField()

    def offer(self, giver: Giver) -> None:
        """Fill in what may be chosen: only the service that answers can settle a point."""
        choices = [(finding.value, words) for finding, words in FINDINGS.items()]
        if giver is MAY_BE_SETTLED:
            choices.append((SETTLED, SETTLED_WORDS))
        self.found.choices = choices

    def validate_found(self, field: RadioField) -> None:
        """Nothing yet, or one of the list."""
        offered = {choice[0] for choice in field.choices or ()}
        if (field.data or NOT_YET) not in offered | {NOT_YET}:
            raise ValidationError("Choose what was found")
        if field.data == SETTLED and not (self.reasons.data or "").strip():
            raise ValidationError("Write what you and the person agreed, in the box below")

    @property
    def finding(self) -> Finding | None:
        """The finding; None where there is none yet, or where the point is settled."""
        chosen = self.found.data or NOT_YET
        return None if chosen in (NOT_YET, SETTLED) else Finding(chosen)

    @property
    def settled(self) -> bool:
        """Whether the person agrees that it is settled."""
        return bool(self.found.data == SETTLED)

    @property
    def version(self) -> int:
        """The version that the page showed; one that was tampered with matches nothing."""
        typed = (self.seen.data or "").partition(":")[0]
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else -1

    @property
    def touched(self) -> bool:
        """Whether it says something else than the page showed."""
        return (self.seen.data or "").partition(":")[2] != _digest(
            self.found.data or NOT_YET, self.reasons.data or ""
        )

    def show(self, row: PointFinding | None) -> None:
        """Fill the block with what is kept."""
        self.found.data, self.reasons.data = _kept(row)
        self.note_seen(row)

    def note_seen(self, row: PointFinding | None) -> None:
        """Remember what is kept as what the writer has seen, without changing what they typed."""
        self.seen.data = f"{row.version if row is not None else 0}:{_digest(*_kept(row))}"


def blocks_for(points: Iterable[Point], giver: Giver, posted: bool) -> dict[int, FindingForm]:
    """A block for each point, by its number.

    Args:
        points: those that need an answer.
        giver: whose findings.
        posted: whether to read what was posted.
    """
    blocks = {}
    for point in points:
        prefix = f"point-{point.number}-"
        form = FindingForm(prefix=prefix) if posted else FindingForm(formdata=None, prefix=prefix)
        form.offer(giver)
        blocks[point.number] = form
    return blocks


def _kept(row: PointFinding | None) -> tuple[str, str]:
    """What is kept, as a block shows it."""
    if row is None:
        return NOT_YET, ""
    finding = row.finding.value if row.finding is not None else NOT_YET
    return SETTLED if row.resolved else finding, row.reasons or ""


def _digest(found: str, reasons: str) -> str:
    return sha256(f"{found}\n{reasons.strip()}".encode()).hexdigest()[:16]
