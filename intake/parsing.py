"""Raw bytes to `IncomingMail`: pure, without exceptions, in time that grows with the size only."""

from __future__ import annotations

from intake import headers
from intake.automatic import automatic_reason, failed_recipients, is_bounce
from intake.bodies import Reading, named_text, read_tree
from intake.incoming import IncomingMail
from intake.mime import cut
from intake.people import addresses
from intake.replies import reply_of


def parse(raw: bytes) -> IncomingMail:
    """Read a message as a server or a file gives it.

    Args:
        raw: any bytes at all.

    Returns:
        All that can be read; what was wrong is in `defects` as sentences. Never raises: a message
        that breaks the reading comes back with one defect, and its bytes are kept elsewhere.
    """
    try:
        return read_or_raise(raw)
    except Exception as error:
        return IncomingMail(defects=(f"The message could not be read ({type(error).__name__}).",))


def read_or_raise(raw: bytes) -> IncomingMail:
    """Read a message with nothing caught, for tests that look for what breaks the reading."""
    tree = cut(raw)
    root = tree.root
    reading = Reading()
    own = read_tree(tree, reading).strip("\n").rstrip()
    if not own.strip():
        own = (reading.packed_text or named_text(reading)).strip("\n").rstrip()
    texts = [text for text in (own, *reading.attached_texts) if text.strip()]
    subject, guessed = headers.header_text(root.first("subject") or b"")
    sender = addresses(root.every("from"))
    if not sender:
        reading.note("The message names no sender.")
    date = headers.date(root.first("date"))
    if date is None and root.first("date"):
        reading.note("The date could not be understood.")
    status = reading.delivery_status
    bounce = is_bounce(root, sender, subject, status)
    return IncomingMail(
        message_id=headers.identifier(root.first("message-id")),
        date=date,
        subject=subject,
        from_=sender,
        to=addresses(root.every("to")),
        cc=addresses(root.every("cc")),
        reply_to=addresses(root.every("reply-to")),
        in_reply_to=next(iter(headers.identifiers(root.every("in-reply-to"))), None),
        references=headers.identifiers(root.every("references")),
        text="\n\n".join(texts),
        # Whoever only attaches a message means that message.
        reply_text=reply_of(own) if own else "\n\n".join(texts),
        attachments=tuple(reading.attachments),
        automatic_reason=automatic_reason(root, sender, subject, bounce),
        bounce=bounce,
        failed_recipients=failed_recipients(root, status, own) if bounce else (),
        charset_guessed=reading.charset_guessed or guessed,
        defects=tuple(reading.defects),
    )
