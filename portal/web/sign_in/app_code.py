"""What pages show of an authenticator app: the QR code that it reads, and the demo's codes."""

import io

import pyotp
import segno
from markupsafe import Markup

from portal.cases import second_factor
from portal.records.account import Account
from portal.work import council, settings

# Wide enough for a phone's camera, narrow enough for a phone's screen.
MODULE_PIXELS, QUIET_MODULES = 5, 4
GROUP = 4


def demo_code(secret: str | None) -> str | None:
    """The code of this moment where this is the demo, which has no phones; None elsewhere."""
    return pyotp.TOTP(secret).now() if settings().demo and secret else None


def demo_code_of(account: Account | None) -> str | None:
    """The same for an account that has a second factor."""
    return demo_code(account.totp_secret) if account is not None else None


def otpauth_address(account: Account, secret: str) -> str:
    """What the QR code holds, and what opens an app on the phone itself."""
    return second_factor.address(account, secret, council().service_name)


def qr_code(address: str) -> Markup:
    """A QR code as a picture inside the page: no other host, no style, nothing to load."""
    out = io.BytesIO()
    segno.make(address, micro=False, error="m").save(
        out,
        kind="svg",
        scale=MODULE_PIXELS,
        border=QUIET_MODULES,
        dark="#0b0c0c",
        light="#ffffff",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        nl=False,
    )
    return Markup(out.getvalue().decode())  # noqa: S704  made of numbers alone


def in_groups(secret: str) -> str:
    """A secret as one types it: four characters, a space, four more."""
    return " ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP))
