"""The advocates' pages: importing this puts every view on the blueprint."""

from portal.web.advocate import (
    calendar_pages,
    deciding_pages,
    experience_pages,
    file_pages,
    joining_pages,
    matter_pages,
    note_pages,
    starting_pages,
    staying_pages,
    takeover_pages,
)
from portal.web.advocate.blueprint import pages

VIEWS = (
    calendar_pages,
    deciding_pages,
    experience_pages,
    file_pages,
    joining_pages,
    matter_pages,
    note_pages,
    starting_pages,
    staying_pages,
    takeover_pages,
)
__all__ = ["VIEWS", "pages"]
