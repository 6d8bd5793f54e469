"""Signing in, and setting a password."""

from wtforms import PasswordField, StringField, SubmitField
from wtforms.validators import InputRequired, Length

from portal.web.govform import GovForm
from portal.web.widgets import PasswordInput, Submit, TextInput

LONGEST_TYPED = 1000
TOO_LONG = "This is too long"


class SignInForm(GovForm):
    """E-mail address and password."""

    email = StringField(
        "Email address",
        widget=TextInput(),
        validators=[
            InputRequired("Enter your email address"),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
    )
    password = PasswordField(
        "Password",
        widget=PasswordInput(),
        validators=[
            InputRequired("Enter your password"),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
    )
    submit = SubmitField("Sign in", widget=Submit())

    def refuse(self, sentence: str) -> None:
        """Show a sentence at the first box, whichever of the two is wrong."""
        self.email.errors = [sentence]


class SetPasswordForm(GovForm):
    """A new password. It is asked for once: it can be shown, so a second box would not help."""

    password = PasswordField(
        "New password",
        widget=PasswordInput(),
        validators=[
            InputRequired("Enter a password"),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
        description="12 characters or more. Three words that do not belong together are good.",
    )
    submit = SubmitField("Set password and sign in", widget=Submit())

    def refuse(self, sentence: str) -> None:
        """Show why a password was not taken."""
        self.password.errors = [sentence]
