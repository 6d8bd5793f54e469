"""Why a file is not taken, in sentences that say what to do instead."""

from portal.errors import Refused
from portal.marking import marked

LARGEST = 25 * 1024 * 1024

EMPTY = marked("This file is empty. Choose it again, or tell us in your own words.")
TOO_LARGE = marked(
    "This file is larger than 25 MB. Send a smaller copy, send it in parts, or take a photo of it."
)
NOT_TAKEN = marked(
    "We cannot take this kind of file. We take photos, films and sound. We take PDF, Word, Excel "
    "and plain text. Save it as one of these. You can also take a photo of it, or tell us in your "
    "own words."
)
BROKEN = marked(
    "We could not open this file: it may be damaged. Open it on your side, save it again and "
    "send the new copy, or take a photo of it."
)
TOO_MANY_PIXELS = marked(
    "This picture is larger than we can open. Send a smaller copy, or take a screenshot of it."
)
LOCKED = marked(
    "This file is locked with a password, so we cannot read it. Send a copy that has no password."
)
MACROS = marked(
    "This document holds macros (small programs), which we cannot take. Save it as a PDF and send "
    "that."
)
UNPACKS_TOO_LARGE = marked(
    "This document is too large once it is opened. Save it as a PDF and send that."
)


# For officers, of a file that came by e-mail: its sender has no page that asks for another copy.
AS_IT_CAME = (
    "We could not look inside this file: it may be damaged, or locked with a password. It is kept "
    "as it came. Save it, and open it with care."
)


class FileRefused(Refused):
    """A file that we do not take; the sentence says why and what to do instead."""

    message = NOT_TAKEN
