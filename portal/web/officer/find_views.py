"""The form for the name of a saved view."""

from wtforms import StringField

from portal.triage.find.kept import LONGEST_NAME
from portal.web.govform import GovForm
from portal.web.officer.decision_form import at_most
from portal.web.widgets import TextInput


class ViewForm(GovForm):
    """How somebody calls the filters that they save."""

    name = StringField(
        "Name of the view",
        description="For yourself. Filters are saved, words are not. Name no person.",
        validators=[at_most(LONGEST_NAME)],
        widget=TextInput(),
    )
