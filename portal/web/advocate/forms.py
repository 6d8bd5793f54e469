"""What an advocate types: a young person's reference and words, and notes of their own. Messages
use the tracking form."""

from wtforms import HiddenField, SubmitField, TextAreaField
from wtforms.validators import Length

from portal.cases.advocate_notes import LONGEST_NOTE
from portal.cases.messages import LONGEST_REPLY
from portal.marking import marked
from portal.web.govform import GovForm
from portal.web.tracking.forms import LONGEST_TYPED, not_blank, typed_box
from portal.web.widgets import Submit, TextArea


class JoinForm(GovForm):
    """The young person's reference and secret words, which they gave the advocate. What was written
    down of their agreement comes along where the words are asked for again."""

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
    agreed_scope = HiddenField(validators=[Length(max=LONGEST_TYPED)])
    agreed_how = HiddenField(validators=[Length(max=LONGEST_REPLY)])
    agreed_until = HiddenField(validators=[Length(max=LONGEST_TYPED)])
    submit = SubmitField(marked("Continue"), widget=Submit())

    @property
    def carried(self) -> list[HiddenField]:
        """The boxes of what comes along."""
        return [self.agreed_scope, self.agreed_how, self.agreed_until]

    @property
    def keeps(self) -> bool:
        """Whether something comes along."""
        return any((box.data or "").strip() for box in self.carried)


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
