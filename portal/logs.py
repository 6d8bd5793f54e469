"""Logs: one JSON line an event on standard error, with ids and codes, never people's words."""

import sys

import structlog


def init_logs() -> None:
    """Send every log line to standard error: standard output is for a command's result."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        # Looked up for each logger: a test, or a server that reopens its log, swaps it.
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
