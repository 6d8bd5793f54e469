"""A letter to somebody over whose shoulder others read: that there is news, and no more.

The letter itself is read at /track, word for word. What leaves is what a text would say.
"""

import re

from portal.catalogues import ENGLISH
from portal.correspondence.letter_templates import forms_of
from portal.marking import marked
from portal.records.outbox_letter import OutboxLetter
from portal.work import Work

NEWS = marked("There is news for you:")
_LINK = re.compile(r"https?://\S+/track/link/\S+")


def of(work: Work, letter: OutboxLetter) -> tuple[str, str]:
    """Give the subject and the words that leave in a letter's place.

    Args:
        work: the open act.
        letter: an e-mail to the person of a matter.

    Returns:
        The council's neutral subject, without a reference; the address of the page, or the link
        of the letter where it holds one: whoever has no secret words yet gets them by it.
    """
    link = _LINK.search(letter.body)
    if link is not None:
        adult = forms_of(NEWS, letter.language or ENGLISH)[0]
        return work.council.mail.neutral_subject, f"{adult}\n\n{link.group()}\n"
    track = f"{work.settings.public_url}/track"
    return work.council.mail.neutral_subject, f"{work.council.texts.words}\n\n{track}\n"
