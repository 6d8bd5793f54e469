"""Which messages a machine wrote: nothing of ours may answer those by itself."""

from __future__ import annotations

import re

from intake.delivery_reports import address, recipients
from intake.incoming import Address, AutomaticReason
from intake.mime import Part

_NO_REPLY = re.compile(
    r"(?i)(?:.*[._+-])?(?:no|not|never|do[._-]?not|dont)[._-]?(?:reply|answer|respond)"
    r"(?:[._+-].*)?|(?:auto)?(?:bounces?|notifications?)(?:[._+-].*)?"
)
_POSTMASTER = re.compile(r"(?i)(?:mailer-?daemon|postmaster|mail-?delivery(?:-subsystem)?)")
_ABSENT = re.compile(
    r"(?i)\s*(?:re:\s*)?(?:auto(?:matic)?[ -]?(?:reply|response|answer)\b|out[ -]of[ -](?:the[ -])?"
    r"office(?:\s*(?:$|:|-|re\b|reply|auto))|auto:.{1,120}\bout of (?:the )?office\b"
    r"|.{1,80}\bis out of the office\s*(?:$|\(|until\b|returning\b)"
    r"|ymateb awtomatig|allan o'r swyddfa\s*(?:$|:)|automatische(?:s)? (?:antwort|antwoord)"
    r"|automatisch antwoord|abwesenheits(?:notiz|nachricht|assistent)|réponse automatique"
    r"|respuesta automática|risposta automatica|resposta automática|odpowiedź automatyczna"
    r"|automatyczna odpowiedź|automatisk svar|autosvar|automaattinen vastaus|răspuns automat"
    r"|автоматический ответ|автоматична відповідь|自動応答|自动答复)"
)
_UNDELIVERED = re.compile(
    r"(?i)(?:undeliver|delivery (?:status notification|failure|has failed)|returned mail|"
    r"mail delivery (?:failed|subsystem)|failure notice)"
)
_ACTION = re.compile(rb"(?im)^action:\s*([a-z]+)")
# How the oldest programs name whom they did not reach.
_NAMED = re.compile(r"^<([^<>\s]{1,160}@[^<>\s]{1,160})>:?\s*$", re.MULTILINE)
MAX_FAILED = 50


def failed_recipients(root: Part, status: bytes | None, text: str) -> tuple[str, ...]:
    """Return the addresses a bounce names as failed.

    Args:
        root: the message's outermost part, for its headers.
        status: the content of its delivery-status part, or None.
        text: its readable text, for bounces without such a part.
    """
    found: list[str] = []
    if status is not None:
        found = [
            address(one)
            for one in recipients(status)
            if one.get("action", "failed").lower().startswith("failed")
        ]
    elif line := _line(root, "x-failed-recipients"):
        found = [one.strip() for one in line.split(",")]
    else:
        found = _NAMED.findall(text[:20_000])
    return tuple(dict.fromkeys(one.lower() for one in found if "@" in one))[:MAX_FAILED]


def is_bounce(root: Part, sender: tuple[Address, ...], subject: str, status: bytes | None) -> bool:
    """Whether the message says that a letter of ours could not be delivered.

    Args:
        root: the message's outermost part, for its headers.
        sender: the From addresses.
        subject: the decoded subject.
        status: the content of its delivery-status part, or None.
    """
    if status is not None:
        actions = {one.lower() for one in _ACTION.findall(status)}
        return not actions or b"failed" in actions
    if root.first("x-failed-recipients"):
        return True
    if root.content_type == "multipart/report":
        return (root.parameter("report-type") or "").lower() == "delivery-status"
    daemon = any(
        _POSTMASTER.fullmatch(_local(one) or one.name.replace(" ", "-")[:100]) for one in sender
    )
    return daemon and (_null_sender(root) or bool(_UNDELIVERED.search(subject)))


def automatic_reason(
    root: Part, sender: tuple[Address, ...], subject: str, bounce: bool
) -> AutomaticReason | None:
    """Return why the message is taken for a machine's, the surest reason first, or None.

    Args:
        root: the message's outermost part, for its headers.
        sender: the From addresses.
        subject: the decoded subject.
        bounce: what `is_bounce` found.
    """
    if bounce:
        return AutomaticReason.BOUNCE
    submitted = _word(root, "auto-submitted")
    if submitted and submitted != "no":
        return AutomaticReason.AUTO_SUBMITTED
    if root.content_type == "multipart/report":
        return AutomaticReason.REPORT
    if any(root.first(name) is not None for name in ("x-autoreply", "x-autorespond")) or _word(
        root, "x-autoreply-from"
    ):
        return AutomaticReason.AUTOREPLY_HEADER
    if _word(root, "precedence") in {"bulk", "list", "junk", "auto_reply", "auto-reply"}:
        return AutomaticReason.PRECEDENCE
    suppressed = {one.strip() for one in _line(root, "x-auto-response-suppress").split(",")}
    if suppressed & {"all", "oof", "autoreply", "dr", "rn", "nrn"}:
        return AutomaticReason.RESPONSE_SUPPRESS
    if root.first("list-id") is not None or root.first("list-unsubscribe") is not None:
        return AutomaticReason.MAILING_LIST
    if _null_sender(root):
        return AutomaticReason.NULL_SENDER
    if any(
        _NO_REPLY.fullmatch(_local(one)) or _POSTMASTER.fullmatch(_local(one)) for one in sender
    ):
        return AutomaticReason.NO_REPLY_SENDER
    return AutomaticReason.SUBJECT if _ABSENT.match(subject[:200]) else None


def _local(one: Address) -> str:
    return one.address.partition("@")[0][:100]


def _line(root: Part, name: str) -> str:
    return (root.first(name) or b"").decode("latin-1").strip().lower()[:500]


def _word(root: Part, name: str) -> str:
    return re.split(r"[;\s(]", _line(root, name), maxsplit=1)[0]


def _null_sender(root: Part) -> bool:
    value = root.first("return-path")
    return value is not None and value.replace(b" ", b"") == b"<>"
