"""Random lawful and unlawful events: no reachable state of a case breaks what must hold."""

import os

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.unit.cases.procedure_machine import Procedure

EXAMPLES = int(os.environ.get("HEARD_PROCEDURE_EXAMPLES", "60"))
STEPS = int(os.environ.get("HEARD_PROCEDURE_STEPS", "12"))


# Where several suites share a core it takes its time.
@pytest.mark.timeout(1800)
def test_no_reachable_state_breaks_an_invariant(app: Flask) -> None:
    """More of it: HEARD_PROCEDURE_EXAMPLES and HEARD_PROCEDURE_STEPS."""
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Procedure,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
