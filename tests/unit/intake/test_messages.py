"""What must be read from each message of `tests/mail`, one oddity a message.

The expectations stand beside the messages in `*.toml`. `text`, `reply` and the lists are whole;
`has` and `lacks` are pieces of the text; an empty string stands for "none".
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from intake.incoming import IncomingMail
from intake.parsing import parse

MAIL = Path(__file__).parents[2] / "mail"
EXPECTED: dict[str, dict[str, Any]] = {
    name: wanted
    for path in sorted(MAIL.glob("*.toml"))
    for name, wanted in tomllib.loads(path.read_text()).items()
}


def _seen(mail: IncomingMail) -> dict[str, Any]:
    files = mail.attachments
    return {
        "text": mail.text,
        "reply": mail.reply_text,
        "subject": mail.subject,
        "from": [[one.name, one.address] for one in mail.from_],
        "id": mail.message_id or "",
        "date": mail.date.isoformat() if mail.date else "",
        "in_reply_to": mail.in_reply_to or "",
        "references": list(mail.references),
        "names": [one.filename for one in files],
        "types": [one.content_type for one in files],
        "sizes": [one.size for one in files],
        "inline": [one.inline for one in files],
        "opened": [one.opened for one in files],
        "guessed": mail.charset_guessed,
        "reason": mail.automatic_reason or "",
        "bounce": mail.bounce,
        "failed": list(mail.failed_recipients),
        "defects": len(mail.defects),
    }


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_message_is_read_as_expected(name: str) -> None:
    mail = parse((MAIL / f"{name}.eml").read_bytes())
    wanted, seen = dict(EXPECTED[name]), _seen(mail)
    for piece in wanted.pop("has", []):
        assert piece in mail.text
    for piece in wanted.pop("lacks", []):
        assert piece not in mail.text
    for piece in wanted.pop("reply_has", []):
        assert piece in mail.reply_text
    # A misspelt key must not pass for an expectation that holds.
    assert wanted.keys() <= seen.keys()
    assert {key: seen[key] for key in wanted} == wanted
    assert all(len(one.content) == one.size for one in mail.attachments)


def test_every_message_of_the_folder_has_its_expectations() -> None:
    assert {one.stem for one in MAIL.glob("*.eml")} == set(EXPECTED)
    assert all(EXPECTED.values())
    assert len(EXPECTED) >= 125


def test_files_are_kept_whole() -> None:
    content = parse((MAIL / "uuencode.eml").read_bytes()).attachments[0].content
    assert content == b"%PDF-1.4 fake"
    assert parse((MAIL / "yenc.eml").read_bytes()).attachments[0].content == b"JFIF"
    packed = parse((MAIL / "tnef-html-and-files.eml").read_bytes()).attachments[0].content
    assert packed == b"PK\x03\x04 invented minutes"
    signed = parse((MAIL / "smime-opaque.eml").read_bytes()).attachments[1].content
    assert signed == b"%PDF-1.4 signed"


def test_a_zip_is_listed_and_never_unpacked() -> None:
    mail = parse((MAIL / "attachment-zip-bomb.eml").read_bytes())
    assert mail.attachments[0].size < 10_000
    assert mail.attachments[0].content.startswith(b"PK")
