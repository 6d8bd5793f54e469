"""From the parts of a message to one readable text and its files."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from intake.charsets import clean, decode
from intake.decoding import decode_transfer, take_embedded
from intake.filenames import safe_filename
from intake.flowed import unflow
from intake.headers import header_text
from intake.incoming import IncomingAttachment
from intake.mime import Part, Tree, cut
from intake.reading import text_of_html

MAX_ATTACHED_MESSAGES = 50
MAX_ATTACHED_DEPTH = 8

_META_CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-z0-9_:-]{2,40})")
_STARTS_AS_HTML = re.compile(r"\s*(?:<!doctype html|<html[\s>])", re.IGNORECASE)
_SEE_HTML = re.compile(
    r"(?i)(html|view (?:it|this)|online|web ?browser|does not support|multi-?part message)"
)
# Kept whole; an officer must know that there is more in them than the text shows.
_SEALED = "The message is encrypted or sealed (S/MIME); it is kept as a file."
_LOCKED = {
    "application/pkcs7-mime": _SEALED,
    "application/x-pkcs7-mime": _SEALED,
    "application/pgp-encrypted": "The message is encrypted (PGP); it is kept as a file.",
    "application/ms-tnef": "Outlook packed files into winmail.dat; it is kept as a file.",
    "application/vnd.ms-tnef": "Outlook packed files into winmail.dat; it is kept as a file.",
}
_READABLE = {"text/plain", "text/html", "text/enriched", "application/xhtml+xml"}


@dataclass(slots=True)
class Reading:
    """What has been read of a message so far; attached messages are read into the same one."""

    attachments: list[IncomingAttachment] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    charset_guessed: bool = False
    delivery_status: bytes | None = None
    attached: int = 0
    attached_texts: list[str] = field(default_factory=list)

    def note(self, sentence: str | None) -> None:
        """Add a defect once."""
        if sentence and sentence not in self.defects:
            self.defects.append(sentence)


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

    def read(self, part: Part, parent: str) -> str:
        """Return the text of a part; `parent` is the type of the multipart it stands in."""
        if part.content_type.startswith("multipart/") and part.children:
            if part.content_type == "multipart/alternative":
                return self._alternative(part)
            texts = (self.read(child, part.content_type) for child in part.children)
            return "\n\n".join(text.strip("\n") for text in texts if text.strip())
        if part.content_type.startswith("multipart/"):
            self.reading.note("A multipart message holds no parts; it was read as text.")
        content = self._content(part)
        if part.content_type == "message/rfc822" or part.content_type == "message/global":
            return self._attached_message(part, content, parent)
        if part.content_type.endswith("/delivery-status") and self.depth == 0:
            self.reading.delivery_status = (self.reading.delivery_status or b"") + content + b"\n"
        if self._is_text(part):
            return self._text(part, content)
        self._attach(part, content, parent)
        return ""

    def _is_text(self, part: Part) -> bool:
        if part.content_type.startswith("multipart/"):
            return True
        if part.content_type not in _READABLE or part.disposition() == "attachment":
            return False
        named = part.parameter("filename", "content-disposition") or part.parameter("name")
        return not named or (part is self.tree.root and part.disposition() != "attachment")

    def _content(self, part: Part) -> bytes:
        encoding = (part.first("content-transfer-encoding") or b"").strip().lower()
        name = encoding.split(b";")[0].strip().decode("latin-1")
        is_text = part.content_type.startswith(("text/", "multipart/"))
        content, defect = decode_transfer(self.tree.body(part), name, is_text)
        self.reading.note(defect)
        return content

    def _text(self, part: Part, content: bytes) -> str:
        declared = part.parameter("charset")
        if part.content_type in {"text/html", "application/xhtml+xml"}:
            meta = _META_CHARSET.search(content[:4_096]) if not declared else None
            return text_of_html(self._decoded(content, meta[1].decode() if meta else declared))
        if b"begin" in content:
            content, files = take_embedded(content)
            for one in files:
                name = header_text(one.filename)[0]
                self._keep(name, one.content_type, one.content, inline=False)
        text = self._decoded(content, declared)
        if part.content_type == "text/enriched":
            return re.sub(r"</?[a-zA-Z-]{1,60}>", "", text)
        if _STARTS_AS_HTML.match(text[:300]):
            self.reading.note("HTML was sent as plain text.")
            return text_of_html(text)
        if (part.parameter("format") or "").lower() == "flowed":
            return unflow(text, (part.parameter("delsp") or "").lower() == "yes")
        return text

    def _decoded(self, content: bytes, declared: str | None) -> str:
        text, guessed = decode(content, declared)
        self.reading.charset_guessed = self.reading.charset_guessed or guessed
        return text

    def _alternative(self, part: Part) -> str:
        """Read all forms, so that no file is missed, and choose the best text."""
        plain, other = "", ""
        for child in part.children:
            text = self.read(child, part.content_type)
            if child.content_type == "text/plain":
                plain = plain or text
            elif text.strip():
                other = text
        return plain if plain.strip() and not _is_poor(plain, other) else other or plain

    def _attached_message(self, part: Part, content: bytes, parent: str) -> str:
        """Keep an attached message as a file; its own text and files are read beside it."""
        reading = self.reading
        inner = cut(content)
        subject = header_text(inner.root.first("subject") or b"")[0]
        name = self._given_name(part) or (f"{subject[:100]}.eml" if subject else "message.eml")
        self._keep(name, part.content_type, content, inline=False)
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

    def _attach(self, part: Part, content: bytes, parent: str) -> None:
        self.reading.note(_LOCKED.get(part.content_type))
        disposition = part.disposition()
        shown = part.first("content-id") is not None and parent == "multipart/related"
        inline = disposition == "inline" or (shown and disposition != "attachment")
        self._keep(self._given_name(part), part.content_type, content, inline)

    def _given_name(self, part: Part) -> str:
        name = part.parameter("filename", "content-disposition") or part.parameter("name")
        if not name:
            return ""
        try:
            # Raw 8-bit bytes and encoded words are both wrong here, and both common.
            return header_text(name.encode("latin-1"))[0]
        except UnicodeEncodeError:
            return clean(name)

    def _keep(self, name: str, content_type: str, content: bytes, inline: bool) -> None:
        number = len(self.reading.attachments) + 1
        safe = safe_filename(name, content_type, number)
        self.reading.attachments.append(
            IncomingAttachment(safe, content_type, len(content),
                               hashlib.sha256(content).hexdigest(), inline, content)
        )  # fmt: skip


def _is_poor(plain: str, other: str) -> bool:
    """Whether the plain form only says that there is a better one, or is a stub of it."""
    words, others = len(plain.split()), len(other.split())
    if others > words and len(plain) < 500 and _SEE_HTML.search(plain):
        return others > 2 * words
    return others >= 30 and words * 5 < others
