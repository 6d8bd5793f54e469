"""A hash of secret words that is made while the act that will keep it asks the database.

The hash is slow on purpose, and holds nobody up meanwhile: so it is begun as soon as the words are
known, on a thread beside, and waited for where it is written.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from portal.cases import secret_words

# Each hash takes a processor and eight megabytes; more at once would only wait for each other.
AT_ONCE = min(4, os.cpu_count() or 1)


class HashBegun:
    """A hash on its way."""

    def __init__(self, words: str) -> None:
        """Begin it.

        Args:
            words: the five words, in clear.
        """
        self._words = words
        # The key is the application's, which the other thread does not know.
        self._hash = _threads().submit(secret_words.hash_keyed, secret_words.keyed(words))

    def of(self, words: str) -> str:
        """Wait for the hash.

        Args:
            words: those that are to be kept; where they are others by now, their hash is made.

        Raises:
            Whatever went wrong while it was made.
        """
        return self._hash.result() if words == self._words else secret_words.hash_words(words)


@cache
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="secret-words")


# Threads do not come along into a new process: it starts its own when it first needs one.
os.register_at_fork(after_in_child=_threads.cache_clear)
