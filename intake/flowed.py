"""Text that its sender's program broke into lines (RFC 3676, format=flowed)."""

from __future__ import annotations

# Beyond this nobody typed it, and its lines would cost more memory than all the rest.
MAX_CHARS = 2_000_000


def unflow(text: str, delsp: bool) -> str:
    """Join the lines that end in a space, level of quotation by level of quotation.

    Args:
        text: the body with `\\n` line ends.
        delsp: whether the space before a soft break is the program's and not the sender's.

    Returns:
        The text with its paragraphs whole and its quotation marks kept.
    """
    if len(text) > MAX_CHARS:
        return text
    lines: list[str] = []
    pending: list[str] = []
    pending_depth = 0

    def flush() -> None:
        if pending:
            mark = ">" * pending_depth + " " if pending_depth else ""
            lines.append(mark + "".join(pending))
            pending.clear()

    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        signature = content == "-- "
        if pending and (depth != pending_depth or signature):
            flush()
        pending_depth = depth
        soft = content.endswith(" ") and not signature
        pending.append(content[:-1] if soft and delsp else content)
        if not soft:
            flush()
    flush()
    return "\n".join(lines)
