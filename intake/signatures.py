"""Where a signature begins at the end of somebody's own words."""

from __future__ import annotations

import re

_WINDOW = 300
_MAX_LINES = 30

_DASHES = {"--", "__", "—", "– –", "- -"}
_SEPARATOR = re.compile(r"(?:_{10,}|-{10,})\s*")
# What phones and programs add by themselves, in a line of its own.
_DEVICE = re.compile(
    r"(?i)(?:sent (?:from|via|with|using)|from) (?:my |an? |the )?(?:[\w’'+&\"./-]+ ?){1,7}"
    r"(?:<[^<>]{1,300}>)?(?:[.,;] ?(?:please |so |kindly )?(?:excuse|forgive|pardon)\b.{0,80})?\.?"
    r"|(?:get|download) outlook for\b.{0,120}|sent from (?:outlook|mail|yahoo)\b.{0,120}"
    r"|anfonwyd o(?:'r)? fy .{1,60}|anfonwyd o .{1,60}"
    r"|gesendet (?:von|mit|über)\b.{1,80}|von meine[mr]? .{1,40} gesendet"
    r"|diese nachricht wurde von .{1,80} gesendet\.?"
    r"|envoyé (?:de|depuis|à partir d(?:e|'un))\b.{1,80}"
    r"|enviado (?:desde|do|de|a partir do)\b.{1,80}"
    r"|inviato (?:da|dal)\b.{1,80}|(?:verzonden|verstuurd) (?:vanaf|met|via)\b.{1,80}"
    r"|sendt fra\b.{1,60}|skickat från\b.{1,60}|lähetetty\b.{1,60}|wysłane? z\b.{1,60}"
    r"|odesláno z\b.{1,60}|отправлено с\b.{1,60}|надіслано з\b.{1,60}|iphone(?:から|에서).{0,20}"
    r"|trimis de pe\b.{1,60}|从我的.{1,20}发送"
)
_NO_DEVICE = re.compile(r"(?i)^from (?!my (?:i?phone|ipad|mobile|android|blackberry|samsung))")
_CLOSING = re.compile(
    r"(?i)(?:(?:with )?(?:kind|kindest|best|warm|warmest|many)? ?(?:regards|wishes|thanks)"
    r"|(?:all the best|yours (?:sincerely|faithfully|truly)|many thanks|thanks|thank you|cheers)"
    r"|cofion(?: cynnes| gorau)?|yn gywir|diolch(?: yn fawr)?|yr eiddoch yn gywir"
    r"|mit freundlichen grüßen|viele grüße|cordialement|bien à vous|saludos|cordiali saluti"
    r"|met vriendelijke groet(?:en)?|pozdrawiam|с уважением)[,.! ]*"
)
_CONTACT = re.compile(
    r"(?i)\w@\w|https?:|www\.|\btel\b|\bt:|\bm:|\bmob(?:ile)?\b|\bffôn\b"
    r"|\+?\d[\d ()-]{8,}"
)
_NOTICE = re.compile(
    r"(?i)[*_ ]*(?:disclaimer|confidentiality notice|important notice"
    r"|this (?:e-?mail|message|communication)(?: (?:and|is|may|contains|was|transmission)\b)"
    r".{0,200}?\b(?:confidential|intended|privileged"
    r"|solely)|the information (?:contained )?in this (?:e-?mail|message).{0,100}"
    r"|mae'r (?:e-?bost|neges) h\w+.{0,120}cyfrinach)"
)


def unsigned(lines: list[str]) -> list[str]:
    """Return the lines without the signature at their end.

    Args:
        lines: somebody's own words, without what they quote.
    """
    end = _last_written(lines, len(lines))
    # A phone's line may stand below a signature: look again above what was found, but not for ever.
    for _ in range(12):
        cut = _signature(lines, end)
        if cut is None:
            break
        above = _last_written(lines, cut)
        if above == 0:
            break  # all of it looks like a signature: then these are the words
        end = above
    return lines[:end]


def _last_written(lines: list[str], end: int) -> int:
    while end and not lines[end - 1].strip():
        end -= 1
    return end


def _signature(lines: list[str], end: int) -> int | None:
    """Return where a signature begins among the last lines before `end`, or None."""
    contact = False
    for number in range(end - 1, max(end - 1 - _MAX_LINES, -1), -1):
        line = lines[number][:_WINDOW]
        said = line.strip().strip("*_ ").strip()
        if line.strip() in _DASHES or (number > end - 12 and _is_device(said)):
            return number
        if (
            contact
            and number > end - 20
            and (_CLOSING.fullmatch(said[:60]) or _SEPARATOR.fullmatch(line))
        ):
            return number
        if _NOTICE.match(said) and (number == 0 or not lines[number - 1].strip()):
            return number
        contact = contact or bool(_CONTACT.search(line))
    return None


def _is_device(said: str) -> bool:
    return len(said) < 160 and bool(_DEVICE.fullmatch(said)) and not _NO_DEVICE.match(said)
