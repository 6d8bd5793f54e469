"""The mark of a sentence that people outside read, where it stands in code that knows no page."""


def marked(sentence: str) -> str:
    """Mark a sentence for the catalogues. A page that shows it says it in its own language.

    Args:
        sentence: the English words, as one literal: what is put together cannot be translated.

    Returns:
        The same sentence.
    """
    return sentence
