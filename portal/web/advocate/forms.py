"""What an advocate types: a young person's reference and words. Messages use the tracking form."""

from wtforms import SubmitField

from portal.web.govform import GovForm
from portal.web.tracking.forms import typed_box
from portal.web.widgets import Submit


class JoinForm(GovForm):
    """The young person's reference and secret words, which they gave the advocate."""

    reference = typed_box(
        "Their reference", "Enter their reference", "8 letters and numbers, like 7KQM-2XVD"
    )
    words = typed_box(
        "Their secret words",
        "Enter their secret words",
        "5 words. Small spelling mistakes do not matter.",
    )
    submit = SubmitField("Continue", widget=Submit())
