"""The administrators' pages: importing this puts every view on the blueprint."""

from portal.web.administration import (
    adding_pages,
    changing_pages,
    council_sign_in_pages,
    leaving_pages,
    list_pages,
    organisation_pages,
    retention_pages,
    role_pages,
    team_pages,
)
from portal.web.administration.blueprint import pages

__all__ = ["pages"]

# Named, so that a view's file that is left out here is seen by whoever reads the list.
VIEWS = (
    list_pages,
    adding_pages,
    changing_pages,
    role_pages,
    team_pages,
    leaving_pages,
    organisation_pages,
    council_sign_in_pages,
    retention_pages,
)
