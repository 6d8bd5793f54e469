"""One loaded model for all tests: loading takes a second, suggesting milliseconds."""

import pytest

from classifier.suggest import Suggester


@pytest.fixture(scope="session")
def suggester() -> Suggester:
    """The packaged model, whatever MODEL_DIR says."""
    from classifier import folders

    return Suggester.load(folders.PACKAGED)
