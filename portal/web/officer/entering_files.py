"""The scans and photos that an officer adds to what they enter: checked before the act."""

from wtforms import Field

from portal.attachments import checking
from portal.attachments.checking import CheckedFile, FileRefused

MOST_FILES = 10
TOO_MANY = f"Choose at most {MOST_FILES} files. More can be added on the item’s page."
CHOOSE_AGAIN = "Choose the files again: a browser does not keep them when a page comes back"


def checked(field: Field) -> list[CheckedFile]:
    """Check what was chosen; what is wrong is put beside the field.

    Args:
        field: the file box of a posted form.

    Returns:
        The checked files; those that were refused are missing, and the field has an error.
    """
    # A browser posts an empty part without a name when nothing was chosen.
    chosen = [one for one in field.data or [] if getattr(one, "filename", "")]
    if len(chosen) > MOST_FILES:
        field.errors = [*field.errors, TOO_MANY]
        return []
    found = []
    for one in chosen:
        try:
            found.append(checking.check(one.filename, one.stream.read()))
        except FileRefused as refusal:
            field.errors = [*field.errors, f"{one.filename}: {refusal.message}"]
    return found


def ask_again(field: Field) -> None:
    """Say beside the box that files were chosen and have to be chosen again."""
    if not field.errors and any(getattr(one, "filename", "") for one in field.data or []):
        field.errors = [CHOOSE_AGAIN]
