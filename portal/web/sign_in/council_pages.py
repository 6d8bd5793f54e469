"""Signing in with the council's own account: there, and back."""

import secrets
from datetime import timedelta

from flask import flash, make_response, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal import audit, clock
from portal.access.acts import Act
from portal.cases import council_identities, openid_provider, sign_in_challenges, sign_ins
from portal.cases.council_claims import Claims
from portal.cases.council_identities import NotLinked
from portal.cases.openid_provider import NotSignedIn, Trip
from portal.council_sign_in import CouncilSignInEntry
from portal.db import db
from portal.errors import Refused
from portal.marking import marked
from portal.records.account import Account
from portal.records.passkey import Asked
from portal.settings import OpenIdClient
from portal.web.access import Access, opens_to
from portal.web.sign_in import browser, halfway, login
from portal.web.sign_in.blueprint import pages
from portal.web.sign_in.destination import after_sign_in
from portal.work import PUBLIC, Who, begin_work, council, settings

# By which the session finds the trip that it is on.
TRIP = "council_trip"
# How long ago somebody may have shown there that it is them, where they were asked again.
SHOWN_WITHIN = timedelta(minutes=5)


class NotConnected(Refused):
    """An installation without a council's sign-in."""

    title = marked("There is no other way in")
    message = marked("This portal is not connected to a council’s own sign-in. Use your password.")
    status = 410


@pages.get("/sign-in/council")
@opens_to(Access.EVERYONE)
def council_account() -> ResponseReturnValue:
    """Go to the council's own sign-in."""
    return _leave(openid_provider.begin(request.args.get("next")))


@pages.get("/sign-in/council/again")
@opens_to(Act.OWN_SIGN_IN)
def council_again() -> ResponseReturnValue:
    """Go there once more, before something grave."""
    return _leave(openid_provider.begin(request.args.get("next"), current_user.public_id))


@pages.get("/sign-in/council/back")
@opens_to(Access.EVERYONE)
def council_back() -> ResponseReturnValue:
    """Take what came back, and let in whoever it is."""
    client, entry = _connected()
    try:
        trip = _trip(client)
        found = openid_provider.claims(
            client, _back(), trip, request.args.get("code", ""), entry.groups_claim
        )
        if trip.again_for is not None:
            return _confirmed(trip, found, entry)
    except Refused as refusal:
        flash(refusal.message)
        return redirect(url_for(".start"))
    return _in(trip, found, entry)


def _in(trip: Trip, claims: Claims, entry: CouncilSignInEntry) -> ResponseReturnValue:
    try:
        with begin_work(PUBLIC) as work:
            account_id = council_identities.sign_in(work, claims, entry).id
    except NotLinked:
        with begin_work(PUBLIC) as work:
            audit.note(work, "council_sign_in_failed")
        raise
    account = db.session.get_one(Account, account_id)
    if not entry.had_two_factors(claims.acr, claims.amr):
        return redirect(url_for(halfway.begin(account, trip.wanted)))
    email = account.email
    login.begin(account_id)
    response = make_response(redirect(after_sign_in(current_user.person, trip.wanted)))
    browser.remember(response, email)
    return response


def _confirmed(trip: Trip, claims: Claims, entry: CouncilSignInEntry) -> ResponseReturnValue:
    """Whoever is signed in has shown there that it is them, with two factors and just now."""
    now = clock.now()
    earliest = (now - SHOWN_WITHIN).timestamp()
    if (
        not current_user.is_authenticated
        or current_user.public_id != trip.again_for
        or claims.signed_in_at is None
        or claims.signed_in_at < earliest
        or not entry.had_two_factors(claims.acr, claims.amr)
    ):
        raise NotSignedIn
    with begin_work(Who("account", current_user.id)) as work:
        if council_identities.whose(work, claims) != current_user.id:
            raise NotSignedIn
        sign_ins.confirm(work, current_user.sign_in_id)
        audit.note(work, "council_sign_in", work.session.get(Account, current_user.id))
    return redirect(after_sign_in(current_user.person, trip.wanted))


def _leave(trip: Trip) -> ResponseReturnValue:
    client, _ = _connected()
    address = openid_provider.address(client, _back(), trip)
    with begin_work(PUBLIC) as work:
        session[TRIP] = sign_in_challenges.ask(work, Asked.COUNCIL_SIGN_IN, trip.as_text())
    return redirect(address)


def _trip(client: OpenIdClient) -> Trip:
    """The trip that this browser is on, once.

    Raises:
        ChallengeEnded: it is on none, or was too long on its way.
        NotSignedIn: something else came back than was sent out.
    """
    with begin_work(PUBLIC) as work:
        kept = sign_in_challenges.take(work, session.pop(TRIP, ""), Asked.COUNCIL_SIGN_IN)
    trip = Trip.from_text(kept)
    said = request.args
    same = secrets.compare_digest(said.get("state", "").encode(), trip.state.encode())
    if not same or said.get("iss", client.issuer) != client.issuer or "code" not in said:
        raise NotSignedIn
    return trip


def _connected() -> tuple[OpenIdClient, CouncilSignInEntry]:
    client, entry = settings().openid, council().council_sign_in
    if client is None or entry is None:
        raise NotConnected
    return client, entry


def _back() -> str:
    # Of our own settings, never of a request's host: the provider knows this one address.
    return settings().public_url + url_for(".council_back")
