"""What every application of a test run makes alike is made once.

A test has an application of its own, and each would compile the same addresses and the same page
templates: two thirds of the time of a test of pages. What is kept depends on nothing but the source
it was made from.
"""

from collections.abc import Callable
from types import CodeType
from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.routing import Rule

_builders: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}


class KnownRule(Rule):
    """An address whose builder was compiled for an earlier application, if there was one.

    A builder is a plain function that is given its rule: werkzeug binds it after it is made.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        known = (
            self.rule,
            tuple(self._trace),
            repr(self.defaults),
            repr(self._converters.keys()),
            append_unknown,
        )
        if known not in _builders:
            _builders[known] = super()._compile_builder(append_unknown)
        return _builders[known]


class KeptTemplates(BytecodeCache):
    """Compiled templates by name, each with the checksum of the source it was made from."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a bucket its code, if it was compiled from the same source."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        if bucket.code is not None:
            self._kept[bucket.key, bucket.checksum] = bucket.code


def keep() -> None:
    """Let every application made from now on in this process share them."""
    options: dict[str, Any] = {**Flask.jinja_options, "bytecode_cache": KeptTemplates()}
    Flask.jinja_options = options
    Flask.url_rule_class = KnownRule
