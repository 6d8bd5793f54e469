"""How a mailbox's OAuth tokens are asked for, as the query of its address says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from intake.mailbox_errors import MailboxUrlError
from intake.secret_place import SecretPlace
from portal.loopback import is_this_machine

PROVIDERS = ("microsoft", "google", "oauth2")
MECHANISMS = ("OAUTHBEARER", "XOAUTH2")
_MICROSOFT_TOKENS = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
_MICROSOFT_AS_ITSELF = "https://outlook.office365.com/.default"
_MICROSOFT_AS_A_USER = "https://outlook.office.com/IMAP.AccessAsUser.All offline_access"
_GOOGLE_TOKENS = "https://oauth2.googleapis.com/token"
_TENANT = re.compile(r"[A-Za-z0-9.-]{1,255}")


@dataclass(frozen=True, slots=True)
class TokenSettings:
    """Where tokens come from; with a refresh token they are a user's, without it the client's."""

    url: str
    client_id: str
    scope: str = ""
    client_secret: str = field(default="", repr=False)
    refresh_token: SecretPlace | None = None
    # The only way to sign in that may be used; without it the server's best.
    mechanism: str | None = None

    @property
    def host(self) -> str:
        """The token server, for sentences."""
        return urlsplit(self.url).hostname or ""

    @classmethod
    def from_query(cls, provider: str, query: Mapping[str, str]) -> TokenSettings:
        """Read the settings of one mailbox.

        Args:
            provider: `microsoft`, `google`, or `oauth2` for any other.
            query: `client_id`, and as the provider needs `tenant`, `token_url`, `scope`,
                `client_secret`, `refresh_token` (both name a place), `mechanism`.

        Raises:
            MailboxUrlError: with a sentence for whoever wrote the address.
        """
        refresh = _place(query, "refresh_token")
        secret = _place(query, "client_secret")
        client_id = query.get("client_id", "")
        if not client_id:
            raise MailboxUrlError(f"A mailbox address with auth={provider} needs a client_id.")
        if refresh is None and (secret is None or provider == "google"):
            needed = "refresh_token" if provider == "google" else "client_secret or refresh_token"
            raise MailboxUrlError(f"A mailbox address with auth={provider} needs a {needed}.")
        mechanism = query.get("mechanism", "").upper() or None
        if mechanism not in {None, *MECHANISMS}:
            raise MailboxUrlError("The mechanism of a mailbox is xoauth2 or oauthbearer.")
        if refresh is not None:
            # A missing one stops the start rather than the first look.
            refresh.read()
        url, scope = _address(provider, query, as_a_user=refresh is not None)
        return cls(
            url,
            client_id,
            query.get("scope", scope),
            secret.read() if secret is not None else "",
            refresh,
            mechanism,
        )


def _place(query: Mapping[str, str], setting: str) -> SecretPlace | None:
    return SecretPlace.parse(query[setting], setting) if setting in query else None


def _address(provider: str, query: Mapping[str, str], *, as_a_user: bool) -> tuple[str, str]:
    """The token server's address, and the scope where the address gives none."""
    if provider == "google":
        return _GOOGLE_TOKENS, ""
    if provider == "microsoft":
        tenant = query.get("tenant", "")
        if not _TENANT.fullmatch(tenant):
            raise MailboxUrlError("A mailbox address with auth=microsoft needs the tenant.")
        scope = _MICROSOFT_AS_A_USER if as_a_user else _MICROSOFT_AS_ITSELF
        return _MICROSOFT_TOKENS.format(tenant=tenant), scope
    try:
        parts = urlsplit(query.get("token_url", ""))
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or not (
        parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(host))
    ):
        raise MailboxUrlError(
            "A mailbox address with auth=oauth2 needs a token_url that begins with https:// "
            "(http:// only on this machine)."
        )
    return parts.geturl(), ""
