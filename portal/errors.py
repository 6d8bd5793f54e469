"""An act that cannot be done, with the sentence that the person is shown."""

from portal.marking import marked


class Refused(Exception):
    """Something a person asked for that we cannot do as asked.

    A subclass sets `message` and, where 422 is not right, `status`. The message is one or two
    sentences that say what happened and what to do; it never holds what the person wrote.
    """

    title: str = marked("We could not do that")
    message: str = marked("We could not do this. Go back, check what you entered and try again.")
    status: int = 422

    def __init__(self, message: str | None = None) -> None:
        """Take the class's own sentence, or a more exact one."""
        if message is not None:
            self.message = message
        super().__init__(self.message)
