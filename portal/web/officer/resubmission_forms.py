"""Forms for what comes back after proceedings."""

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired

from portal.cases.receiving import LONGEST_STORY
from portal.cases.references import read_reference
from portal.web.dates import GovDateField
from portal.web.govform import GovForm
from portal.web.officer.decision_form import at_most
from portal.web.widgets import TextArea, TextInput

LONGEST_REFERENCE = 50


class BringAgainForm(GovForm):
    """When they asked, and in which words."""

    # Drawn with the form, so that the same form sent twice makes one.
    reference = HiddenField()
    asked_on = GovDateField(
        "When did they ask?",
        description="The day on which their request came. Every date counts from it.",
        validators=[InputRequired("Enter the day on which they asked")],
    )
    words = TextAreaField(
        "What they said",
        description="In their words where you have them. What they wrote at first is added.",
        validators=[
            DataRequired("Write what they said when they asked"),
            at_most(LONGEST_STORY // 2),
        ],
        widget=TextArea(),
    )

    def drawn(self) -> str | None:
        """The reference that came with the form, where it is one."""
        return read_reference(self.reference.data or "")


class TiesToForm(GovForm):
    """Which earlier matter it takes up."""

    earlier = StringField(
        "Reference of the earlier matter",
        description="One that waited for proceedings.",
        validators=[
            DataRequired("Enter the reference of the earlier matter"),
            at_most(LONGEST_REFERENCE),
        ],
        widget=TextInput(),
    )
