"""Write the golden letters anew: `python -m tests.letters.write`, then read the difference."""

from portal.correspondence.letters import voices_for
from portal.records.outbox_letter import LetterKind
from tests.letters.samples import as_text, golden, sample


def main() -> None:
    """Write every kind in each of its voices."""
    for kind in LetterKind:
        for voice in voices_for(kind):
            golden(kind, voice).write_text(as_text(sample(kind, voice)), encoding="utf-8")


if __name__ == "__main__":
    main()
