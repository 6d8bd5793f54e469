"""Buttons: posts of nothing, which have no form class that would check their token."""

from flask import Blueprint, request
from flask_wtf.csrf import CSRFError

from portal.web.govform import GovForm


def check_buttons(pages: Blueprint, *with_forms: str) -> None:
    """Let every post of a blueprint be refused without its token, before its view runs.

    Args:
        pages: the blueprint.
        with_forms: names of the views whose form checks the token itself and shows the page
            again with what was typed. What is not named is checked here: a view that nobody
            thought of is closed, not open.

    Raises:
        CSRFError: in the request, which `portal.web.errors` makes a page of.
    """
    own = {f"{pages.name}.{view}" for view in with_forms}

    def check() -> None:
        if request.method == "POST" and request.endpoint not in own and not GovForm().validate():
            raise CSRFError

    pages.before_request(check)
