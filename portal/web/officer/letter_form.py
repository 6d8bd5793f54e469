"""The part of a form that holds a letter, which an officer reads and changes before it goes."""

from wtforms import HiddenField, TextAreaField

from portal.web.govform import GovForm
from portal.web.officer.decision_form import LONGEST_LETTER, at_most
from portal.web.widgets import TextArea


class WithLetter(GovForm):
    """A form with its letter."""

    # The letter as the portal wrote it, by which a change of the officer's is known.
    written = HiddenField()
    letter = TextAreaField("The letter", validators=[at_most(LONGEST_LETTER)], widget=TextArea())

    def put_letter(self, body: str) -> None:
        """Show a letter that was just written, unless the officer has changed the one before."""
        if _plain(self.letter.data) == _plain(self.written.data):
            self.letter.data = body
        self.written.data = body


def _plain(text: object) -> str:
    return str(text or "").replace("\r\n", "\n").strip()
