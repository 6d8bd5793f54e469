"""Where a reply's text introduces the mail it answers, in the forms and languages of mail programs.

The kept libraries know English and a few neighbours, by patterns whose cost grows with more than
the length of the text. This looks once at every line, and at a few lines around the likely ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WINDOW = 300
_BACK = 4
# A text with more lines that look like introductions is none that a person wrote.
_MAX_LOOKS = 5_000

# "On … wrote:", and its like where the name or the date stands elsewhere.
_WROTE = re.compile(
    r"(?i)(?<!\w)(?:wrote|writes|ysgrifennodd|a écrit|escribió|escribiste|escreveu|ha scritto"
    r"|scrisse|schreef|geschreven|schrieb(?:en)?|skrev|skreiv|kirjoitti|napsal|napísala?|napisała?"
    r"|nadesłał|pisze|írta|a scris|va scriure|написала?|писал|пише|пишет|написав|έγραψε|şunu yazdı"
    r"|yazdı|rašė|rakstīja|je napisao|je napisal|kirjutas|đã viết|menulis)(?:\([\w/]{1,3}\))?(?!\w)"
    r"|写道|寫道|写到|님이 작성|のメール|さんは書きました"
)
_STARTS = re.compile(
    r"(?i)(?:-{2,} ?)?(?:on|at|ar|am|le|el|il|op|den|em|no dia|dne|dňa|dnia|w dniu|în|la|pe|στις"
    r"|vào|pada|på|dana)\s|[在於于]\s?|\d{1,4}\s?[.,/ :年년-]|\w{2,12}[.,]{1,2}\s\d{1,2}"
    r"|-{2,}|\w{2,12}\s\d{1,2},\s\d{4}"
    r"|(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?[, ]|(?:понедельник|вторник|сред|четверг"
    r"|пятниц|суббот|воскресень)"
)
_MOMENT = re.compile(r"\d{1,2} ?[:.h時时시] ?\d{2}|\d{1,2} ?(?:am|pm)\b|\d{4}年")
_ADDRESS = re.compile(r"[\w.+-]{1,80}@[\w.-]{1,120}")
# "2016-03-03 17:21 GMT+01:00 Some One <…>:" says no "wrote".
_DATED = re.compile(
    r"(?:\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?[^\n]{0,120}(?:<\s?[^<>\s]+@[^<>\s]+>?|GMT[+-]\d\d:\d\d"
    r"\s[^\d\n]{1,80}))\s?[:：]?"
)
# "11:00 AM, November 17, 2021, "Some One" <…>:" neither.
_SENDER_LAST = re.compile(r"<\s?[^<>\s]+@[^<>\s]+>,?\s?[:：]$")
_ORIGINAL = re.compile(
    r"(?i)[-_*]{2,}\s?(?:original (?:message|appointment|mail|e-?mail)|repl(?:y|ied) message"
    r"|(?:ursprüngliche|original) ?-?nachricht|message (?:d'origine|original|initial)"
    r"|mensaje original|messaggio originale|oorspronkelijk bericht|oprindelig (?:meddelelse|besked)"
    r"|opprinnelig melding|ursprungligt meddelande|mensagem original|wiadomość oryginalna"
    r"|oryginalna wiadomość|původní (?:zpráva|e-?mail)|pôvodná správa|исходное сообщение"
    r"|eredeti üzenet|alkuperäinen viesti|neges wreiddiol|mesaj original|orijinal mesaj"
    r"|原始邮件|原始郵件|元のメッセージ|원본 메시지)\s?[-_*]{2,}"
)
_FORWARD = re.compile(
    r"(?i)-{2,}\s*(?:forwarded (?:message|by)|weitergeleitete nachricht|message transféré"
    r"|mensaje reenviado|messaggio inoltrato|doorgestuurd bericht|neges wedi'i hanfon ymlaen"
    r"|videresendt|vidarebefordrat|mensagem encaminhada|przekazana wiadomość|пересылаемое)"
    r"|begin forwarded message|anfang der weitergeleiteten|début du message (?:transféré|réexpédié)"
    r"|dechrau neges"
)
_MARKER = re.compile(
    r"(?i)[\s>*#_=-]*(?:please )?(?:type|write|enter)?\s*(?:your )?(?:reply|replies|answer)s? "
    r"(?:is )?above this line[\s*#_=.-]*"
)
_SEPARATOR = re.compile(r"\s*(?:_{10,}|-{10,}|\*{10,})\s*")

_LABELS = {
    "from": "from von de da van från fra od oddi wrth o absender expéditeur mittente remitente "
    "afzender lähettäjä feladó kimden от від από 差出人 发件人 寄件者 寄件人 보낸사람",
    "date": "date sent datum gesendet envoyé data enviado inviato verzonden sendt skickat dato "
    "fecha wysłano odesláno dátum elküldve lähetetty päivämäärä tarih отправлено дата надіслано "
    "dyddiad anfonwyd ημερομηνία 日付 送信日時 发送时间 日期 寄件日期 보낸날짜 trimis odoslané",
    "to": "to an à a para aan till til do komu címzett vastaanottaja kime кому at i 宛先 收件人 "
    "收件者 받는사람 către προς destinataire dla pentru",
    "subject": "subject betreff objet sujet asunto oggetto onderwerp ämne emne temat předmět "
    "predmet tárgy aihe konu тема assunto pwnc 件名 主题 主旨 제목 subiect θέμα re",
    "cc": "cc kopie copie kopi kopia copi dw másolat копия 抄送 副本 참조 cci bcc",
    "other": "reply-to antwort risposta organization organisation attachments importance priority "
    "sensitivity wichtigkeit priorität répondre responder",
}
_KIND = {word: kind for kind, words in _LABELS.items() for word in words.split()}
# Labels of two words.
_KIND |= {"oddi wrth": "from", "envoyé le": "date", "sent on": "date", "reply to": "other",
          "data wysłania": "date", "répondre à": "other", "보낸 사람": "from", "받는 사람": "to",
          "보낸 날짜": "date", "to / an": "to", "enviado el": "date", "enviada em": "date",
          "date d'envoi": "date", "message du": "date", "copie à": "cc",
          "send date": "date"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Introduction:
    """The lines from `first` up to `after` introduce what is quoted, or forwarded."""

    first: int
    after: int
    forward: bool = False


def introduction(lines: list[str]) -> Introduction | None:
    """Find where the quoted mail is introduced.

    Args:
        lines: the text, line by line.

    Returns:
        The first introduction, or None where nothing is quoted in a known way.
    """
    looks = 0
    for number, line in enumerate(lines):
        if not line or line.isspace():
            continue
        head = bare(line[:_WINDOW])
        found = None
        if looks > _MAX_LOOKS:
            return None
        if head[:1] in "-_*bBaAdD" and (found := _divided(lines, number, head)):
            return found
        colon = head.find(":", 0, 24)
        if colon < 0:
            colon = head.find("：", 0, 24)
        if colon > 0 and head[:colon].strip(" *_").lower() in _KIND:
            looks += 1
            found = _header_block(lines, number)
        elif head[:4].isdigit():
            looks += 1
            found = _dated(lines, number)
        if found is None and _may_introduce(head):
            looks += 1
            found = _attribution(lines, number)
        if found is not None:
            return found
    return None


def _may_introduce(head: str) -> bool:
    if head[-1:] in {":", "："}:
        return True
    # Two programs leave the colon out: "On … wrote", "---- On … wrote ----".
    return len(head) > 10 and head.rstrip(" -").endswith(" wrote")


def marker(lines: list[str]) -> int | None:
    """Return the number of the line that says "reply above this line", or None."""
    for number, line in enumerate(lines):
        if "above" in line.lower() and len(line) < 200 and _MARKER.fullmatch(line):
            return number
    return None


def bare(line: str) -> str:
    """Return a line without quotation marks and bold stars around it."""
    return line.strip("> |\t\xa0").strip("*").strip()


def is_quoted(line: str) -> bool:
    """Whether a line is marked as somebody else's words."""
    return line.lstrip().startswith(">")


def _divided(lines: list[str], number: int, head: str) -> Introduction | None:
    if _FORWARD.match(head):
        return Introduction(number, number + 1, forward=True)
    if _ORIGINAL.match(head):
        after = number + 1
        if length := _block_lines(lines, after):
            return Introduction(number, after + length)
        # Some put "On … wrote:" under the line.
        for below in range(after, min(after + 4, len(lines))):
            if inner := _attribution(lines, below):
                return Introduction(number, inner.after)
        return Introduction(number, after)
    return None


def _header_block(lines: list[str], number: int) -> Introduction | None:
    """Read "From: … Sent: … To: … Subject: …", as Outlook and most phones introduce a quotation."""
    kinds, length = _block(lines, number)
    separator = _separator_above(lines, number)
    enough = "from" in kinds and len(kinds - {"other"}) >= (2 if separator is not None else 3)
    if not enough or (separator is None and "date" not in kinds):
        return None
    return Introduction(number if separator is None else separator, number + length)


def _block(lines: list[str], number: int) -> tuple[set[str], int]:
    kinds: set[str] = set()
    loose, here, last = 0, number, number
    while here < len(lines) and here - number < 24 and loose <= 3:
        head = bare(lines[here][:_WINDOW])
        if not head:
            # Some programs put an empty line between the labels, all end them with one.
            loose += 2 if len(kinds) < 3 else 4
            here += 1
            continue
        parts = re.split("[:：]", head, maxsplit=1)
        kind = _KIND.get(parts[0].strip(" *_").lower()) if len(parts) == 2 else None
        if kind is None:
            loose += 1
        elif kind in kinds and kind in {"from", "date", "subject"}:
            break  # the next message's header
        else:
            kinds.add(kind)
            loose, last = 0, here
        here += 1
    return kinds, last - number + 1


def _block_lines(lines: list[str], number: int) -> int:
    while number < len(lines) and not lines[number].strip("> "):
        number += 1
    kinds, length = _block(lines, number)
    return length if "from" in kinds else 0


def _dated(lines: list[str], number: int) -> Introduction | None:
    for length in (3, 2, 1):
        joined = _joined(lines, number, number + length)
        if joined is not None and _DATED.fullmatch(joined):
            return Introduction(number, number + length)
    return None


def _attribution(lines: list[str], number: int) -> Introduction | None:
    """Read "On … wrote:" backwards from the line that ends it."""
    for first in range(number, max(number - _BACK, -1), -1):
        joined = _joined(lines, first, number + 1)
        if joined is None:
            return None
        if not _WROTE.search(joined) and not (
            _MOMENT.search(joined) and _SENDER_LAST.search(joined)
        ):
            continue
        rest = joined[:_WINDOW]
        if not _STARTS.match(rest) and not (_ADDRESS.search(rest) and first == _top(lines, first)):
            continue
        after = number + 1
        below = next((one for one in lines[after : after + 3] if one.strip()), "")
        if _ADDRESS.search(joined) or _MOMENT.search(joined) or is_quoted(below):
            return Introduction(first, after)
    return None


def _top(lines: list[str], number: int) -> int:
    """Return the line itself where it begins a paragraph, else -1."""
    return number if number == 0 or not bare(lines[number - 1]) else -1


def _joined(lines: list[str], first: int, after: int) -> str | None:
    """Join a few lines, or None where an empty one or the end is among them."""
    pieces = [bare(line[:_WINDOW]) for line in lines[first:after]]
    if len(pieces) < after - first or not all(pieces):
        return None
    return " ".join(pieces)


def _separator_above(lines: list[str], number: int) -> int | None:
    """Outlook draws a line above its header; it belongs to what is cut."""
    above = number - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and _SEPARATOR.fullmatch(lines[above][:_WINDOW]) else None
