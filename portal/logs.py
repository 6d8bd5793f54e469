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
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        # A test swaps standard error; a cached logger would keep writing to the old one.
        cache_logger_on_first_use=False,
    )
