"""The officers' pages: importing this puts every view on the blueprint."""

from portal.web.officer import (
    calendar_pages,
    case_pages,
    days_off_pages,
    deciding_pages,
    entering_pages,
    event_pages,
    export_pages,
    file_pages,
    findings_pages,
    glass_pages,
    item_pages,
    link_pages,
    looks_pages,
    mail_pages,
    people_pages,
    point_pages,
    points_pages,
    queue_pages,
    remedy_act_pages,
    remedy_pages,
    route_pages,
    standing_pages,
    suggestions_pages,
    words_pages,
)
from portal.web.officer.blueprint import pages

__all__ = ["pages"]

# Named, so that a view's file that is left out here is seen by whoever reads the list.
VIEWS = (
    queue_pages,
    item_pages,
    deciding_pages,
    case_pages,
    entering_pages,
    file_pages,
    words_pages,
    mail_pages,
    people_pages,
    looks_pages,
    event_pages,
    glass_pages,
    export_pages,
    calendar_pages,
    days_off_pages,
    link_pages,
    suggestions_pages,
    points_pages,
    point_pages,
    findings_pages,
    remedy_pages,
    remedy_act_pages,
    route_pages,
    standing_pages,
)
