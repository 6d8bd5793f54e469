"""Signing in, setting a password, and the codes of the second factor."""

from wtforms import HiddenField, PasswordField, StringField, SubmitField
from wtforms.validators import InputRequired, Length, ValidationError

from portal.cases.addresses import plain_email
from portal.web.govform import GovForm
from portal.web.widgets import PasswordInput, Submit, TextInput

LONGEST_TYPED = 1000
# A signed answer of a passkey, with whatever its maker adds to it.
LONGEST_ANSWER = 20_000
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
    submit = SubmitField("Set password and continue", widget=Submit())

    def refuse(self, sentence: str) -> None:
        """Show why a password was not taken."""
        self.password.errors = [sentence]


class ForgottenForm(GovForm):
    """Where the link for a new password goes."""

    email = StringField(
        "Email address",
        widget=TextInput(),
        validators=[
            InputRequired("Enter your email address"),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
    )
    submit = SubmitField("Send the link", widget=Submit())

    def validate_email(self, field: StringField) -> None:
        """Say so when it is no address at all, which tells nothing about accounts."""
        if not plain_email(field.data or ""):
            raise ValidationError("Enter an email address in the form name@example.org")


class CodeForm(GovForm):
    """Six digits from the person's app, or a recovery code."""

    code = StringField(
        "Code",
        widget=TextInput(),
        validators=[
            InputRequired("Enter the code"),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
        description="6 digits from your authenticator app, or one of your recovery codes.",
    )
    submit = SubmitField("Continue", widget=Submit())


class FirstCodeForm(GovForm):
    """The first code of a new app: recovery codes come only after it."""

    code = StringField(
        "Code that your app shows now",
        widget=TextInput(),
        validators=[
            InputRequired("Enter the code that your app shows"),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
        description="6 digits. They change every 30 seconds.",
    )
    submit = SubmitField("Continue", widget=Submit())


class PasskeyForm(GovForm):
    """What the browser says of a passkey, which the page's script fills in."""

    passkey = HiddenField(validators=[InputRequired(), Length(max=LONGEST_ANSWER)])
