"""Signing in, setting a password, and the codes of the second factor."""

from wtforms import HiddenField, PasswordField, StringField, SubmitField
from wtforms.validators import InputRequired, Length, ValidationError

from portal.cases.addresses import plain_email
from portal.marking import marked
from portal.web.govform import GovForm
from portal.web.widgets import PasswordInput, Submit, TextInput

LONGEST_TYPED = 1000
# A signed answer of a passkey, with whatever its maker adds to it.
LONGEST_ANSWER = 20_000
TOO_LONG = marked("This is too long")


class SignInForm(GovForm):
    """E-mail address and password."""

    email = StringField(
        marked("Email address"),
        widget=TextInput(),
        validators=[
            InputRequired(marked("Enter your email address")),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
    )
    password = PasswordField(
        marked("Password"),
        widget=PasswordInput(),
        validators=[
            InputRequired(marked("Enter your password")),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
    )
    submit = SubmitField(marked("Sign in"), widget=Submit())

    def refuse(self, sentence: str) -> None:
        """Show a sentence at the first box, whichever of the two is wrong."""
        self.email.errors = [sentence]


class SetPasswordForm(GovForm):
    """A new password. It is asked for once: it can be shown, so a second box would not help."""

    password = PasswordField(
        marked("New password"),
        widget=PasswordInput(),
        validators=[
            InputRequired(marked("Enter a password")),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
        description=marked(
            "12 characters or more. Three words that do not belong together are good."
        ),
    )
    submit = SubmitField(marked("Set password and continue"), widget=Submit())

    def refuse(self, sentence: str) -> None:
        """Show why a password was not taken."""
        self.password.errors = [sentence]


class ForgottenForm(GovForm):
    """Where the link for a new password goes."""

    email = StringField(
        marked("Email address"),
        widget=TextInput(),
        validators=[
            InputRequired(marked("Enter your email address")),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
    )
    submit = SubmitField(marked("Send the link"), widget=Submit())

    def validate_email(self, field: StringField) -> None:
        """Say so when it is no address at all, which tells nothing about accounts."""
        if not plain_email(field.data or ""):
            raise ValidationError(
                marked("That is not an email we can use. It must look like name@example.com")
            )


class CodeForm(GovForm):
    """Six digits from the person's app, or a recovery code."""

    code = StringField(
        marked("Code"),
        widget=TextInput(),
        validators=[
            InputRequired(marked("Enter the code")),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
        description=marked("6 digits from your authenticator app, or one of your recovery codes."),
    )
    submit = SubmitField(marked("Continue"), widget=Submit())


class FirstCodeForm(GovForm):
    """The first code of a new app: recovery codes come only after it."""

    code = StringField(
        marked("Code that your app shows now"),
        widget=TextInput(),
        validators=[
            InputRequired(marked("Enter the code that your app shows")),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
        description=marked("6 digits. They change every 30 seconds."),
    )
    submit = SubmitField(marked("Continue"), widget=Submit())


class PasskeyForm(GovForm):
    """What the browser says of a passkey, which the page's script fills in."""

    passkey = HiddenField(validators=[InputRequired(), Length(max=LONGEST_ANSWER)])
