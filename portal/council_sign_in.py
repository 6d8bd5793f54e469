"""[council_sign_in] of a council's file: who comes in with the council's own account, as what."""

from collections.abc import Iterable
from enum import StrEnum

from pydantic import Field

from portal.council_values import Entry, PublicText, Text


class LinkBy(StrEnum):
    """How an account here is first tied to one there."""

    ADMINISTRATOR = "administrator"
    EMAIL = "email"


class CouncilSignInEntry(Entry):
    """What the council has decided about its own sign-in. Where the provider is, and its secret,
    are settings of the installation."""

    # What people call that account: "Sign in with your …".
    name: PublicText
    link_by: LinkBy
    groups_claim: Text = "groups"
    # Each group with the role that belongs to it, by its code.
    roles: dict[str, Text] = Field(default_factory=dict)
    # What the provider says when it has asked for two factors. If it does not, we ask for one.
    second_factor_acr: tuple[Text, ...] = ()
    second_factor_amr: tuple[Text, ...] = ()

    def had_two_factors(self, acr: object, amr: Iterable[object]) -> bool:
        """Whether the provider says that it has asked for a second factor.

        Args:
            acr, amr: as the ID token has them.

        Source:
            OpenID Connect Core 1.0, section 2; RFC 8176 for values of `amr`.
        """
        return acr in self.second_factor_acr or any(one in self.second_factor_amr for one in amr)

    def roles_of(self, groups: Iterable[object]) -> frozenset[str]:
        """The codes of the roles that belong to some groups; other groups mean nothing here."""
        return frozenset(
            self.roles[one] for one in groups if isinstance(one, str) and one in self.roles
        )
