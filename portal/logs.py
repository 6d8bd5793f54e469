"""Logs: one JSON line an event on standard error, with ids and codes, never people's words."""

import logging
import re
import sys

import structlog

# What opens something stands in these addresses: a log must not be able to open it too.
SECRET = re.compile(
    r"(/track/link/|/invitation/|/advocates/referral/|/sign-in/new-password/|/sign-in/council/back\?)[^\s?\"']+"
)
ACCESS_LOGS = ("werkzeug", "gunicorn.access")


class WithoutTokens(logging.Filter):
    """Cuts one-use tokens out of access logs; every line itself stays."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Cut the record's own words, whatever server wrote them."""
        record.msg, record.args = SECRET.sub(r"\1…", record.getMessage()), None
        return True


def init_logs() -> None:
    """Send every log line to standard error (standard output is for a command's result), and cut
    the tokens out of the web servers' own lines."""
    for name in ACCESS_LOGS:
        logger = logging.getLogger(name)
        if not any(isinstance(each, WithoutTokens) for each in logger.filters):
            logger.addFilter(WithoutTokens())
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
