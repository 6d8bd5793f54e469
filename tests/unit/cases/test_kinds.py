"""What a case is called to people."""

import pytest

from portal.cases.kinds import kind_label
from portal.council import load_council
from portal.procedures.vocabulary import Category, ProcedureCode

COUNCIL = load_council("staffordshire")


@pytest.mark.parametrize("procedure", list(ProcedureCode))
@pytest.mark.parametrize("category", [Category.MP_ENQUIRY, Category.OMBUDSMAN])
def test_an_enquiry_is_called_what_it_is(category: Category, procedure: ProcedureCode) -> None:
    assert kind_label(COUNCIL, category, procedure) == COUNCIL.label(category)


def test_a_complaint_is_called_by_its_procedure() -> None:
    called = kind_label(COUNCIL, Category.COMPLAINT, ProcedureCode.STATUTORY)
    assert called == "children's social care complaint"
