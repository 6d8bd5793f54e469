"""What somebody can change about their own sign-in."""

from wtforms import PasswordField, SubmitField
from wtforms.validators import InputRequired, Length

from portal.web.govform import GovForm
from portal.web.sign_in.forms import LONGEST_TYPED, TOO_LONG
from portal.web.widgets import PasswordInput, Submit


class ChangePasswordForm(GovForm):
    """The present password, and the new one once: it can be shown, so that it is typed rightly."""

    current_password = PasswordField(
        "Your password now",
        widget=PasswordInput(),
        validators=[
            InputRequired("Enter the password that you have now"),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
    )
    password = PasswordField(
        "New password",
        widget=PasswordInput(),
        validators=[
            InputRequired("Enter a new password"),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
        description="12 characters or more. Three words that do not belong together are good.",
    )
    submit = SubmitField("Change password", widget=Submit())
