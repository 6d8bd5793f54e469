"""What the council's own sign-in says of somebody."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Claims:
    """Claims of an ID token whose signature was checked. `email` is one that the provider has
    verified; None otherwise."""

    issuer: str
    subject: str
    email: str | None
    groups: tuple[object, ...]
    acr: object
    amr: tuple[object, ...]
    signed_in_at: int | None
