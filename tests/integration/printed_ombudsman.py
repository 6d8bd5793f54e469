"""The Ombudsman's rows as they were printed, in the words that our report has for them."""

from collections import Counter

from portal.council import Council
from portal.demo.register.year_file import PublishedYear
from tests.integration.printed_cells import Texts

Row = tuple[str, str, str]
STATUS = {
    "Investigation": "Investigation",
    "Enquiry": "Assessment",
    "Refusal": "Intake",
    "Refusal to Investigate": "Intake",
    "LGO - Prem Ref": "Intake",
}
FINDING = {
    "Maladministration and Injustice": "Upheld: fault and injustice",
    "No Fault": "Not upheld",
    "Refusal to Investigate": "Closed after initial enquiries",
    "Premature Referral": "Not ready for the Ombudsman",
    "Investigation Discontinued": "Ended the investigation",
    "-": "Awaiting decision",
}
COMMENCED = "Investigation Commenced"
WENT_ON = ("Assessment, then an investigation under another reference", "Investigation begun")
"""Status and finding of an enquiry that only began an investigation."""
WITH_FAULT = (
    "Fault was found in 13 of 47 matters (28%), and in 13 of the 17 that were investigated and"
    " decided (76%)."
)
"""The sentence under the rows, as the note on the printed 34% has it."""


def printed_rows(year: PublishedYear, council: Council) -> Counter[Row]:
    """Each printed row: team, status, finding."""
    found: Counter[Row] = Counter()
    for row in year.ombudsman.rows:
        if row.status is None or row.finding is None:
            continue
        said = (STATUS[row.status], FINDING.get(row.finding, ""))
        status, finding = WENT_ON if row.finding == COMMENCED else said
        found[council.team(row.team).officer_label, status, finding] += 1
    return found


def our_rows(table: Texts) -> Counter[Row]:
    """Each of our rows but the total, without the reason for which they did not investigate."""
    return Counter(
        (team, status, finding.partition(". ")[0]) for team, status, finding, _ in table.rows[:-1]
    )
