"""What a young person said to the offer of an advocate, as an officer types it who asked them."""

from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from portal.cases import referring
from portal.web.govform import GovForm
from portal.web.widgets import Radios

ANSWERS = {
    referring.NOT_NOW: "Not now",
    referring.HAVE_ONE: "They have one already",
    referring.OFFERED: "It was offered, and they gave no answer",
}


class OfferForm(GovForm):
    """One of the answers that send no referral."""

    said = RadioField(
        "What did they say when you offered an advocate?",
        choices=[SelectChoice(code, text) for code, text in ANSWERS.items()],
        validators=[InputRequired("Choose what they said")],
        description="By telephone, in a letter or by e-mail. If they said yes, send a referral.",
        widget=Radios(classes="govuk-radios--small"),
    )
