"""What each event's page asks an officer, and in which words. The law is not here: the table of
transitions says what may happen, and its guards what must come first."""

from collections.abc import Mapping

from portal.procedures.state import Event
from portal.web.officer.everyday_sheets import EVERYDAY
from portal.web.officer.outside_sheets import WITH_OTHERS
from portal.web.officer.part_sheets import OF_PARTS
from portal.web.officer.sheet import Ask, Sheet

__all__ = ["CONDITIONS", "EXTENSION_REASONS", "INDEPENDENCE", "SHEETS", "Ask", "Sheet"]

SHEETS: Mapping[Event, Sheet] = {**EVERYDAY, **OF_PARTS, **WITH_OTHERS}
"""Acknowledging has a page of its own; telling that a stage ran out is the portal's own work."""

WORDS_HINT = "It goes into the letter. Write it as you would say it to them."

CONDITIONS: Mapping[str, str] = {
    "report_robust": "The investigation’s report is robust",
    "adjudication_complete": "The council has decided on every point",
    "significant_points_upheld": "All points are upheld, or all that matter",
    "clear_plan": "There is a clear plan of what will be done",
    "wishes_met": "Most of what the person wanted is agreed",
}
INDEPENDENCE: Mapping[str, str] = {
    "no_member": "They are no member of the council",
    "no_officer": "They are no officer of the council",
    "no_spouse": "They are no spouse or civil partner of a member or officer",
    "no_part_in_case": "They had no part in what the complaint is about",
}
EXTENSION_REASONS: Mapping[str, str] = {
    "complex": "The complaint is complex",
    "advocate_needed": "An advocate is being found",
    "reason_in_writing": "A reason that is given in writing",
}
