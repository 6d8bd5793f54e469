"""What an officer chooses among: the procedures, data protection's own path, and who enquires."""

from enum import StrEnum

from portal.council import Council
from portal.procedures.procedure import Track
from portal.procedures.vocabulary import ProcedureCode
from portal.web.officer import wording


class Chosen(StrEnum):
    """The procedures that an officer chooses among: the vocabulary's, and that of data protection,
    which the vocabulary counts as no formal investigation."""

    STATUTORY = ProcedureCode.STATUTORY.value
    CORPORATE = ProcedureCode.CORPORATE.value
    DATA_PROTECTION = Track.DATA_PROTECTION.value
    DUTY = ProcedureCode.DUTY.value
    NONE = ProcedureCode.NONE.value


class Enquirer(StrEnum):
    """Who enquires for somebody whom they represent; the two are counted apart."""

    MP = "mp"
    MEMBER = "member"


TRACKS = {Enquirer.MP: Track.MP_ENQUIRY, Enquirer.MEMBER: Track.MEMBER_ENQUIRY}
ENQUIRERS = {Enquirer.MP: "A Member of Parliament", Enquirer.MEMBER: "A member of the council"}


def procedure_of(chosen: Chosen) -> ProcedureCode:
    """The vocabulary's code for what was chosen."""
    if chosen is Chosen.DATA_PROTECTION:
        return ProcedureCode.DUTY
    return ProcedureCode(chosen.value)


def track_of_choice(chosen: Chosen) -> Track | None:
    """The path that goes with what was chosen, where it has one of its own."""
    return Track.DATA_PROTECTION if chosen is Chosen.DATA_PROTECTION else None


def chosen_for(procedure: ProcedureCode, track: Track | None) -> Chosen:
    """What an officer chose, or would choose, for a procedure and its path."""
    return Chosen.DATA_PROTECTION if track is Track.DATA_PROTECTION else Chosen(procedure.value)


def procedure_choices(council: Council) -> list[tuple[str, str]]:
    """The procedures as an officer chooses among them."""
    return [
        (code.value, wording.DATA_PROTECTION)
        if code is Chosen.DATA_PROTECTION
        else (code.value, wording.procedure_name(council, ProcedureCode(code.value)))
        for code in Chosen
    ]
