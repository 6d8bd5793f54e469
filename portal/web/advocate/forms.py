"""What an advocate types: a young person's reference and words. Messages use the tracking form."""

from wtforms import StringField, SubmitField
from wtforms.validators import Length

from portal.web.govform import GovForm
from portal.web.tracking.forms import LONGEST_TYPED, TOO_LONG, not_blank
from portal.web.widgets import Submit, TextInput


class JoinForm(GovForm):
    """The young person's reference and secret words, which they gave the advocate."""

    reference = StringField(
        "Their reference",
        widget=TextInput(),
        validators=[
            not_blank("Enter their reference"),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
        description="8 letters and numbers, like 7KQM-2XVD",
    )
    words = StringField(
        "Their secret words",
        widget=TextInput(),
        validators=[
            not_blank("Enter their secret words"),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
        description="5 words. Small spelling mistakes do not matter.",
    )
    submit = SubmitField("Continue", widget=Submit())
