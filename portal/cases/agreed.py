"""A second officer's agreement, handed to an act that says no: without it such an act refuses."""

from dataclasses import dataclass
from datetime import date

from portal.errors import Refused


@dataclass(frozen=True)
class Agreed:
    """That somebody other than who acts proposed this. Whoever acts agrees to it by acting.

    `first_officer_id` proposed it; `screened_by_id` and `screened_on` are of the earliest answer
    that was proposed on the matter.
    """

    first_officer_id: int
    screened_by_id: int
    screened_on: date


class SecondOfficerFirst(Refused):
    """A no that nobody else has agreed to."""

    title = "A second officer must agree first"
    message = (
        "This says no to somebody, so it is proposed first, and a second officer agrees to it or"
        " sends it back. Nothing was decided or sent."
    )
    status = 409
