"""A council whose corporate procedure has a third stage, and more clocks than Staffordshire's."""

from dataclasses import replace

from portal.council import Council, load_council
from portal.procedures.procedure import ClockKey, ClockRule, Profile, StartEvent

PROFILE = "corporate-to-2026-03"
MORE = (
    ClockRule(ClockKey.ACKNOWLEDGE_1, StartEvent.RECEIVED, 5),
    # The person's own time: nobody is late with it, so no report may count it.
    ClockRule(ClockKey.REQUEST_2, StartEvent.FIRST_ANSWER_RECEIVED, 20),
    ClockRule(ClockKey.ACKNOWLEDGE_2, StartEvent.REQUEST, 5),
    # It is reported against nothing, so what is promised is the measure.
    ClockRule(ClockKey.ACKNOWLEDGE_3, StartEvent.REQUEST, 5),
    ClockRule(ClockKey.STAGE_3, StartEvent.REQUEST, 30),
)
AGAINST = {
    ClockKey.ACKNOWLEDGE_1.value: (5,),
    ClockKey.ACKNOWLEDGE_2.value: (5,),
    ClockKey.STAGE_3.value: (30,),
}


def with_third_stage() -> Council:
    """Staffordshire's file, as a council with three corporate stages would have it."""
    council = load_council("staffordshire")
    profiles = tuple(_more(one) if one.code == PROFILE else one for one in council.profiles)
    return replace(council, profiles=profiles)


def _more(profile: Profile) -> Profile:
    return replace(
        profile,
        promised={**profile.promised, **{rule.key.value: rule for rule in MORE}},
        reported_against={**profile.reported_against, **AGAINST},
    )
