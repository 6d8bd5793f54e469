"""OAuth tokens: fetched from the token server, kept until shortly before they end."""

from __future__ import annotations

import http.client
import json
import re
import ssl
import time
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlencode

import structlog

from intake.mailbox_errors import MailboxRefused, MailboxUnreachable, MailboxUrlError
from intake.token_settings import TokenSettings
from portal.loopback import is_this_machine

log = structlog.get_logger()

# Asked again this long before the end, or at half its life where that is short.
MARGIN_SECONDS = 120.0
# What a token is taken to last when its server does not say.
UNSAID_SECONDS = 300.0
LONGEST_SECONDS = 24 * 3600.0
LONGEST_ANSWER = 64 * 1024
_CODE = re.compile(r"[a-z_]{1,40}")
_MICROSOFT_CODE = re.compile(r"AADSTS\d{4,8}")
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]+")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the secret to another place."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        """Follow none."""
        return


class TokenSource:
    """The tokens of one mailbox; used by one thread."""

    def __init__(self, settings: TokenSettings, *, timeout: float = 30.0) -> None:
        """Remember how to ask; nothing is asked before `token`.

        Args:
            settings: where and as whom.
            timeout: seconds that the token server may be silent.
        """
        self._settings = settings
        self._timeout = timeout
        self._token: str | None = None
        self._renew_at = 0.0
        # The newest of a server that gives a new one each time, where it cannot be written down.
        self._refresh_token: str | None = None

    def has_kept(self) -> bool:
        """Whether `token` would give one that was fetched before."""
        return self._token is not None and time.monotonic() < self._renew_at

    def forget(self) -> None:
        """Ask for a new one next time: the mail server did not take this one."""
        self._token = None

    def token(self) -> str:
        """Return a token that has not ended.

        Raises:
            MailboxRefused: the token server refuses; its code is in the sentence.
            MailboxUnreachable: it cannot be reached or answers with nonsense.
        """
        if self._token is None or not self.has_kept():
            self._token = self._fetch()
        return self._token

    def _fetch(self) -> str:
        answer = self._ask(self._question())
        token = answer.get("access_token")
        if not isinstance(token, str) or not _TOKEN.fullmatch(token):
            raise MailboxUnreachable(f"The token server {self._settings.host} gave no token.")
        lasts = _seconds(answer.get("expires_in"))
        self._renew_at = time.monotonic() + max(lasts - MARGIN_SECONDS, lasts / 2)
        new = answer.get("refresh_token")
        if isinstance(new, str) and new and self._settings.refresh_token is not None:
            self._keep(new)
        return token

    def _question(self) -> dict[str, str]:
        settings = self._settings
        fields = {"client_id": settings.client_id}
        if settings.scope:
            fields["scope"] = settings.scope
        if settings.client_secret:
            fields["client_secret"] = settings.client_secret
        if settings.refresh_token is None:
            return {"grant_type": "client_credentials", **fields}
        try:
            refresh = self._refresh_token or settings.refresh_token.read()
        except MailboxUrlError as missing:
            raise MailboxRefused(str(missing)) from None
        return {"grant_type": "refresh_token", "refresh_token": refresh, **fields}

    def _keep(self, new: str) -> None:
        place = self._settings.refresh_token
        if place is None or new == self._refresh_token:
            return
        if place.replace(new):
            self._refresh_token = None
            return
        self._refresh_token = new
        log.warning("refresh_token_not_kept", place=f"{place.kind}:{place.name}")

    def _ask(self, fields: dict[str, str]) -> dict[str, Any]:
        host = self._settings.host
        # The settings admit https, and http on this machine alone.
        request = urllib.request.Request(  # noqa: S310
            self._settings.url,
            data=urlencode(fields).encode(),
            headers={"Accept": "application/json"},
        )
        handlers: list[urllib.request.BaseHandler] = [
            _NoRedirect(),
            urllib.request.HTTPSHandler(context=ssl.create_default_context()),
        ]
        if is_this_machine(host):
            handlers.append(urllib.request.ProxyHandler({}))
        opener = urllib.request.build_opener(*handlers)
        try:
            with opener.open(request, timeout=self._timeout) as answer:
                return _json(answer.read(LONGEST_ANSWER), host)
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise self._refused(refusal) from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            # urllib wraps the reason; a certificate that is not trusted is worth its own words.
            reason = getattr(error, "reason", error)
            why = (
                "shows a certificate that is not trusted"
                if isinstance(reason, ssl.SSLCertVerificationError)
                else f"cannot be reached ({type(reason).__name__})"
            )
            raise MailboxUnreachable(f"The token server {host} {why}.") from None

    def _refused(self, refusal: urllib.error.HTTPError) -> Exception:
        """Make a sentence of a refusal, with codes alone: its text may repeat what was sent."""
        host = self._settings.host
        if refusal.code >= 500 or refusal.code == 429:
            return MailboxUnreachable(f"The token server {host} is in trouble ({refusal.code}).")
        try:
            said = json.loads(refusal.read(LONGEST_ANSWER))
        except (OSError, ValueError):
            said = {}
        said = said if isinstance(said, dict) else {}
        error = str(said.get("error", ""))
        codes = [error] if _CODE.fullmatch(error) else [str(refusal.code)]
        codes += _MICROSOFT_CODE.findall(str(said.get("error_description", "")))[:1]
        return MailboxRefused(
            f"The token server {host} gives no token for the mailbox ({', '.join(codes)}). Its "
            "client secret or refresh token may have ended: make a new one and set it."
        )


def _json(raw: bytes, host: str) -> dict[str, Any]:
    try:
        answer = json.loads(raw)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise MailboxUnreachable(f"The token server {host} gave no token.")
    return answer


def _seconds(said: object) -> float:
    """How long a token lasts; some servers say it as text, some not at all."""
    try:
        return min(max(float(str(said)), 0.0), LONGEST_SECONDS)
    except ValueError:
        return UNSAID_SECONDS
