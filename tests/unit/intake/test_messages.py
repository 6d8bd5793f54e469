"""What must be read from each message of `tests/mail`, one oddity a message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from intake.incoming import IncomingMail
from intake.parsing import parse

MAIL = Path(__file__).parents[2] / "mail"
FLOWED = (
    "This paragraph was broken by the program and not by me.\n> You wrote this.\nFrom the start."
)
QUESTION_AND_ANSWER = "> When did it happen?\nOn the Monday.\n\n> Who was there?\nMy sister and I."

# Keys: text and reply are whole; has and lacks are pieces of the text; names are file names.
EXPECTED: dict[str, dict[str, Any]] = {
    "plain": {"text": "The taxi for my son did not come on Monday.\n\nPat Amber",
              "from": [("Pat Amber", "pat.amber@example.net")],
              "id": "<taxididnotcome@example.net>",
              "date": "2026-04-14T09:12:00+01:00", "subject": "Taxi did not come", "names": [],
              "guessed": False, "defects": 0, "reason": None},
    "crlf": {"text": "The taxi did not come.\n\nSecond paragraph."},
    "utf8-8bit": {"text": "Mae’r gweithiwr yn garedig – diolch. Ŵyn a môr.", "subject": "Prŷn"},
    "latin1-qp": {"text": "The café visit was cancelled.", "guessed": False},
    "windows-1252-as-latin1": {"text": "She said “no” – twice…", "guessed": False},
    "utf8-as-latin1": {"text": "Zoë waited 20 minutes – outside.", "guessed": True},
    "latin1-as-utf8": {"text": "Zoë waited in the café.", "guessed": True},
    "no-charset-8bit": {"text": "Renée’s review was late.", "guessed": True},
    "unknown-charset": {"text": "Plain words all the same.", "guessed": True},
    "utf7": {"text": "It cost £20.", "guessed": False},
    "iso-2022-jp": {"text": "学校の件です。", "subject": "学校の件"},
    "shift-jis-base64": {"text": "先生へ①"},
    "koi8-undeclared": {"has": ["социальный работник не пришёл"], "guessed": True},
    "utf16": {"text": "Wide words"},
    "codec-trap": {"text": "C:\\new\\u0041 folder", "guessed": True},
    "subject-split-word": {"subject": "Café visit"},
    "subject-raw-8bit": {"subject": "Übergabe der Akte", "guessed": True},
    "subject-in-words": {"subject": "Re: café and fête today"},
    "no-headers": {"has": ["only a sentence", "a second one"], "from": [], "id": None},
    "nothing": {"text": "", "reply": "", "from": [], "names": []},
    "headers-only": {"text": "", "subject": "Only headers"},
    "no-from-no-date": {"text": "Words from nobody.", "from": [], "date": None, "id": None},
    "headers-run-into-body": {"subject": "Run in",
                              "has": ["This line is no header", "More words."]},
    "leading-blank-lines": {"text": "Words.", "subject": "Led by blanks"},
    "mbox-from-line": {"text": "Words.", "subject": "Mbox"},
    "from-comma-unquoted": {"from": [("Amber, Pat", "pat.amber@example.net")]},
    "from-broken": {"from": [("Pat", "pat.amber@example.net")]},
    "from-encoded-comma": {"from": [("Amber, Zoë", "zoe.amber@example.net")]},
    "from-group": {"from": []},
    "date-impossible": {"date": None, "text": "Words."},
    "message-id-broken": {"id": "no brackets here"},
    "flowed": {"text": f"{FLOWED}\n-- \nPat", "reply": FLOWED},
    "alternative": {"text": "Plain words win.", "names": []},
    "alternative-plain-empty": {"text": "Only the HTML has words."},
    "alternative-plain-poor": {"has": ["nobody told the children or me"]},
    "html-links-lists": {"has": ["See the plan <https://school.example/plan?id=7>", "1. First",
                                 "2. Second", "press"],
                         "lacks": ["alert", "color:red", "hidden", "javascript", "<https://a.example/>"]},
    "html-table": {"has": ["Day     Visit", "Monday  missed"]},
    "html-meta-charset": {"has": ["Pani Łucja była pomocna"]},
    "html-as-plain": {"text": "It was late."},
    "html-unclosed": {"has": ["One", "Two", "Three", "Four"]},
    "related-inline-image": {"has": ["[broken step]"], "names": ["step.png"], "inline": [True]},
    "attachment-2231": {"names": ["Brief an Zoë.pdf"], "text": "See the letter."},
    "attachment-2047-name": {"names": ["Zoë plan.pdf"]},
    "attachment-raw-8bit-name": {"names": ["Zoë.pdf"]},
    "attachment-path": {"names": ["x.pdf", "plan.pdf", "attachment-3.bin"]},
    "attachment-direction-mark": {"names": ["photogpj.exe"]},
    "attachment-only": {"text": "", "names": ["scan.pdf"], "inline": [False]},
    "text-file-attached": {"text": "Notes attached.", "names": ["notes.txt"]},
    "apple-text-photo-text": {"text": "Before the photo.\n\nAfter the photo.", "names": ["p.jpg"]},
    "boundary-missing": {"text": "Still readable."},
    "boundary-unclosed": {"text": "Cut off in the midd", "defects": 1},
    "base64-footer": {"has": ["Café words.", "This list is run by example dot net"]},
    "base64-broken": {"names": ["a.pdf"], "text": "See it.", "defects": 1},
    "uuencode": {"text": "See the file.\n\nThank you.", "names": ["notes.pdf"]},
    "yenc": {"text": "See the file.", "names": ["p.jpg"]},
    "winmail": {"text": "See winmail.", "names": ["winmail.dat"], "defects": 1},
    "forward-attached": {"has": ["Please read what they wrote.", "The review is moved to May."],
                         "reply": "Please read what they wrote.",
                         "names": ["Review moved.eml", "plan.pdf"]},
    "forward-attached-alone": {"has": ["From: Lee Moss <lee.moss@example.org>"],
                               "names": ["Review moved.eml", "plan.pdf"]},
    "calendar": {"text": "Meeting on Friday.", "names": ["invitation.ics"]},
    "smime-signed": {"text": "Signed words.", "names": ["smime.p7s"]},
    "smime-encrypted": {"text": "", "names": ["smime.p7m"], "defects": 1},
    "pgp-inline": {"reply": "Signed in the clear.\n-- dashes", "has": ["BEGIN PGP SIGNATURE"]},
    "nul-bytes": {"text": "A  in the words."},
    "nested-60": {"text": "At the bottom."},
    "reply-gmail": {"reply": "Yes, Tuesday is fine.", "has": ["> Would Tuesday suit you?"],
                    "in_reply_to": "<letter-1@council.example>",
                    "references": ["<first@council.example>", "<letter-1@council.example>"]},
    "reply-gmail-wrapped": {"reply": "Yes please."},
    "reply-outlook": {"reply": "I disagree with point 2.\n\nPat", "has": ["what we understood"]},
    "reply-inline-answers": {"reply": QUESTION_AND_ANSWER},
    "reply-below": {"reply": "It was Monday."},
    "reply-html-gmail": {"reply": "Thank you, that is right.",
                         "has": ["> Is this what you meant?"]},
    "reply-html-outlook": {"reply": "No, she was seven.", "has": ["Was she six?"]},
    "reply-html-inline": {"reply": "> When?\n\nMonday.\n\n> Where?\n\nAt school."},
    "reply-marker": {"reply": "It is about my daughter.", "has": ["We have your feedback."]},
    "reply-marker-hash": {"reply": "One more thing."},
    "reply-welsh": {"reply": "Diolch, iawn."},
    "signature": {"reply": "Please ring me.", "has": ["01632 960123"]},
    "signature-phone": {"reply": "Please ring me."},
    "signature-contact": {"reply": "Please reply by Friday."},
    "dashes-are-no-signature": {"reply": "What went wrong:\n- the taxi\n- the school\n"
                                         "Thanks for reading this, it matters.\nPat"},
    "letter-with-from-to": {"has": ["I want to complain"], "reply_has": ["I want to complain"]},
    "forwarded-inline": {"reply_has": ["The review is moved again."]},
    "auto-submitted": {"reason": "auto_submitted", "bounce": False},
    "auto-submitted-no": {"reason": None},
    "precedence-bulk": {"reason": "precedence"},
    "suppress-list": {"reason": "response_suppress"},
    "list-id": {"reason": "mailing_list"},
    "null-return-path": {"reason": "null_sender"},
    "no-reply-sender": {"reason": "no_reply_sender"},
    "out-of-office-subject": {"reason": "subject"},
    "out-of-office-complaint": {"reason": None},
    "bounce": {"reason": "bounce", "bounce": True, "failed": ["gone@example.net"],
               "lacks": ["Our own letter"], "names": ["delivery-status.txt", "Your feedback.eml"]},
    "delay": {"reason": "auto_submitted", "bounce": False, "failed": []},
    "bounce-old": {"reason": "bounce", "bounce": True},
    "read-receipt": {"reason": "report", "bounce": False},
}  # fmt: skip


def _seen(mail: IncomingMail) -> dict[str, Any]:
    return {
        "text": mail.text,
        "reply": mail.reply_text,
        "subject": mail.subject,
        "from": [(one.name, one.address) for one in mail.from_],
        "id": mail.message_id,
        "date": mail.date.isoformat() if mail.date else None,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "names": [one.filename for one in mail.attachments],
        "inline": [one.inline for one in mail.attachments],
        "guessed": mail.charset_guessed,
        "reason": mail.automatic_reason,
        "bounce": mail.bounce,
        "failed": list(mail.failed_recipients),
        "defects": len(mail.defects),
    }


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_message_is_read_as_expected(name: str) -> None:
    mail = parse((MAIL / f"{name}.eml").read_bytes())
    wanted, seen = EXPECTED[name], _seen(mail)
    exact = {key: value for key, value in wanted.items() if key in seen}
    assert {key: seen[key] for key in exact} == exact
    for piece in wanted.get("has", []):
        assert piece in mail.text
    for piece in wanted.get("lacks", []):
        assert piece not in mail.text
    for piece in wanted.get("reply_has", []):
        assert piece in mail.reply_text


def test_every_message_of_the_folder_has_its_expectations() -> None:
    assert {one.stem for one in MAIL.glob("*.eml")} == set(EXPECTED)
    assert len(EXPECTED) >= 40


def test_files_are_kept_whole() -> None:
    content = parse((MAIL / "uuencode.eml").read_bytes()).attachments[0].content
    assert content == b"%PDF-1.4 fake"
    assert parse((MAIL / "yenc.eml").read_bytes()).attachments[0].content == b"JFIF"
