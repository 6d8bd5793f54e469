"""Random tokens and public ids: what a URL or a cookie may carry instead of a key."""

import secrets

from portal.columns import keyed_hash


def make_public_id() -> str:
    """A random id for URLs: 16 characters that say nothing about the record."""
    return secrets.token_urlsafe(12)


def make_token() -> str:
    """A secret for a cookie or a link (256 bits). Only its keyed hash is stored."""
    return secrets.token_urlsafe(32)


def token_key(token: str, purpose: str) -> str:
    """What is stored of a token: see `portal.columns.keyed_hash`."""
    return keyed_hash(token, f"token {purpose}")
