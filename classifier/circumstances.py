"""What a text and a form seem to say, as the law's own facts: function, person, time, court.

It reads, it does not judge: `portal.procedures.which` concludes from these facts, and asks for
those that no text can give.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from portal.procedures.function import Function
from portal.procedures.likely import FUNCTIONS_OF_TEAM, likely_person
from portal.procedures.matter import Matter, Part, Writer
from portal.procedures.person import PersonCode
from portal.procedures.proceedings import Proceeding, ProceedingKind, ProceedingState
from portal.procedures.vocabulary import Category, Relationship, Team

_F, _T = Function, Team
# A cue that names another function of the same team, which then comes first.
_NAMED: tuple[tuple[str, str, Function], ...] = (
    ("protection", _T.SPECIALIST_SAFEGUARDING_UNIT, _F.PROTECTION_ENQUIRY),
    ("protection", _T.CONFERENCE_IRO, _F.CONFERENCE),
    ("short_breaks", _T.DISABILITY, _F.SHORT_BREAKS),
    ("from_kin", _T.FOSTERING, _F.GUARDIANSHIP_SUPPORT),
    ("transport", _T.ADMISSIONS_TRANSPORT, _F.TRANSPORT_SERVICE),
    ("tribunal", _T.SEND, _F.SEND_DECISION),
    ("social_care_in_plan", _T.SEND, _F.SOCIAL_CARE_IN_PLAN),
)
# What neither procedure decides, whichever team it is about.
_ELSEWHERE: tuple[tuple[str, Function], ...] = (
    ("data", _F.DATA_REQUEST),
    ("not_children", _F.OTHER_AUTHORITY),
    ("school_staff", _F.SCHOOL),
    ("allegations", _F.SAFEGUARDING_CONCERN),
    ("proceedings", _F.COURT_ORDER),
)
_APPEALS: Mapping[str, Function] = {
    _T.SEND: _F.SEND_DECISION,
    _T.ADMISSIONS_TRANSPORT: _F.ADMISSION_DECISION,
}
_COURT = (Proceeding(ProceedingKind.COURT, ProceedingState.UNDER_WAY),)
_MEMBERS = frozenset({Category.MP_ENQUIRY, Category.OMBUDSMAN})
_WHEN = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:jan|feb|mar|apr|june?|july?|aug|sept?|oct|"
    r"nov|dec)[a-z]*\b|\bmay (?:the )?\d|\bin may\b|\b\d{1,2}[/.]\d{1,2}\b|\b20[0-3]\d\b|"
    r"\b(?:today|yesterday|tonight|last (?:night|week|month|year|term))\b|"
    r"\b(?:weeks?|months?|wks?|yrs?|years?|days?) ago\b|\b(?:christmas|easter|xmas|half term)\b",
    re.IGNORECASE,
)
# A day to count from where the item says none: only "within a year or not" is ever asked of it.
_SOME_DAY = date(2026, 4, 1)


@dataclass(frozen=True)
class Circumstances:
    """What is suggested of a text, with the cues that it holds."""

    category: str
    team: str
    relationship: str
    unsure_who: bool
    cues: Collection[str]
    text: str

    def functions(self) -> tuple[Function, ...]:
        """Give the functions that it may be about, the likeliest first."""
        named = [fn for cue, team, fn in _NAMED if cue in self.cues and team == self.team]
        known = FUNCTIONS_OF_TEAM.get(self.team, (Function.UNCLEAR,))
        also = (Function.CARER_APPROVAL,) if self._own_matter() else ()
        if "data" in self.cues:
            also = (*also, Function.RECORDS)
        return tuple(dict.fromkeys((*named, *known, *also)))

    def elsewhere(self) -> tuple[Function, ...]:
        """Give what neither procedure decides that it may be about, the likeliest first."""
        appeals = {"tribunal", "appeal"} & set(self.cues)
        first = (_APPEALS[self.team],) if appeals and self.team in _APPEALS else ()
        return (*first, *(function for cue, function in _ELSEWHERE if cue in self.cues))

    def about(self, function: Function, might_be: tuple[Function, ...] = ()) -> Matter:
        """Give the facts as the law takes them, were it about this function."""
        part = Part(function, might_be=might_be, arose=self._arose())
        beside = _COURT if "proceedings" in self.cues else None
        return Matter(_SOME_DAY, self.writer(function), (part,), beside)

    def writer(self, function: Function) -> Writer:
        """Give who seems to write. For an MP or the Ombudsman, whoever stands behind them."""
        if self.unsure_who or self.category in _MEMBERS:
            return Writer(PersonCode.UNKNOWN)
        professional = self.relationship == Relationship.PROFESSIONAL
        if professional and "from_solicitor" in self.cues:
            return Writer(PersonCode.REPRESENTATIVE)
        return Writer(likely_person(self.relationship, function))

    def _own_matter(self) -> bool:
        return self.team == Team.FOSTERING and self.relationship == Relationship.FOSTER_CARER

    def _arose(self) -> date | None:
        if "long_ago" in self.cues:
            return date.min
        return _SOME_DAY if _WHEN.search(self.text) else None
