"""By which ways this council can reach people: what it cannot send by is not offered."""

from portal.council import Council
from portal.records.feedback import ContactWay
from portal.settings import Settings


def can_use(way: ContactWay, council: Council, settings: Settings) -> bool:
    """Whether the council can reach somebody by a way.

    Args:
        way: the way.
        council: its file says whether it posts letters.
        settings: they say whether there is a gateway for texts.
    """
    if way is ContactWay.POST:
        return council.posting.sends
    if way is ContactWay.TEXT:
        return settings.text_gateway is not None
    return True


def offered(council: Council, settings: Settings) -> frozenset[ContactWay]:
    """The ways that a form may offer."""
    return frozenset(way for way in ContactWay if can_use(way, council, settings))
