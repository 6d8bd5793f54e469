"""The application: Flask, quicker in two things of which a page needs dozens.

Addresses of pages are built once, and Flask's own way is taken for those that depend on the page
that asks. Templates share one set of globals, so that a part which is imported is not compared with
the page name by name.
"""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any

from flask import Flask, Request, request
from flask.templating import Environment

KEPT = 4_096
_ID, _ANY = "public_id", "ANY-PUBLIC-ID"
# What stands in an address as it is; anything else is left to Flask.
_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,64}\Z").match
# What our own pages of a part add to addresses depends on the page that asks.
_BY_PAGE = "part"
# Whoever has a token may do something with it, and the others are what somebody typed or where they
# were: not kept longer than they are needed.
_SECRET = ("token", "next", "reference", "words")
# The place of one matter in a list, and another matter: there are as many addresses as matters.
_OF_ONE = ("after", "lead")
_NEVER = frozenset((*_SECRET, *_OF_ONE))


class SharedGlobals(Environment):
    """Templates whose globals are the environment's own: no template of ours is given others."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template."""
        return self.globals if not d else super().make_globals(d)


class PortalApp(Flask):
    """Flask, with addresses built once."""

    jinja_environment = SharedGlobals

    def __init__(self, *given: Any, **named: Any) -> None:
        """As Flask's own."""
        super().__init__(*given, **named)
        self._addresses: dict[tuple[object, ...], str] = {}

    def url_for(self, endpoint: str, **values: Any) -> str:
        """The address of a page, as Flask gives it."""
        # Each word of the request is looked up by its thread, and a page asks sixty times.
        here: Request | None = request._get_current_object() if request else None  # type: ignore[attr-defined]
        if here is None or not _may_be_kept(here, endpoint, values):
            return super().url_for(endpoint, **values)
        # Of a thousand matters the pages' addresses differ by the id alone.
        public_id = values.get(_ID)
        if public_id is not None:
            values[_ID] = _ANY
        key = (here.root_path, endpoint, *values.items())
        found = self._addresses.get(key)
        if found is None:
            if len(self._addresses) >= KEPT:
                self._addresses.clear()
            found = self._addresses[key] = super().url_for(endpoint, **values)
        return found if public_id is None else found.replace(_ANY, public_id)


def _may_be_kept(here: Request, endpoint: str, values: Mapping[str, Any]) -> bool:
    # A name that begins with a dot is of the page's own part; "_external" and the like depend on
    # the request, and so does what `keep_part` adds.
    if endpoint[0] == "." or _BY_PAGE in here.args:
        return False
    for name, value in values.items():
        # Flask's own function names all that could be asked for, and gives None for what is not.
        if value is None:
            continue
        if name[0] == "_" or name in _NEVER:
            return False
        if type(value) is not str and type(value) is not int:
            return False
    public_id = values.get(_ID, _ANY)
    return type(public_id) is str and _PLAIN(public_id) is not None
