"""What findings, and those who give them, are called in the office and in bundles."""

from collections.abc import Mapping

from portal.procedures.finding import Finding, Giver

FINDINGS: Mapping[Finding, str] = {
    Finding.UPHELD: "Upheld",
    Finding.PARTIALLY_UPHELD: "Partly upheld",
    Finding.NOT_UPHELD: "Not upheld",
    Finding.NO_FINDING: "No finding: it cannot be found out",
}
SETTLED_WORDS = "The person agrees that it is settled"
GIVERS: Mapping[Giver, str] = {
    Giver.SERVICE: "The service’s answer",
    Giver.INVESTIGATOR: "The investigating officer’s findings",
    Giver.ADJUDICATOR: "The council’s decision on the investigation",
    Giver.PANEL: "The panel’s findings",
    Giver.COUNCIL: "The council’s answer to the panel",
    Giver.OMBUDSMAN: "The Ombudsman’s findings",
}
