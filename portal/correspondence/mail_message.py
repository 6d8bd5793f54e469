"""A letter as an e-mail: plain text, a neutral sender, and headers that nobody else can write."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from portal.correspondence.delivery import Claimed
from portal.correspondence.email_address import plain_address
from portal.correspondence.reply_address import reply_address
from portal.council import Council

_IDENTIFIER = re.compile(r"<[!-;=?-~]{3,900}>")


def as_mail(letter: Claimed, council: Council, mail_from: str) -> EmailMessage:
    """Make the e-mail of a letter.

    Args:
        letter: the letter.
        council: for the sender's neutral name.
        mail_from: the setting MAIL_FROM.

    Returns:
        A message that is the same each time it is made of the same letter, but for boundaries.

    Raises:
        ValueError: an address or a subject that cannot stand in a header.
    """
    sender, to_email = envelope_sender(mail_from), plain_address(letter.to_email)
    if to_email is None:
        raise ValueError("The letter's address is not one.")
    message = EmailMessage(policy=SMTP)
    name, _, domain = sender.rpartition("@")
    shown = council.mail.neutral_name if letter.neutral else council.mail.display_name
    message["From"] = Address(shown, name, domain)
    message["To"] = to_email
    # Where answers find their matter by, even from a mail program that keeps no header.
    answers_to = reply_address(sender, letter.reference) if letter.reference else sender
    message["Reply-To"] = answers_to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = letter.message_id
    answered = _IDENTIFIER.fullmatch((letter.answers_message_id or "").strip())
    if answered:
        message["In-Reply-To"] = answered.group()
        message["References"] = answered.group()
    if letter.automatic:
        # Two names for one thing: RFC 3834's, and the one that Exchange listens to.
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.body, charset="utf-8", cte="quoted-printable")
    return message


def return_path(letter: Claimed, mail_from: str) -> str:
    """Give the envelope's sender of a letter: nobody for what no person wrote, so that neither
    an out-of-office answer nor a bounce can come back and be answered in turn (RFC 3834)."""
    if letter.automatic:
        return ""
    sender = envelope_sender(mail_from)
    return reply_address(sender, letter.reference) if letter.reference else sender


def envelope_sender(mail_from: str) -> str:
    """Give the address that bounces go to.

    Args:
        mail_from: the setting MAIL_FROM, with or without a name.

    Raises:
        ValueError: it holds no address.
    """
    sender = plain_address(parseaddr(mail_from)[1])
    if sender is None:
        raise ValueError("MAIL_FROM is not an address.")
    return sender
