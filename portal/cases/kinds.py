"""What a case is called to people: its procedure's name, or its own kind where it has none."""

from enum import StrEnum

from portal.council import Council
from portal.procedures.vocabulary import Category, ProcedureCode

OF_THEIR_KIND = frozenset({Category.MP_ENQUIRY, Category.OMBUDSMAN})
NAMELESS = frozenset({ProcedureCode.DUTY, ProcedureCode.NONE})


def kind_label(council: Council, category: Category, procedure: ProcedureCode) -> str:
    """The words for how a case is dealt with.

    An MP's enquiry and an Ombudsman's letter are answered as what they are: "no formal
    investigation", the procedure underneath, would say to their writers that nothing happens.

    Args:
        council: whose words.
        category, procedure: as decided.
    """
    called: StrEnum = category if category in OF_THEIR_KIND or procedure in NAMELESS else procedure
    return council.label(called)
