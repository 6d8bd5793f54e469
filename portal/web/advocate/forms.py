"""What an advocate types: a young person's reference and words, and notes of their own. Messages
use the tracking form."""

from wtforms import SubmitField, TextAreaField
from wtforms.validators import Length

from portal.cases.advocate_notes import LONGEST_NOTE
from portal.marking import marked
from portal.web.govform import GovForm
from portal.web.tracking.forms import not_blank, typed_box
from portal.web.widgets import Submit, TextArea


class JoinForm(GovForm):
    """The young person's reference and secret words, which they gave the advocate."""

    reference = typed_box(
        marked("Their reference"),
        marked("Enter the reference that they gave you"),
        marked("8 letters and numbers, like 7KQM-2XVD"),
    )
    words = typed_box(
        marked("Their secret words"),
        marked("Enter their secret words"),
        marked("5 words. Small spelling mistakes do not matter."),
    )
    submit = SubmitField(marked("Continue"), widget=Submit())


class NoteForm(GovForm):
    """A note that only the advocate reads."""

    note = TextAreaField(
        marked("Write a note for yourself"),
        description=marked("The council never sees this, and neither does the young person."),
        validators=[
            not_blank(marked("Write your note first")),
            Length(
                max=LONGEST_NOTE, message=marked("Your note must be 20,000 characters or shorter")
            ),
        ],
        widget=TextArea(),
    )
    submit = SubmitField(marked("Keep this note"), widget=Submit())
