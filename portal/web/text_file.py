"""A text file that somebody saves: their own words, or a letter to them."""

from flask import Response

from portal.web.officer.sandboxed import FileAnswer


def answer(lines: list[str], filename: str) -> Response:
    """Give lines as a file to save.

    Args:
        lines: what stands in it, block by block; empty ones are left out.
        filename: its name, which tells nobody what it is about.
    """
    blocks = [line.replace("\r\n", "\n").strip() for line in lines]
    text = "\n\n".join(block for block in blocks if block) + "\n"
    return FileAnswer.of(text.encode(), filename, "text/plain; charset=utf-8")
