"""The one door to the council's own sign-in: OpenID Connect, its code flow with PKCE."""

import json
import secrets
from dataclasses import asdict, dataclass
from typing import Any

from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet

from portal.cases.council_claims import Claims
from portal.errors import Refused
from portal.marking import marked
from portal.settings import OpenIdClient

SCOPE = "openid profile email"
SECONDS = 5
# Signatures that rest on the provider's own private key; never "none", never our shared secret.
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
LEEWAY_SECONDS = 60
NONCE_BYTES, VERIFIER_BYTES = 24, 48


class ProviderSilent(Refused):
    """The council's sign-in does not answer, or not as the standard says."""

    title = marked("That sign-in does not answer")
    message = marked(
        "Your council’s sign-in does not answer just now. Try again in a few minutes. If it stays "
        "so, tell an administrator of this service."
    )
    status = 503


class NotSignedIn(Refused):
    """The provider said no, or what came back is not what was asked for."""

    message = marked("You were not signed in there, or it took too long. Try again.")


@dataclass(frozen=True)
class Trip:
    """One way to the provider and back: what must come back unchanged, and where it leads then."""

    state: str
    nonce: str
    verifier: str
    wanted: str | None = None
    # Whose sign-in it confirms, by their public id; None for a new sign-in.
    again_for: str | None = None

    def as_text(self) -> str:
        """Written down for the server's own keeping."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "Trip":
        """Read what `as_text` wrote."""
        return cls(**json.loads(text))


def begin(wanted: str | None, again_for: str | None = None) -> Trip:
    """Begin a trip.

    Args:
        wanted: the page that the person came for.
        again_for: who shows again that it is them.
    """
    return Trip(
        state=secrets.token_urlsafe(NONCE_BYTES),
        nonce=secrets.token_urlsafe(NONCE_BYTES),
        verifier=secrets.token_urlsafe(VERIFIER_BYTES),
        wanted=wanted,
        again_for=again_for,
    )


def address(client: OpenIdClient, back: str, trip: Trip) -> str:
    """Where the browser goes. Whoever shows again that it is them must do so there and then,
    signed in or not.

    Args:
        client: what this installation is there.
        back: the address of ours that it comes back to.
        trip: as begun.

    Raises:
        ProviderSilent: the provider's description could not be read.
    """
    with _session(client, back) as session:
        about = _described(session, client)
        more = {"prompt": "login", "max_age": "0"} if trip.again_for else {}
        url, _ = session.create_authorization_url(
            about["authorization_endpoint"],
            state=trip.state,
            nonce=trip.nonce,
            code_verifier=trip.verifier,
            **more,
        )
    return str(url)


def claims(client: OpenIdClient, back: str, trip: Trip, code: str, groups_claim: str) -> Claims:
    """Exchange the code that came back for what the provider says, and check it.

    Args:
        client, back, trip: as in `address`.
        code: what came back.
        groups_claim: under which name the provider tells groups.

    Raises:
        ProviderSilent: it does not answer.
        NotSignedIn: the code is not good, or the token is not for us, for now or for this trip.

    Source:
        OpenID Connect Core 1.0, 3.1.3.7; RFC 7636 (PKCE).
    """
    with _session(client, back) as session:
        about = _described(session, client)
        token = _exchanged(session, about["token_endpoint"], trip, code)
        keys = _read(session, about["jwks_uri"])
    found = _checked(client, trip, token, keys)
    said = found.get(groups_claim)
    return Claims(
        issuer=client.issuer,
        subject=str(found["sub"]),
        email=str(found["email"]) if found.get("email_verified") is True else None,
        groups=tuple(said) if isinstance(said, list) else (),
        acr=found.get("acr"),
        amr=tuple(found.get("amr") or ()),
        signed_in_at=found.get("auth_time"),
    )


def _session(client: OpenIdClient, back: str) -> Any:
    return OAuth2Session(
        client.client_id,
        client.client_secret,
        scope=SCOPE,
        redirect_uri=back,
        code_challenge_method="S256",
        default_timeout=SECONDS,
    )


def _described(session: Any, client: OpenIdClient) -> dict[str, str]:
    about = _read(session, f"{client.issuer}/.well-known/openid-configuration")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if about.get("issuer") != client.issuer or not all(
        isinstance(about.get(name), str) for name in needed
    ):
        raise ProviderSilent
    return about


def _read(session: Any, url: str) -> dict[str, Any]:
    try:
        answer = session.request(
            "GET", url, withhold_token=True, allow_redirects=False, timeout=SECONDS
        )
        if answer.status_code != 200:
            raise ProviderSilent
        read = answer.json()
    except (OSError, ValueError) as error:
        raise ProviderSilent from error
    if not isinstance(read, dict):
        raise ProviderSilent
    return read


def _exchanged(session: Any, url: str, trip: Trip, code: str) -> str:
    try:
        token = session.fetch_token(
            url,
            grant_type="authorization_code",
            code=code,
            code_verifier=trip.verifier,
            allow_redirects=False,
            timeout=SECONDS,
        )
    except OSError as error:
        raise ProviderSilent from error
    except Exception as error:
        # A provider may refuse in words or in any other form: all of them mean no.
        raise NotSignedIn from error
    return str(token.get("id_token", ""))


def _checked(client: OpenIdClient, trip: Trip, token: str, keys: dict[str, Any]) -> dict[str, Any]:
    try:
        read = jwt.decode(token, KeySet.import_key_set(keys), algorithms=list(ALGORITHMS))  # type: ignore[arg-type]
        found = CodeIDToken(
            read.claims,
            read.header,
            {
                "iss": {"essential": True, "value": client.issuer},
                "aud": {"essential": True, "value": client.client_id},
            },
            {"nonce": trip.nonce, "client_id": client.client_id},
        )
        found.validate(leeway=LEEWAY_SECONDS)
    except Exception as error:
        # A stranger's token can break the parser in ways of its own: all of them mean no.
        raise NotSignedIn from error
    return dict(found)
