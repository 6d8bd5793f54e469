"""[elsewhere] of a council's file: who else can help, for what people say it is about as well."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import model_validator

from portal.council_values import Entry, Text


class Elsewhere(StrEnum):
    """What others decide about, as the form asks; plans have `plan_advice`, which stands alone."""

    COURT = "court"
    SCHOOL = "school"
    PLACE = "place"
    OTHERS = "others"


class Signpost(Entry):
    """Somebody else who can help: a telephone number, a website or both, so that it leads on.

    Attributes:
        name: what they are called.
        phone, website: how they are reached.
        about: a sentence or two on what they do.
    """

    name: Text
    phone: Text | None = None
    website: Text | None = None
    about: Text

    @model_validator(mode="after")
    def _leads_on(self) -> "Signpost":
        if self.phone is None and self.website is None:
            raise ValueError(f'"{self.name}" cannot be reached. Give a phone or a website')
        if self.website is not None and not self.website.startswith("https://"):
            raise ValueError(
                f'"{self.website}" is not a whole address. Write it like https://advice.example'
            )
        return self


Signposts = Mapping[Elsewhere, tuple[Signpost, ...]]
"""Who can help, by what it is about; nobody need be named."""
