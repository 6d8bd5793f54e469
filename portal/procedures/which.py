"""Which procedure: from person, function, date and proceedings to a conclusion for each part.

One contact may split into a statutory part, a corporate part and a redirected part. Every
conclusion has its reasons with their provision, the steps that go with it, and the questions whose
answer would change it. An officer decides; nothing here refuses anybody (reference/procedures.md
1, 2.4, 7).
"""

from portal.procedures.conclusion import Conclusion
from portal.procedures.matter import LocalRules, Matter, Part
from portal.procedures.questions import questions_of
from portal.procedures.weighing import weigh

THE_LAW = LocalRules()
"""What holds where a council has set nothing of its own."""


def conclude(matter: Matter, local: LocalRules = THE_LAW) -> tuple[Conclusion, ...]:
    """Conclude for each part of a contact which procedure it follows, and why.

    Args:
        matter: what is known of the contact.
        local: what the law leaves to the council.

    Returns:
        One conclusion a part, in the order of the parts.
    """
    return tuple(_conclude(matter, part, local) for part in matter.parts)


def _conclude(matter: Matter, part: Part, local: LocalRules) -> Conclusion:
    outcome, reasons, steps = weigh(matter, part, local)
    return Conclusion(part, outcome, reasons, steps, questions_of(matter, part, local))
