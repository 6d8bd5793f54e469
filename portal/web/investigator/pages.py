"""The pages of those who investigate, watch and sit: importing it adds the views."""

from portal.web.investigator import case_pages, conflict_pages, working_pages
from portal.web.investigator.blueprint import pages

__all__ = ["case_pages", "conflict_pages", "pages", "working_pages"]
