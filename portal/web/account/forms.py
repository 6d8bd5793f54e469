"""What somebody can change about their own sign-in."""

from wtforms import PasswordField, StringField, SubmitField
from wtforms.validators import InputRequired, Length

from portal.cases.passkeys import LONGEST_NAME
from portal.marking import marked
from portal.web.govform import GovForm
from portal.web.sign_in.forms import LONGEST_TYPED, TOO_LONG
from portal.web.widgets import PasswordInput, Submit, TextInput


class ChangePasswordForm(GovForm):
    """The present password, and the new one once: it can be shown, so that it is typed rightly."""

    current_password = PasswordField(
        marked("Your password now"),
        widget=PasswordInput(),
        validators=[
            InputRequired(marked("Enter the password that you have now")),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
    )
    password = PasswordField(
        marked("New password"),
        widget=PasswordInput(),
        validators=[
            InputRequired(marked("Enter a new password")),
            Length(max=LONGEST_TYPED, message=TOO_LONG),
        ],
        description=marked(
            "12 characters or more. Three words that do not belong together are good."
        ),
    )
    submit = SubmitField(marked("Change password"), widget=Submit())


class PasskeyNameForm(GovForm):
    """What somebody calls a new passkey; without a name it is called after their browser."""

    name = StringField(
        marked("Name of this passkey"),
        widget=TextInput(),
        validators=[
            Length(max=LONGEST_NAME, message=marked("Use a name of 60 characters or fewer"))
        ],
        description=marked(
            "So that you know it again, such as “My phone”. You can leave this empty."
        ),
    )
