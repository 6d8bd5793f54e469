"""What the demo prints and lets in by: invented people, with passwords that are no secret.

They exist only where HEARD_DEMO=1, which the demo's launcher alone sets.
"""

from dataclasses import dataclass

from portal.cases.references import check_character, read_reference
from portal.records.account import Role


@dataclass(frozen=True)
class SignIn:
    """Somebody who can sign in to the demo."""

    role: Role
    name: str
    email: str
    password: str
    organisation: str | None = None


@dataclass(frozen=True)
class Opening:
    """A reference and the secret words that open it."""

    reference: str
    words: str


OFFICER = SignIn(Role.OFFICER, "Robin Ashdown", "officer@demo.example", "amber ladder teapot")
ADVOCATE = SignIn(
    Role.ADVOCATE, "Mina Fairfax", "advocate@demo.example", "velvet compass otter",
    organisation="Brightside Advocacy",
)  # fmt: skip


def _opening(body: str, words: str) -> Opening:
    reference = read_reference(body + check_character(body))
    assert reference is not None, "Seven characters of the alphabet and their check are one."
    return Opening(reference, words)


FOLLOWED = _opening("HEARD22", "canopy snap sphere voter rail")
TO_BE_JOINED = _opening("HEARD33", "spree sport cattle bunny sponsor")
