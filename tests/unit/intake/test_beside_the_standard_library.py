"""Our reading held against the standard library's slow one, over the corpus and over made mail."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.incoming import IncomingMail
from intake.parsing import parse

MAIL = Path(__file__).parents[2] / "mail"
# Where the two differ, ours is right, and why.
OURS = {
    "alternative-plain-poor": "the plain form only points to the other",
    "charset-iso-2022-jp-ext": "the charset is another than declared",
    "charset-shift-jis-marks": "Shift-JIS mail holds the letters of Windows",
    "charset-utf8-mark": "the byte order mark is no letter",
    "codec-trap": "a Python codec is no charset",
    "cte-comment": "a comment beside the encoding",
    "flowed": "broken lines are joined",
    "flowed-delsp": "broken lines are joined",
    "from-comment-name": "the name stands in a comment",
    "from-raw-latin1": "8-bit header",
    "header-space-before-colon": "a space before the colon",
    "headers-byte-order-mark": "the byte order mark before the headers is no letter",
    "headers-strange-line": "one stray line does not end the headers",
    "html-as-plain": "HTML sent as plain text",
    "koi8-undeclared": "no charset declared",
    "latin1-as-utf8": "the charset is another than declared",
    "leading-blank-lines": "empty lines before the header",
    "no-charset-8bit": "no charset declared",
    "nul-bytes": "no page and no database can hold a NUL",
    "shift-jis-base64": "Shift-JIS mail holds the letters of Windows",
    "subject-latin1-raw": "8-bit header",
    "subject-raw-8bit": "8-bit header",
    "subject-unknown-charset": "unknown charset",
    "utf8-as-latin1": "the charset is another than declared",
    "uuencode": "the file is taken out of the text",
    "uuencode-names": "the files are taken out of the text",
    "windows-1252-as-latin1": "Latin-1 mail holds the letters of Windows",
    "yenc": "the file is taken out of the text",
}


def _words(text: str) -> str:
    return " ".join(text.split())


def _theirs(raw: bytes) -> dict[str, Any]:
    """Read by the standard library; what it raises at or calls defective stays undefined."""
    message = message_from_bytes(raw, policy=default)
    found: dict[str, Any] = {}
    for name in ("subject", "from", "to", "date", "text"):
        try:
            field = message[name] if name != "text" else message.get_body(("plain",))
            if field is None or (name in {"from", "to"} and field.defects):
                continue
            if name == "subject":
                found[name] = _words(str(field))
            elif name == "date":
                if field.datetime:
                    found[name] = field.datetime.replace(tzinfo=field.datetime.tzinfo or UTC)
            elif name == "text":
                found[name] = _words(field.get_content())
            elif field.addresses:
                found[name] = [(one.display_name, one.addr_spec) for one in field.addresses]
        except (AttributeError, LookupError, TypeError, ValueError):
            continue
    return found


def _ours(mail: IncomingMail) -> dict[str, Any]:
    return {
        "subject": mail.subject,
        "from": [(one.name, one.address) for one in mail.from_],
        "to": [(one.name, one.address) for one in mail.to],
        "date": mail.date,
        "text": _words(mail.text),
    }


def _differs(raw: bytes) -> bool:
    theirs, ours = _theirs(raw), _ours(parse(raw))
    # Ours has more than the one plain body: attached messages, invitations, several parts.
    text = theirs.pop("text", "")
    return text not in ours["text"] or any(ours[name] != theirs[name] for name in theirs)


def test_the_corpus_reads_as_the_standard_library_reads_it() -> None:
    different = {path.stem for path in MAIL.glob("*.eml") if _differs(path.read_bytes())}
    assert different == set(OURS)


# Quotation marks around a whole name are the program's, not the person's: we take them off.
LETTERS = st.characters(
    min_codepoint=32, max_codepoint=0x2FFFF, exclude_categories=("C", "Z"), exclude_characters="'=?"
)
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=12), min_size=1, max_size=8).map(" ".join)
# Alone, and all on long lines: the library's writer loses a space where it folds, and hides a
# comma of a list in an encoded name.
NAMES = st.lists(st.text(LETTERS, min_size=1, max_size=9), min_size=1, max_size=4).map(" ".join)
ASCII_WORD = st.from_regex(r"[a-z][a-z0-9]{0,11}", fullmatch=True)
CHARSETS = {
    "utf-8": "Größe 20 €, фонарь, 公園, 🚲",
    "iso-8859-1": "Straße, façade abîmée",
    "iso-8859-15": "45 € für die Brücke",
    "windows-1252": "“Baustelle” – 12 €…",
    "koi8-r": "не работает фонарь",
    "iso-2022-jp": "公園の街灯が壊れています",
    "shift_jis": "横断歩道の白線",
    "gb18030": "小区门口的路灯坏了",
    "big5": "公車站牌損壞",
    "euc-kr": "가로등이 고장났습니다",
}


@st.composite
def made_mail(draw: st.DrawFn) -> tuple[EmailMessage, list[tuple[str, str]]]:
    """Build a message by the standard library, with the names and hashes of its files."""
    policy = SMTP if draw(st.booleans()) else default
    message = EmailMessage(policy=policy.clone(max_line_length=900))
    message["Subject"] = draw(WORDS)
    message["From"] = Address(draw(NAMES), draw(ASCII_WORD), draw(ASCII_WORD) + ".example")
    message["To"] = [
        Address(draw(st.just("") | ASCII_WORD), draw(ASCII_WORD), "council.example")
        for _ in range(draw(st.integers(1, 3)))
    ]
    message["Date"] = draw(st.datetimes(datetime(1990, 1, 1), datetime(2080, 1, 1))).replace(
        microsecond=0, tzinfo=UTC
    )
    charset = draw(st.sampled_from(sorted(CHARSETS)))
    encoding = draw(st.sampled_from(["base64", "quoted-printable"]))
    text = f"Dear team,\n\n{CHARSETS[charset]}\n\n{draw(ASCII_WORD)} {draw(ASCII_WORD)}\n"
    message.set_content(text, charset=charset, cte=encoding)
    if draw(st.booleans()):
        page = f"<p>Dear team,</p><p>{CHARSETS[charset]}</p>"
        message.add_alternative(page, subtype="html", charset=charset, cte=encoding)
    files = []
    for _ in range(draw(st.integers(0, 3))):
        name, content = f"{draw(ASCII_WORD)} ä{draw(ASCII_WORD)}.pdf", draw(st.binary(max_size=500))
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
        files.append((name, hashlib.sha256(content).hexdigest()))
    return message, files


@settings(max_examples=150, deadline=None)
@given(made_mail())
def test_made_mail_reads_as_it_was_made(made: tuple[EmailMessage, list[tuple[str, str]]]) -> None:
    message, files = made
    mail = parse(message.as_bytes())
    assert mail.subject == _words(str(message["Subject"]))
    assert [(one.name, one.address) for one in mail.from_] == [
        (one.display_name, one.addr_spec) for one in message["From"].addresses
    ]
    assert [(one.name, one.address) for one in mail.to] == [
        (one.display_name, one.addr_spec) for one in message["To"].addresses
    ]
    assert mail.date == message["Date"].datetime
    body = message.get_body(("plain",))
    assert body is not None
    assert _words(mail.text) == _words(body.get_content())
    assert [(one.filename, one.sha256) for one in mail.attachments] == files
    assert not mail.defects


@pytest.mark.parametrize("name", ["plain", "reply-gmail"])
def test_a_difference_would_be_seen(name: str) -> None:
    raw = (MAIL / f"{name}.eml").read_bytes()
    assert not _differs(raw)
    assert _ours(parse(raw.replace(b"Pat", b"Jo")))["from"] != _ours(parse(raw))["from"]
