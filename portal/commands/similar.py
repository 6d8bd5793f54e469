"""The work process's search for similar cases: fingerprints of texts, and who is near to whom.

The matrix that is searched lives here, in the one process that holds the model. Each round makes it
hold exactly the decided matters that are in the database: what was erased is gone from it too.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import structlog
from sqlalchemy.exc import IntegrityError

from portal.cases import hearing
from portal.db import db
from portal.records.feedback import Feedback
from portal.triage import similar_cases
from portal.work import WORKER, begin_work

log = structlog.get_logger()
FINGERPRINTS_A_ROUND = 50
KEPT_AT_A_TIME = 50
# After a look that found nothing new: the question costs a walk over all feedback.
ROUNDS_OF_REST = 10
# When so much more has been decided, what waits is looked at again.
GROWN_BY = 1.05


class Index(Protocol):
    """What the classifier offers for it (`classifier.nearest.Nearest`)."""

    @property
    def encoder(self) -> str: ...
    def __len__(self) -> int: ...
    def keys(self) -> set[int]: ...
    def add(self, keys: Sequence[int], fingerprints: Sequence[bytes]) -> None: ...
    def drop(self, keys: set[int]) -> None: ...
    def search(self, fingerprints: Sequence[bytes], many: int) -> list[list[tuple[int, float]]]: ...


class SimilarCases:
    """The duty, with what it remembers from round to round."""

    def __init__(self, index: Index, fingerprint_of: Callable[[str | None, str], bytes]) -> None:
        """Begin with an empty index.

        Args:
            index: searched, and filled here.
            fingerprint_of: makes a fingerprint of a subject and a text.
        """
        self._index, self._fingerprint_of = index, fingerprint_of
        self._looked_among = -1
        # A text on which the encoder fails would fail again each round.
        self._failed: set[int] = set()
        self._rests = 0

    def round(self) -> int:
        """Make missing fingerprints, and find the neighbours of what waits and has none yet.

        Returns:
            For how many feedback neighbours were kept.
        """
        if self._rests:
            self._rests -= 1
            return 0
        fresh = self._make_fingerprints()
        self._rests = 0 if fresh else ROUNDS_OF_REST
        session, encoder = db.session(), self._index.encoder
        waiting = similar_cases.waiting_ids(session, encoder)
        if not waiting:
            return 0
        self._follow_database()
        grown = len(self._index) > GROWN_BY * self._looked_among
        due = waiting if grown else [key for key in waiting if key in fresh]
        if grown:
            self._looked_among = len(self._index)
        return sum(
            self._find(due[start : start + KEPT_AT_A_TIME])
            for start in range(0, len(due), KEPT_AT_A_TIME)
        )

    def _make_fingerprints(self) -> set[int]:
        made, encoder = set(), self._index.encoder
        limit = FINGERPRINTS_A_ROUND + len(self._failed)
        for key in similar_cases.without_fingerprint(db.session(), encoder, limit):
            if key in self._failed:
                continue
            feedback = db.session.get(Feedback, key)
            if feedback is None:
                continue
            whole = hearing.text_for_model(db.session(), feedback)
            try:
                # Outside any act, as suggestions are: nobody may wait for it.
                scores = self._fingerprint_of(feedback.subject, whole)
            except Exception as failure:
                self._failed.add(key)
                log.error("fingerprint_failed", feedback=key, kind=type(failure).__name__)
                continue
            if self._keep(key, encoder, scores):
                made.add(key)
        return made

    def _keep(self, key: int, encoder: str, scores: bytes) -> bool:
        try:
            with begin_work(WORKER) as work:
                similar_cases.keep_fingerprint(work, key, encoder, scores)
        except IntegrityError:
            # The feedback was erased meanwhile.
            return False
        return True

    def _follow_database(self) -> None:
        wanted = similar_cases.decided_ids(db.session(), self._index.encoder)
        there = self._index.keys()
        self._index.drop(there - wanted)
        found = similar_cases.fingerprints(db.session(), wanted - there)
        self._index.add(list(found), list(found.values()))

    def _find(self, keys: list[int]) -> int:
        own = similar_cases.fingerprints(db.session(), keys)
        near = self._index.search(list(own.values()), similar_cases.KEPT)
        with begin_work(WORKER) as work:
            return similar_cases.keep_similar(work, dict(zip(own, near, strict=True)))
