"""How it is safe to reach somebody, asked in few words, and the way, the details and the rule that
the answers make: the same at every door."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from portal.cases.receiving import NewParty
from portal.cases.safe_contact_rules import ContactRule
from portal.marking import marked
from portal.procedures.contact_hours import HOURS, ContactHours, GoodTime
from portal.records.feedback import ContactWay
from portal.records.party import PartyRole
from portal.wording import say


class If(StrEnum):
    """What to do where somebody else may answer or open it."""

    SAY = "say"
    NEUTRAL = "neutral"
    NOTHING = "nothing"


GOOD_TIMES: Mapping[GoodTime, str] = {
    GoodTime.ANY: marked("Any time"),
    GoodTime.DAYTIME: marked("In the day, 8am to 8pm"),
    GoodTime.SCHOOL_HOURS: marked("On school days, 9am to 3pm"),
    GoodTime.AFTER_SCHOOL: marked("After school, 4pm to 8pm"),
}

# Read by officers, so not in the catalogues.
SHARED = {
    "portal_only": "Other people use this phone, email or address. Keep messages in the portal.",
    "safe": "Other people use this phone, email or address. The person says it is safe to use.",
}
_NUMBERS = {ContactWay.PHONE.value: "phone", ContactWay.TEXT.value: "mobile"}


def contact_way(said: Mapping[str, Any]) -> ContactWay:
    """How we may reach the person: only by the portal, unless they chose a way and said that it
    is safe."""
    way = said.get("way")
    if way not in set(ContactWay) or said.get("shared") == "portal_only":
        return ContactWay.PORTAL_ONLY
    return ContactWay(way)


def contact_note(said: Mapping[str, Any]) -> str | None:
    """What officers read of others who use the way that was chosen; None where none was."""
    if said.get("way") in (None, ContactWay.PORTAL_ONLY):
        return None
    return SHARED.get(str(said.get("shared")))


def person_of(said: Mapping[str, Any]) -> NewParty:
    """Who is to be reached, with the details of the way that was chosen in the end alone: others
    were typed and then left."""
    way = said.get("way")
    return NewParty(
        PartyRole.COMPLAINANT,
        name=said.get("name") or said.get("signed") or None,
        email=said.get("email") if way == ContactWay.EMAIL else None,
        phone=said.get(_NUMBERS.get(str(way), "")) or None,
        address=said.get("address") if way == ContactWay.POST else None,
    )


def rule_from(said: Mapping[str, Any], *, young: bool) -> ContactRule:
    """Make the rule of what was answered.

    Args:
        said: the answers of a form by the names of their fields; those of another door may lack.
        young: a young person skips what they do not understand, so nothing said is the careful
            answer: nobody is told who writes.
    """
    others = said.get("others")
    good = said.get("good_time")
    return ContactRule(
        hours=HOURS[GoodTime(good)] if good in set(GoodTime) else None,
        neutral=others in (If.NEUTRAL, If.NOTHING) or (young and others != If.SAY),
        voicemail=None if others not in set(If) else others != If.NOTHING,
        not_to_see=str(said.get("care") or "").strip() or None,
    )


def answers_of(rule: ContactRule) -> dict[str, str]:
    """The answers that a rule came from, as far as the few words can say it."""
    others = If.SAY if not rule.neutral else If.NEUTRAL
    if rule.voicemail is False:
        others = If.NOTHING
    good = [time for time, hours in HOURS.items() if hours == rule.hours]
    return {
        "others": others.value,
        "good_time": good[0].value if good else "",
        "care": rule.not_to_see or "",
    }


def hours_in_words(hours: ContactHours) -> str:
    """Hours as people say them: "9am to 3pm, Monday to Friday"."""
    begins, ends = _hour(hours.begins), _hour(hours.ends)
    if hours.weekdays_only:
        return say("%(begins)s to %(ends)s, Monday to Friday", begins=begins, ends=ends)
    return say("%(begins)s to %(ends)s", begins=begins, ends=ends)


def _hour(hour: int) -> str:
    if hour in (0, 24):
        return say("midnight")
    if hour == 12:
        return say("noon")
    return say("%(hour)sam", hour=hour) if hour < 12 else say("%(hour)spm", hour=hour - 12)
