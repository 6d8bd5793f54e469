"""An advocate who still writes keeps their sign-in: one press, which shows nothing."""

from flask import Response
from flask.typing import ResponseReturnValue

from portal.access.acts import Act
from portal.web.access import opens_to
from portal.web.advocate.blueprint import pages
from portal.web.sign_in import login


@pages.post("/stay")
@opens_to(Act.FOLLOW_LIST)
def stay() -> ResponseReturnValue:
    """Say how many seconds the sign-in has: every request renews it."""
    return Response(str(login.left()), mimetype="text/plain")
