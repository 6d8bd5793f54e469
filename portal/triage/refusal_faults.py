"""What is wrong with a no before anybody is told it: its reason, its words, what it rests on. Pure.

Every "no" has a reason that would survive the Ombudsman (procedures.md 7.1).
"""

from collections.abc import Collection, Iterator

from portal.procedures.handing_over import OF_REASON
from portal.procedures.lateness import fault_of_lateness
from portal.procedures.namelessness import fault_of_namelessness
from portal.procedures.refusal import RefusalReason
from portal.procedures.screening import missing
from portal.records.decision import Outcome
from portal.triage.choice import Choice
from portal.triage.fault import Fault, Writer


def faults_of_no(
    choice: Choice, writer: Writer, fitting: Collection[RefusalReason]
) -> tuple[Fault, ...]:
    """Say everything that is wrong with a no; nothing where none is said.

    Args:
        choice: what the officer chose.
        writer: who wrote and when, and how a late complaint was weighed.
        fitting: the reasons that fit the outcome.
    """
    if choice.outcome not in (Outcome.DECLINED, Outcome.PASSED_ON):
        return ()
    return tuple(_faults(choice, writer, fitting))


def _faults(choice: Choice, writer: Writer, fitting: Collection[RefusalReason]) -> Iterator[Fault]:
    name = "declined" if choice.outcome is Outcome.DECLINED else "passed_on"
    if choice.reason is None:
        yield Fault(f"{name}_reason", "Choose the reason. It is kept with the decision.")
        return
    if choice.reason not in fitting:
        yield Fault(f"{name}_reason", "This reason goes with the other of the two outcomes.")
        return
    late = fault_of_lateness(choice.reason, writer.weighed, writer.received, writer.local)
    nameless = fault_of_namelessness(
        choice.reason,
        choice.disposition,
        named=writer.named,
        nothing_to_act_on=choice.screening.nothing_to_act_on,
    )
    for sentence in (late, nameless):
        if sentence is not None:
            yield Fault(f"{name}_reason", sentence)
    if not (choice.explanation or "").strip():
        yield Fault(
            f"{name}_explanation",
            "Explain it to the person in your own words. It is in the letter.",
        )
    if choice.reason in OF_REASON:
        # Passed on the same day: to whom is recorded with the name of whoever took it.
        return
    for asked, sentence in missing(choice.disposition, choice.screening, writer.today):
        yield Fault(asked.value, sentence)
