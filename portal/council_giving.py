"""[giving] of a council's file: how work is given to managers, and who signs their answers."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Signer(StrEnum):
    """Who signs an answer that a manager wrote."""

    OFFICER = "officer"
    HEAD_OF_SERVICE = "head_of_service"


class GivingEntry(BaseModel):
    """What no law says of work given to others, and a council chooses.

    Attributes:
        accept_days: working days in which a manager takes a case or hands it back.
        signed_by: who signs a manager's answer before it goes.
        named_to_person: whether the person reads at /track by name who looks into it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    accept_days: int = Field(ge=1, le=10)
    signed_by: Signer
    named_to_person: bool = True
