"""One message of the benchmark corpus: its words, its charset, its files, whom it answers."""

from __future__ import annotations

import hashlib
import html
import random
import textwrap
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from email.utils import format_datetime
from typing import Any

from bench.mail.textgen import Text

POLICY = default.clone(linesep="\n", max_line_length=78)
DESK = "feedback@desk.example.org"
START = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)

# charset -> (probe phrase, transfer encodings seen in the wild)
PROBES = {
    "us-ascii": ("The printer path is C:\\new\\users\\report.txt on their side", ["7bit"]),
    "utf-8": ("Größe 20 €, zażółć, фонарь, 公園, 🚲 lane", ["8bit", "base64", "quoted-printable"]),
    "iso-8859-1": ("Straße gesperrt, façade abîmée, señal caída", ["quoted-printable", "8bit"]),
    "iso-8859-15": ("Kosten 45 € für die Brücke", ["quoted-printable", "8bit"]),
    "windows-1252": ("“Großbaustelle” – 12 € Gebühr…", ["quoted-printable", "8bit"]),
    "iso-8859-2": ("Zażółć gęślą jaźń, ulica Łąkowa", ["quoted-printable"]),
    "windows-1251": ("Улица Лесная, яма глубиной 20 см", ["base64", "8bit"]),
    "koi8-r": ("Во дворе не работает фонарь", ["base64"]),
    "iso-2022-jp": ("公園の街灯が壊れています", ["7bit"]),
    "shift_jis": ("横断歩道の白線が消えています", ["base64"]),
    "gb18030": ("小区门口的路灯坏了", ["base64"]),
    "big5": ("公車站牌損壞", ["base64"]),
    "euc-kr": ("가로등이 고장났습니다", ["base64"]),
}
CHARSET_WEIGHTS = {
    "utf-8": 700,
    "us-ascii": 90,
    "iso-8859-1": 70,
    "windows-1252": 50,
    "iso-8859-15": 15,
    "iso-8859-2": 12,
    "windows-1251": 15,
    "koi8-r": 8,
    "iso-2022-jp": 10,
    "shift_jis": 8,
    "gb18030": 8,
    "big5": 6,
    "euc-kr": 8,
}
STYLE = "p.MsoNormal{margin:0;font-size:11.0pt;font-family:Calibri,sans-serif}\n"
AUTOMATIC = {
    "vacation": [
        ("Auto-Submitted", "auto-replied"),
        ("X-Auto-Response-Suppress", "All"),
        ("Precedence", "auto_reply"),
    ],
    "list": [
        ("List-Id", "<news.example.net>"),
        ("Precedence", "bulk"),
        ("List-Unsubscribe", "<mailto:leave@example.net>"),
    ],
}


@dataclass(frozen=True)
class Seen:
    """A message that can be answered: `quoted` is what an answer quotes of it."""

    message_id: str
    subject: str
    sender: str
    thread: str
    quoted: str
    references: list[str]


@dataclass
class _Draft:
    """A message while it is being made; every random choice is made in one fixed order."""

    marker: str
    charset: str
    probe: str
    cte: str
    sender: tuple[str, str]
    text: str
    subject: str = ""
    own: str = ""
    via: str | None = None
    thread: str | None = None


class Messages:
    """Makes messages, each later than the last; the same seed gives the same bytes."""

    def __init__(self, seed: int) -> None:
        """Begin.

        Args:
            seed: of every random choice.
        """
        self.random = random.Random(seed)
        self.seen: list[Seen] = []
        self._texts = Text(seed + 1)
        self._number = 0
        self._now = START

    def make(
        self, kind: str, reply_to: Seen | None, auto: str | None, attach: bool
    ) -> tuple[bytes, dict[str, Any]]:
        """Make one message.

        Args:
            kind: `plain`, `alternative` or `html`.
            reply_to: what it answers.
            auto: `vacation` or `list` for a machine's.
            attach: whether files come with it.

        Returns:
            Its bytes, and what an intake should have kept of it.
        """
        self._number += 1
        draft, extra = self._draft(), []
        if reply_to is not None:
            extra += self._answer(draft, reply_to)
        if auto == "vacation":
            draft.subject = "Automatic reply: " + draft.subject
        extra += AUTOMATIC.get(auto or "", [])
        if self.random.random() < 0.08 and draft.charset == "utf-8" and not reply_to:
            draft.subject += " – Größe, фонарь"
        message = EmailMessage(policy=POLICY)
        message_id = self._headers(message, draft, extra)
        self._body(message, draft, kind)
        files = self._files(message) if attach else []
        thread = draft.thread or message_id
        if not auto:
            quoted = draft.own + ("\n" + reply_to.quoted if reply_to else "")
            above = [*reply_to.references, reply_to.message_id] if reply_to else []
            sender = f"{draft.sender[0]} <{draft.sender[1]}>"
            self.seen.append(Seen(message_id, draft.subject, sender, thread, quoted, above))
        entry = {
            "message_id": message_id, "marker": draft.marker, "thread": thread,
            "reply_via": draft.via, "kind": kind, "charset": draft.charset, "cte": draft.cte,
            "probe": draft.probe, "auto": auto, "subject": draft.subject, "from": draft.sender[1],
            "attachments": files,
        }  # fmt: skip
        return message.as_bytes(), entry

    def _draft(self) -> _Draft:
        choose = self.random
        marker = f"mk-{choose.randbytes(6).hex()}"
        topic = self._texts.topic()
        charset = choose.choices(list(CHARSET_WEIGHTS), list(CHARSET_WEIGHTS.values()))[0]
        probe, ctes = PROBES[charset]
        cte = choose.choice(ctes)
        sender = self._texts.person()
        text = (
            f"Dear team,\n\n{self._texts.paragraphs(topic, choose.randrange(30, 220))}\n\n"
            f"Marker: {marker}\nProbe: {probe}\n\nRegards\n{sender[0]}\n"
        )
        subject = self._texts.subject(topic)
        return _Draft(marker, charset, probe, cte, sender, text, subject, text)

    def _answer(self, draft: _Draft, to: Seen) -> list[tuple[str, str]]:
        draft.subject = to.subject if to.subject.startswith("Re: ") else "Re: " + to.subject
        draft.via = self.random.choices(["both", "references"], [9, 1])[0]
        draft.thread = to.thread
        safe = to.quoted.encode(draft.charset, "replace").decode(draft.charset)
        quoted = textwrap.indent(safe, "> ", lambda _line: True)
        draft.text += f"\nOn {format_datetime(self._now)}, {to.sender} wrote:\n{quoted}"
        extra = [("References", " ".join([*to.references, to.message_id]))]
        return [*extra, ("In-Reply-To", to.message_id)] if draft.via == "both" else extra

    def _headers(self, message: EmailMessage, draft: _Draft, extra: list[tuple[str, str]]) -> str:
        choose = self.random
        self._now += timedelta(minutes=choose.randrange(1, 15))
        for hop in range(choose.randrange(2, 5)):
            message["Received"] = (
                f"from mx{hop}.example.net (mx{hop}.example.net [192.0.2.{hop + 10}]) "
                f"by in{hop}.example.org with ESMTPS id {choose.randbytes(6).hex()} "
                f"for <{DESK}>; {format_datetime(self._now)}"
            )
        message["DKIM-Signature"] = (
            "v=1; a=rsa-sha256; d=example.net; s=s1; h=from:to:subject:date; "
            f"bh={choose.randbytes(32).hex()}; b="
            + " ".join(choose.randbytes(30).hex() for _ in range(3))
        )
        message["From"] = f"{draft.sender[0]} <{draft.sender[1]}>"
        message["To"] = f"City Feedback <{DESK}>"
        if choose.random() < 0.15:
            others = (self._texts.person()[1] for _ in range(choose.randrange(1, 3)))
            message["Cc"] = ", ".join(others)
        message["Date"] = format_datetime(self._now)
        message["Subject"] = draft.subject
        message_id = f"<{choose.randbytes(10).hex()}.{self._number}@mail.example.net>"
        message["Message-ID"] = message_id
        for key, value in extra:
            message[key] = value
        return message_id

    def _body(self, message: EmailMessage, draft: _Draft, kind: str) -> None:
        charset, cte = draft.charset, draft.cte
        wide = "\n".join(textwrap.fill(line, 900) for line in draft.text.split("\n"))
        if kind == "html":
            page = self._html(wide, charset)
            message.set_content(page, subtype="html", charset=charset, cte=cte)
            return
        message.set_content(wide, charset=charset, cte=cte)
        if kind == "alternative":
            page = self._html(wide, charset)
            packed = "base64" if cte == "base64" else "quoted-printable"
            packed = "7bit" if charset == "iso-2022-jp" else packed
            message.add_alternative(page, subtype="html", charset=charset, cte=packed)

    def _html(self, text: str, charset: str) -> str:
        rows = "".join(
            f'<p class="MsoNormal">{html.escape(p)}</p>\n' for p in text.split("\n") if p
        )
        style = STYLE * self.random.randrange(5, 60)
        return (
            f'<html><head><meta charset="{charset}"><style>{style}'
            f"</style></head>\n<body>\n{rows}</body></html>\n"
        )

    def _files(self, message: EmailMessage) -> list[dict[str, Any]]:
        files = []
        for _ in range(self.random.choices([1, 2], [4, 1])[0]):
            name, kind, data = self._file()
            message.add_attachment(data, maintype=kind[0], subtype=kind[1], filename=name)
            sha256 = hashlib.sha256(data).hexdigest()
            files.append({"name": name, "size": len(data), "sha256": sha256})
        return files

    def _file(self) -> tuple[str, tuple[str, str], bytes]:
        ending = self.random.choice(["pdf", "jpg"])
        data = self.random.randbytes(self.random.randrange(50_000, 500_000))
        if ending == "pdf":
            data, kind = b"%PDF-1.4\n" + data + b"\n%%EOF\n", ("application", "pdf")
        else:
            data = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + data + b"\xff\xd9"
            kind = ("image", "jpeg")
        name = self.random.choice(["photo", "scan 01", "letter", "Straßenschild", "plan_final"])
        return f"{name}-{self._number}.{ending}", kind, data
