"""Delivery reports (RFC 3464) as readable lines: who was not reached, and why."""

from __future__ import annotations

import re

from intake.charsets import clean

MAX_RECIPIENTS = 50
_BLOCK = re.compile(rb"\r*\n[ \t\r]*\n")
_FIELD = re.compile(rb"^([A-Za-z-]{1,60})[ \t]*:[ \t]*(.*(?:\r*\n[ \t]+\S.*)*)", re.MULTILINE)
_DONE = {
    "failed": "was not delivered",
    "delayed": "is delayed",
    "delivered": "was delivered",
    "relayed": "was passed on",
    "expanded": "was passed on to a list",
}


def recipients(status: bytes) -> list[dict[str, str]]:
    """Return the fields of each recipient a report names, by lower-case name.

    Args:
        status: the content of a `message/delivery-status` part.
    """
    found: list[dict[str, str]] = []
    for block in _BLOCK.split(status)[: 10 * MAX_RECIPIENTS]:
        fields: dict[str, str] = {}
        for one in _FIELD.finditer(block[:20_000]):
            value = " ".join(clean(one[2].decode("utf-8", "replace")).split())
            fields.setdefault(one[1].decode("ascii").lower(), value)
        if {"final-recipient", "original-recipient"} & fields.keys():
            found.append(fields)
    return found[:MAX_RECIPIENTS]


def address(fields: dict[str, str]) -> str:
    """Return whom one block of a report is about, as the sender knows the address."""
    value = fields.get("final-recipient") or fields.get("original-recipient") or ""
    return value.partition(";")[2].strip().strip("<>") or value


def text_of_report(status: bytes) -> str:
    """Return a report as readable lines; empty where it names nobody.

    Args:
        status: the content of a `message/delivery-status` part.
    """
    lines = []
    for fields in recipients(status):
        action = (fields.get("action", "").split() or [""])[0].lower()
        said = f"To {address(fields)}: {_DONE.get(action, action or 'no word on delivery')}"
        code = fields.get("status", "").split(" ")[0]
        reason = fields.get("diagnostic-code", "").partition(";")
        why = ", ".join(one for one in (code, reason[2].strip() or reason[0].strip()) if one)
        lines.append(f"{said} ({why})." if why else f"{said}.")
    return "\n".join(["---------- Delivery report ----------", *lines]) if lines else ""
