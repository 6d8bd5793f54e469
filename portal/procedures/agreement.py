"""Whether the child or young person must agree, and whether they have.

A listed adult complains in their own right and needs no consent, but gains no sight of the child's
records. Somebody who complains *for* a child needs the child's agreement where the child can give
it (reference/procedures.md 1.1). The rule is councils' practice, not a regulation.
"""

from portal.procedures.conclusion import Because, FirstDecision, Step, Topic
from portal.procedures.function import Family
from portal.procedures.matter import ChildsView, Consent, Writer
from portal.procedures.person import PersonCode
from portal.procedures.refusal import RefusalReason
from portal.procedures.side import NOTHING, Side
from portal.procedures.standing import speaks_for_another

_PRACTICE = "practice of councils for people who act for another"
_THEMSELVES = frozenset({PersonCode.CHILD, PersonCode.CARE_LEAVER, PersonCode.SGO_CHILD})
_SETTLED = {
    Consent.GIVEN: "The young person agrees that this is done for them.",
    Consent.NOT_COMPETENT: "The child cannot give consent, and it is taken forward for them.",
    Consent.NOT_NEEDED: "Consent is not needed here, and the reason is recorded.",
    Consent.NON_INSTRUCTED: (
        "The young person cannot say what they want, so somebody speaks for them without"
        " instructions."
    ),
}


def agreement_of(writer: Writer, family: Family | None) -> Side:
    """Find whether consent is needed, given, refused or still to be asked for.

    Args:
        writer: who brings it and in whose name.
        family: the list that goes with the function; None outside the statutory procedure.
    """
    if not speaks_for_another(writer, family):
        return _own_right(writer, family is not None)
    if writer.consent is Consent.REFUSED:
        text = "The young person does not want this taken forward in their name."
        steps = (
            Step("Pass the worry itself on to the service.", _PRACTICE),
            Step("Say that an adult may complain in their own right.", _PRACTICE),
        )
        return Side(
            (Because(Topic.CONSENT, text, _PRACTICE),),
            refusal=RefusalReason.NO_CONSENT,
            steps=steps,
        )
    if writer.consent in _SETTLED:
        because = Because(Topic.CONSENT, _SETTLED[writer.consent], _PRACTICE)
        return Side((because,), steps=_recorded(writer))
    asked = writer.consent is Consent.ASKED
    text = (
        "The young person was asked whether they agree and has not answered."
        if asked
        else "Somebody speaks for a young person, who has not been asked whether they agree."
    )
    return Side(
        (Because(Topic.CONSENT, text, _PRACTICE),), FirstDecision.CONSENT, steps=_view(writer)
    )


def _own_right(writer: Writer, inside: bool) -> Side:
    if not inside or writer.person in _THEMSELVES | {PersonCode.UNKNOWN}:
        return NOTHING
    text = (
        "They complain in their own right. That needs no consent, and opens none of the child's"
        " records to them."
    )
    return Side((Because(Topic.CONSENT, text, "practice of councils under s26(3)"),))


def _recorded(writer: Writer) -> tuple[Step, ...]:
    steps = {
        Consent.NOT_COMPETENT: "Record who decided that the child cannot give consent, and why.",
        Consent.NOT_NEEDED: "Record why consent is not needed.",
        Consent.NON_INSTRUCTED: "Record why, who decided it, and when it is looked at again.",
    }
    said = steps.get(writer.consent)
    own = (Step(said, _PRACTICE),) if said else ()
    return (*own, *_view(writer))


def _view(writer: Writer) -> tuple[Step, ...]:
    if writer.childs_view is not ChildsView.NOT_YET:
        return ()
    return (Step("Ask what the child thinks of the complaint, or record why not.", _PRACTICE),)
