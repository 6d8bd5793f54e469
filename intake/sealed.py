"""S/MIME: what a signature is wrapped around can be read; what is encrypted cannot."""

from __future__ import annotations

from asn1crypto.cms import ContentInfo

SIGNED, ENCRYPTED, UNREADABLE = "signed", "encrypted", "unreadable"


def open_sealed(content: bytes) -> tuple[str, bytes]:
    """Look into a PKCS #7 message.

    Args:
        content: the decoded body of an `application/pkcs7-mime` part.

    Returns:
        What it is (`signed`, `encrypted` or `unreadable`), and for a signed one the message inside,
        a MIME entity of its own. The signature is not checked.
    """
    try:
        info = ContentInfo.load(content)
        kind = info["content_type"].native
        if kind in {"enveloped_data", "authenticated_enveloped_data", "encrypted_data",
                    "signed_and_enveloped_data"}:  # fmt: skip
            return ENCRYPTED, b""
        if kind != "signed_data":
            return UNREADABLE, b""
        inside = info["content"]["encap_content_info"]["content"].native
    except Exception:
        # The library raises whatever the damaged bytes lead it to; the file itself is kept.
        return UNREADABLE, b""
    return (SIGNED, inside) if isinstance(inside, bytes) and inside else (UNREADABLE, b"")
