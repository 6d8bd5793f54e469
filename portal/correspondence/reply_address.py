"""The address that answers to a letter come back to: ours, with a keyed hash of the reference.

It finds the matter when a mail program has rewritten the subject and dropped every header. It is
used where the council's mail server delivers `name+anything@` to `name@` (`MAIL_PLUS=1`).
"""

import re

from portal.columns import keyed_hash

_PLUS = re.compile(r"[^@\s<>+]+\+([^@\s.]{8,16})\.([0-9a-filo]{12})@", re.IGNORECASE)
# People copy addresses by hand; hexadecimal digits have no l and no o.
_RETYPED = str.maketrans("lio", "110")


def reply_address(mail_from: str, reference: str) -> str:
    """The address for answers about one reference.

    Args:
        mail_from: our own address, without a name.
        reference: in its written form.
    """
    local, _, domain = mail_from.rpartition("@")
    plain = reference.replace("-", "").lower()
    return f"{local}+{plain}.{_hash(reference)}@{domain}"


def named_in(address: str) -> str | None:
    """The part of a reply address that names a reference, as it was typed; None where it is not
    such an address. Nothing is proved by it: see `is_signed`."""
    found = _PLUS.match(address.strip())
    return found[1] if found else None


def is_signed(address: str, reference: str) -> bool:
    """Whether an address was made by us for this reference."""
    found = _PLUS.match(address.strip())
    return found is not None and found[2].lower().translate(_RETYPED) == _hash(reference)


def without_plus(address: str) -> str:
    """An address without what stands between its plus and its at-sign."""
    return re.sub(r"\+[^@]*@", "@", address)


def _hash(reference: str) -> str:
    return keyed_hash(reference, "reply address")[:12]
