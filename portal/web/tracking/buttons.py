"""Who checks a post's token: its form, which can show itself again, or else this."""

from flask import Blueprint, request
from flask_wtf.csrf import CSRFError

from portal.web import csrf
from portal.web.govform import GovForm


def check_buttons(pages: Blueprint, *with_forms: str) -> None:
    """Take a blueprint out of the general check of form tokens, and check its buttons here.

    The general check answers before a form could show itself again with what was typed; over
    HTTPS it also wants a Referer, which our pages tell browsers not to send.

    Args:
        pages: the blueprint.
        with_forms: names of the views whose form checks the token itself. Every other post is
            checked here: a view that nobody thought of is closed, not open.

    Raises:
        CSRFError: in the request, which `portal.web.errors` makes a page of.
    """
    own = {f"{pages.name}.{view}" for view in with_forms}

    def check() -> None:
        if request.method == "POST" and request.endpoint not in own and not GovForm().validate():
            raise CSRFError

    csrf.exempt(pages)
    pages.before_request(check)
