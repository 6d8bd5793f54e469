"""One trial: letters in the mailbox, a worker that dies, a worker that lives, and the check."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from intake.counts import Counts
from tests.conftest import app_for, settings_for
from tests.keys import TEST_KEYS
from tests.proof import post
from tests.proof.nursery import KILLED, Nursery
from tests.proof.points import Point
from tests.services.dovecot import Dovecot


@dataclass(frozen=True)
class Bench:
    """What trials share. `fresh` gives the address of an empty, migrated database, and takes a
    folder in which it may lie; `drop` takes the address back."""

    nursery: Nursery
    server: Dovecot
    folder: Path
    fresh: Callable[[Path], str]
    drop: Callable[[str], None]

    def run(self, point: Point | None, number: int) -> dict[str, int]:
        """Do one trial.

        Args:
            point, number: where the first worker is killed; it lives without a point.

        Returns:
            How often the first worker came to each step; empty when it was killed.

        Raises:
            AssertionError: something was lost, doubled or left.
        """
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.server.empty()
        post.deliver(self.server)
        url = self.fresh(self.folder)
        try:
            return self._run(url, point, number)
        finally:
            self.drop(url)

    def _run(self, url: str, point: Point | None, number: int) -> dict[str, int]:
        settings = {
            **TEST_KEYS, "DATA_FOLDER": str(self.folder), "DATABASE_URL": url,
            "MAILBOX_URL": self.server.url, "MAILBOX_CA": self.server.ca_file,
        }  # fmt: skip
        first = self.nursery.run(settings, point, number)
        if point is None:
            assert first.code == 0, first.said
            assert _counts(first.said) == post.ALL, first.said
        else:
            assert first.code == KILLED, first.said
            second = self.nursery.run(settings)
            assert second.code == 0, second.said
        post.check(app_for(settings_for(self.folder, DATABASE_URL=url)), self.server)
        return dict(first.reached)


def _counts(said: str) -> Counts:
    lines = [line for line in said.splitlines() if line.startswith('{"found"')]
    return Counts(**json.loads(lines[-1]))
