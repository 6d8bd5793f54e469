"""Having no name is never by itself a reason: what nobody signed is read like anything else.

The coded reason `anonymous` stands only where nothing in the text can be acted on at all, which an
officer says after looking; otherwise the reason is the one that would stand with a name
(reference/procedures.md 7.1 and 7.2; anonymous complaints are still passed to the service).
"""

from portal.procedures.refusal import Disposition, RefusalReason

NAMED = "They gave a name, so this is not the reason. Choose the reason that it is."
NEVER_BY_ITSELF = (
    "Having no name is never by itself a reason. Choose the reason that would stand if they had"
    " given one. Only where nothing in it can be acted on at all, tick that below and write what"
    " you looked at."
)


def fault_of_namelessness(
    reason: RefusalReason | None,
    disposition: Disposition | None,
    *,
    named: bool,
    nothing_to_act_on: bool,
) -> str | None:
    """Say why having no name cannot be the reason here.

    Args:
        reason: the coded reason.
        disposition: what becomes of it: passing it on to the service refuses nothing.
        named: whether somebody gave a name.
        nothing_to_act_on: whether an officer says that nothing in the text can be acted on.

    Returns:
        The sentence, or None where the reason stands.
    """
    if reason is not RefusalReason.ANONYMOUS:
        return None
    if named:
        return NAMED
    if disposition is Disposition.REFUSED and not nothing_to_act_on:
        return NEVER_BY_ITSELF
    return None
