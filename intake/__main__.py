"""`python -m intake`: the loop; `--once`: one look; `parse`: read messages, touching nothing."""

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from intake.polling import Polling

USAGE = "Use: python -m intake [--once | parse [FILE…]]"


def main(arguments: list[str]) -> int:
    """Run one of the three.

    Returns:
        0 when done, 1 when a mailbox or the database could not be used, 2 for a wrong call.
    """
    if arguments[:1] == ["parse"]:
        from intake.parse_command import run

        return run(arguments[1:])
    if arguments not in ([], ["--once"]):
        print(USAGE, file=sys.stderr)
        return 2
    from intake.reading_apart import readers
    from intake.signals import for_the_main_thread_alone

    # The process that reads takes as long to start as this one: both start at once.
    with for_the_main_thread_alone():
        readers()
    from intake import looping
    from intake.polling import Polling, SetUpError

    try:
        polling = Polling.from_environment()
    except SetUpError as error:
        print(error, file=sys.stderr)
        return 1
    return _once(polling) if arguments else looping.run(polling)


def _once(polling: "Polling") -> int:
    counts, sentences = polling.poll(lambda: False)
    for sentence in sentences:
        print(sentence, file=sys.stderr)
    print(json.dumps(counts.as_json()))
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
