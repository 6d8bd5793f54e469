"""One redactor of each kind: loading takes a second."""

import pytest

from classifier.redacting.redactor import Redactor


@pytest.fixture(scope="session")
def rules() -> Redactor:
    """Rules and lists alone, as a council has that did not install the model."""
    return Redactor.load(with_model=False)


@pytest.fixture(scope="session")
def redactor() -> Redactor:
    """With the statistical model, which `make test` installs."""
    loaded = Redactor.load()
    assert loaded.uses_model
    return loaded
