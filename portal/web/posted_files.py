"""Files of one box as they were posted: looked at one by one, outside any act."""

from werkzeug.datastructures import FileStorage
from wtforms import Field

from portal.attachments import checking
from portal.attachments.checked_file import CheckedFile
from portal.attachments.refusals import FileRefused


def chosen(field: Field) -> list[FileStorage]:
    """What was chosen: a browser posts an empty part without a name when nothing was."""
    posted = field.data if isinstance(field.data, list) else [field.data]
    return [file for file in posted if getattr(file, "filename", "")]


def checked(field: Field, room: int, too_many: str) -> list[CheckedFile]:
    """Check what was chosen.

    Args:
        field: the box; what is wrong with a file is put beside it, with its name where several
            were chosen.
        room: how many may be added.
        too_many: the sentence where there are more.

    Returns:
        Those that were found good: of several, one that is refused keeps none of the others out.
    """
    files, good, wrong = chosen(field), list[CheckedFile](), list[str]()
    for file in files[:room]:
        try:
            good.append(checking.check(file.filename or "", file.stream.read()))
        except FileRefused as refusal:
            named = f"{file.filename}: " if len(files) > 1 else ""
            wrong.append(named + refusal.message)
    if len(files) > room:
        wrong.append(too_many)
    field.errors = [*field.errors, *wrong]
    return good
