"""What each answer says to the browser about itself: where scripts come from, what may be kept.

A page here can hold what a child wrote. So it is never kept by a browser, never shown inside
another site, and tells no other site where its reader came from.
"""

import secrets

from flask import Flask, Response, g, request

_NONCE_BYTES = 18

_NOT_USED = ("accelerometer", "camera", "geolocation", "gyroscope", "payment", "usb")
_MICROPHONE = "microphone"

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_OF_FILES = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


def init_headers(app: Flask) -> None:
    """Give every answer its security headers, and every template its nonce.

    Args:
        app: the application; its templates get `csp_nonce`, and `cspNonce` for the macros.
    """
    app.after_request(_add_headers)
    app.context_processor(_nonces)


def csp_nonce() -> str:
    """Return the nonce of this request: the same on each call, new for each request.

    Returns:
        Random text that inline scripts must carry.

    Raises:
        RuntimeError: outside a request.
    """
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(_NONCE_BYTES)
    nonce: str = g.csp_nonce
    return nonce


def let_record() -> None:
    """Let the page of this request use the microphone, and play what it recorded."""
    g.may_record = True


def let_play() -> None:
    """Let the page of this request play a recording of ours."""
    g.may_play = True


def permissions_policy(*, records: bool = False) -> str:
    """Return what of the device a page may use: nothing, or the microphone.

    Args:
        records: the page has a recorder for voice notes.
    """
    closed = [f"{feature}=()" for feature in _NOT_USED]
    return ", ".join([*closed, f"{_MICROPHONE}=({'self' if records else ''})"])


def content_security_policy(nonce: str, *, records: bool = False, plays: bool = False) -> str:
    """Return the policy that goes with a nonce.

    Args:
        nonce: what inline scripts of this page carry.
        records: the page plays back a voice note that it has just recorded.
        plays: the page plays a recording that was sent.

    Returns:
        The value of the Content-Security-Policy header: nothing from any other host, and no
        style or script in the page itself without the nonce.
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            *(("media-src blob:",) if records else ()),
            *(("media-src 'self'",) if plays else ()),
        )
    )


def _nonces() -> dict[str, str]:
    nonce = csp_nonce()
    return {"csp_nonce": nonce, "cspNonce": nonce}


def _add_headers(response: Response) -> Response:
    if request.endpoint == "static":
        # A file opens nothing and uses no device: what a page needs would be bytes on a slow line.
        response.headers.update(_OF_FILES)
        return _closed(response)
    response.headers.update(_FIXED)
    records = bool(g.get("may_record", False))
    response.headers["Permissions-Policy"] = permissions_policy(records=records)
    plays = bool(g.get("may_play", False))
    policy = content_security_policy(csp_nonce(), records=records, plays=plays)
    response.headers["Content-Security-Policy"] = policy
    # Set, not defaulted: Flask marks downloads "no-cache", which still lets a disk keep them.
    response.headers["Cache-Control"] = "no-store"
    return _closed(response)


def _closed(response: Response) -> Response:
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    for leak in ("Server", "X-Powered-By"):
        response.headers.pop(leak, None)
    return response
