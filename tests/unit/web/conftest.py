"""What every test of a page has around it."""

from collections.abc import Iterator

import pytest

from tests.silent_changes import watched


@pytest.fixture(autouse=True)
def nothing_is_changed_silently() -> Iterator[None]:
    """A request that changes something and leaves no row in the trail fails."""
    with watched():
        yield
