"""What the letter of a no must hold before it is proposed, and still when it is agreed to."""

from portal.council import Council

EMPTY = "The letter is empty. Write what the person should read."


def fault_in(council: Council, letter: str, *, names_ombudsman: bool) -> str | None:
    """Say what is missing in a letter.

    Args:
        council: whose Ombudsman it is.
        letter: as the officer left it.
        names_ombudsman: whether it must tell how to reach the Ombudsman.

    Returns:
        The sentence that says what to do, or None.
    """
    if not letter.strip():
        return EMPTY
    ombudsman = council.ombudsman
    if names_ombudsman and not (ombudsman.name in letter and ombudsman.phone in letter):
        return (
            "The letter must tell the person how to reach the Ombudsman. Put back"
            f" “{ombudsman.name}” and {ombudsman.phone}."
        )
    return None
