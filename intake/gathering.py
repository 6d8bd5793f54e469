"""What has been read of a message so far."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from intake.charsets import decode
from intake.filenames import safe_filename
from intake.incoming import IncomingAttachment
from intake.mime import Part


@dataclass(slots=True)
class Reading:
    """Collects files, texts and defects; attached messages are read into the same one."""

    attachments: list[IncomingAttachment] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    charset_guessed: bool = False
    delivery_status: bytes | None = None
    attached: int = 0
    seals: int = 0
    # How many files were taken out of packs, of all packs together.
    unpacked: int = 0
    # Texts that stand beside the sender's own: attached messages, invitations, contact cards.
    attached_texts: list[str] = field(default_factory=list)
    # The body inside winmail.dat, for a message that has no other.
    packed_text: str = ""
    named_texts: list[tuple[Part, bytes]] = field(default_factory=list)

    def note(self, sentence: str | None) -> None:
        """Add a defect once."""
        if sentence and sentence not in self.defects:
            self.defects.append(sentence)

    def say(self, text: str) -> None:
        """Add a text beside the sender's own, once: an invitation often comes in two forms."""
        if text.strip() and text not in self.attached_texts:
            self.attached_texts.append(text)

    def decoded(self, content: bytes, declared: str | None) -> str:
        """Return content as text; remembers where the charset had to be guessed."""
        text, guessed = decode(content, declared)
        self.charset_guessed = self.charset_guessed or guessed
        return text

    def keep(
        self, name: str, content_type: str, content: bytes, inline: bool, opened: bool = False
    ) -> None:
        """Add a file.

        Args:
            name: as the sender gave it; may be empty.
            content_type: as declared.
            content: the decoded bytes.
            inline: whether the sender showed it within the text.
            opened: whether all that it holds is listed on its own.
        """
        number = len(self.attachments) + 1
        self.attachments.append(
            IncomingAttachment(
                safe_filename(name, content_type, number),
                content_type,
                len(content),
                hashlib.sha256(content).hexdigest(),
                inline,
                content,
                opened,
            )
        )
