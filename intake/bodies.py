"""From the parts of a message to one readable text and its files."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intake import openings
from intake.charsets import clean
from intake.decoding import decode_transfer, take_embedded
from intake.flowed import unflow
from intake.gathering import Reading
from intake.headers import header_text
from intake.mime import Part, Tree, cut
from intake.reading import rough_word_count, text_of_html
from intake.rtf import text_of_rtf

__all__ = ["Reading", "read_tree"]

MAX_ATTACHED_MESSAGES = 50
MAX_ATTACHED_DEPTH = 8
MAX_SEALS = 5

_META_CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-z0-9_:-]{2,40})")
_STARTS_AS_HTML = re.compile(r"\s*(?:<!doctype html|<html[\s>])", re.IGNORECASE)
_SEE_HTML = re.compile(
    r"(?i)(html|view (?:it|this)|online|web ?browser|does not support|multi-?part message)"
)
_HTML = {"text/html", "application/xhtml+xml"}
_RICH = {"text/rtf", "application/rtf", "application/x-rtf"}
_MESSAGES = {"message/rfc822", "message/global", "message/news"}
# Other text without a name is read as plain text (RFC 2046 4.1.4); these are files.
_TEXT_FILES = {
    *("text/calendar", "text/x-vcalendar", "text/vcard", "text/x-vcard", "text/directory"),
    *("text/rfc822-headers", "text/css", "text/javascript", "text/csv", "text/xml"),
}
# The same words again, for a program's eyes or a watch's.
_TWINS = {"text/x-amp-html", "text/watch-html"}


def read_tree(tree: Tree, reading: Reading, depth: int = 0) -> str:
    """Read a message's text; its files are added to the reading.

    Args:
        tree: the message cut into parts.
        reading: collects files, defects and the texts of attached messages.
        depth: how many messages this one is attached inside.

    Returns:
        The readable text of this message itself.
    """
    for sentence in tree.defects:
        reading.note(sentence)
    return _Reader(tree, reading, depth).read(tree.root, "")


@dataclass(slots=True)
class _Reader:
    tree: Tree
    reading: Reading
    depth: int
    # The plain form of the alternative that is being read: HTML that says no more stays unread.
    beside: str = ""

    def read(self, part: Part, parent: str, first: bool = True) -> str:
        """Return the text of a part; `parent` is the type of the multipart it stands in."""
        if part.content_type.startswith("multipart/") and part.children:
            return self._multipart(part)
        if part.content_type.startswith("multipart/"):
            self.reading.note("A multipart message holds no parts; it was read as text.")
        content = self._content(part)
        if part.content_type in _MESSAGES:
            return self._attached_message(part, content, parent)
        if part.content_type.endswith("/delivery-status") and self.depth == 0:
            self.reading.delivery_status = (self.reading.delivery_status or b"") + content + b"\n"
        if self._is_text(part, parent, first):
            return self._text(part, content)
        if part.content_type in _TWINS and parent == "multipart/alternative":
            return ""
        return self._attach(part, content, parent)

    def _multipart(self, part: Part) -> str:
        if part.content_type == "multipart/encrypted":
            self.reading.note("The message is encrypted (PGP); it is kept as a file.")
        if part.content_type == "multipart/alternative":
            return self._alternative(part)
        texts = (
            self.read(child, part.content_type, first=place == 0)
            for place, child in enumerate(part.children)
        )
        return "\n\n".join(text.strip("\n") for text in texts if text.strip())

    def _is_text(self, part: Part, parent: str, first: bool) -> bool:
        kind = part.content_type
        if kind.startswith("multipart/"):
            return True
        readable = kind.startswith("text/") and kind not in _TEXT_FILES | _TWINS
        if not (readable or kind in _HTML or kind in _RICH or kind == "application/pgp"):
            return False
        if part.disposition() == "attachment":
            return False
        if not _named(part) or part is self.tree.root or parent == "multipart/alternative":
            return True
        return kind in _HTML and parent == "multipart/related" and first

    def _content(self, part: Part) -> bytes:
        encoding = (part.first("content-transfer-encoding") or b"").strip().lower()
        is_text = part.content_type.startswith(("text/", "multipart/"))
        content, defect = decode_transfer(
            self.tree.body(part), re.split(rb"[;(]", encoding)[0].decode("latin-1"), is_text
        )
        self.reading.note(defect)
        return content

    def _text(self, part: Part, content: bytes) -> str:
        declared = part.parameter("charset")
        kind = part.content_type
        if kind in _HTML:
            return self._html(content, declared)
        if kind in _RICH:
            return text_of_rtf(content)
        if b"begin" in content:
            content, files = take_embedded(content)
            for one in files:
                name = header_text(one.filename)[0]
                self.reading.keep(name, one.content_type, one.content, inline=False)
        text = self.reading.decoded(content, declared)
        if kind in {"text/enriched", "text/richtext"}:
            return re.sub(r"</?[a-zA-Z-]{1,60}>", "", text.replace("<<", "<"))
        if _STARTS_AS_HTML.match(text[:300]):
            self.reading.note("HTML was sent as plain text.")
            return text_of_html(text)
        if "-----BEGIN PGP MESSAGE-----" in text:
            self.reading.note("A part of the text is encrypted (PGP).")
        if (part.parameter("format") or "").lower() == "flowed":
            return unflow(text, (part.parameter("delsp") or "").lower() == "yes")
        return text

    def _html(self, content: bytes, declared: str | None) -> str:
        meta = _META_CHARSET.search(content[:4_096]) if not declared else None
        html = self.reading.decoded(content, meta[1].decode() if meta else declared)
        if self.beside.strip() and not _is_poor(self.beside, rough_word_count(html)):
            return ""
        return text_of_html(html)

    def _alternative(self, part: Part) -> str:
        """Read all forms, so that no file is missed, and choose the best text."""
        before = self.beside
        plain, other = "", ""
        chosen = next((one for one in part.children if self._is_plain_form(one)), None)
        if chosen is not None:
            plain = self.beside = self.read(chosen, part.content_type)
        for child in part.children:
            if child is chosen:
                continue
            text = self.read(child, part.content_type)
            other = text if text.strip() else other
        self.beside = before
        if plain.strip() and not _is_poor(plain, len(other.split())):
            return plain
        return other or plain

    def _is_plain_form(self, part: Part) -> bool:
        return part.content_type == "text/plain" and part.disposition() != "attachment"

    def _attached_message(self, part: Part, content: bytes, parent: str) -> str:
        """Keep an attached message as a file; its own text and files are read beside it."""
        reading = self.reading
        inner = cut(content)
        subject = header_text(inner.root.first("subject") or b"")[0]
        name = given_name(part) or (f"{subject[:100]}.eml" if subject else "message.eml")
        reading.keep(name, part.content_type, content, inline=False)
        reading.attached += 1
        # What a delivery report sends back is our own letter: a file, but no words of the sender's.
        if parent == "multipart/report" or reading.attached > MAX_ATTACHED_MESSAGES:
            return ""
        if self.depth >= MAX_ATTACHED_DEPTH:
            reading.note("Messages are attached inside each other too deeply.")
            return ""
        sender = header_text(inner.root.first("from") or b"")[0]
        place = len(reading.attached_texts)
        text = read_tree(inner, reading, self.depth + 1).strip("\n")
        title = f"---------- Attached message: {subject or 'no subject'} ----------"
        reading.attached_texts.insert(place, f"{title}\nFrom: {sender}\n\n{text}")
        return ""

    def _attach(self, part: Part, content: bytes, parent: str) -> str:
        """Keep a part as a file; returns text only where a signature was wrapped around it."""
        disposition = part.disposition()
        shown = part.first("content-id") is not None and parent == "multipart/related"
        inline = disposition == "inline" or (shown and disposition != "attachment")
        name, reading = given_name(part), self.reading
        inside = openings.sealed_content(reading, part, content)
        opened = inside is not None or openings.read_packed(reading, part, content)
        reading.keep(name, part.content_type, content, inline, opened)
        if inside is not None:
            reading.seals += 1
            if reading.seals <= MAX_SEALS:
                return read_tree(cut(inside), reading, self.depth)
        if not opened:
            openings.read_lines(reading, part, content, name)
        if part.content_type in _HTML | {"text/plain"} and disposition != "attachment":
            reading.named_texts.append((part, content))
        return ""


def named_text(reading: Reading) -> str:
    """Return the text of the files that are shown in the message, for one with no other words."""
    texts = []
    for part, content in reading.named_texts[:5]:
        text = reading.decoded(content, part.parameter("charset"))
        texts.append(text_of_html(text) if part.content_type in _HTML else text)
    return "\n\n".join(text.strip("\n") for text in texts if text.strip())


def given_name(part: Part) -> str:
    """Return the file name a part gives, decoded; empty where it gives none."""
    name = _named(part)
    if not name:
        return ""
    try:
        # Raw 8-bit bytes and encoded words are both wrong here, and both common.
        return header_text(name.encode("latin-1"))[0]
    except UnicodeEncodeError:
        return clean(name)


def _named(part: Part) -> str:
    return part.parameter("filename", "content-disposition") or part.parameter("name") or ""


def _is_poor(plain: str, others: int) -> bool:
    """Whether the plain form only says that there is a better one, or is a stub of it."""
    words = len(plain.split())
    if others > words and len(plain) < 500 and _SEE_HTML.search(plain):
        return others > 2 * words
    return others >= 30 and words * 5 < others
