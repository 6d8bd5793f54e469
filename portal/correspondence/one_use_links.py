"""Links that open something once: they are in a letter until it leaves, and not in our copy."""

import re

CUT = "(The link was in the letter. It is not kept here.)"
# 43 characters is what a 256-bit token has in URL-safe base64.
_LINK = re.compile(r"https?://\S*[A-Za-z0-9_-]{43}\S*")


def without_links(body: str) -> str:
    """Take one-use links out of a letter's words.

    Tokens are only hashed where they are looked up; a copy in the outbox would undo that.

    Args:
        body: the letter.

    Returns:
        The letter with a sentence in place of each link.
    """
    return _LINK.sub(CUT, body)


# As it stands in an answer that quotes our letter, also behind a mail filter's own address.
_QUOTED = re.compile(r"((?:/|%2F)track(?:/|%2F)link(?:/|%2F))[A-Za-z0-9_-]{16,200}", re.IGNORECASE)


def without_quoted_tokens(text: str) -> str:
    """Take out of what somebody wrote the tokens of our own letters' links, and nothing else.

    Args:
        text: the words of an e-mail, perhaps with a letter of ours quoted or forwarded.

    Returns:
        The text with each such link ending in "…". The e-mail itself keeps them.
    """
    return _QUOTED.sub(r"\1…", text)
