"""The words for every act of the trail that auditors read: those of matters, and all the others."""

from collections.abc import Mapping

from portal.web.officer.history import ACTS as OF_MATTERS

_OF_SIGNING_IN: Mapping[str, str] = {
    "signed_in": "Signed in",
    "signed_out": "Signed out",
    "sign_in_failed": "A wrong password was tried",
    "sign_ins_ended": "Sign-ins were ended",
    "own_password_failed": "A wrong present password was given",
    "password_set": "A password was set",
    "password_reset_asked": "A new password was asked for",
    "password_reset_sent": "A link for a new password was sent",
    "second_factor_shown": "The second factor was shown",
    "second_factor_failed": "A wrong code was tried",
    "second_factor_confirmed": "An authenticator app was set up",
    "second_factor_reset": "The second factor was taken away",
    "recovery_codes_made": "Recovery codes were made",
    "recovery_code_used": "A recovery code was used",
}
_OF_PEOPLE: Mapping[str, str] = {
    "account_created": "Put on the staff list",
    "account_invited": "Invited to sign in",
    "account_changed": "Details were changed",
    "account_ended": "The account was ended",
    "account_left": "Left",
    "account_came_back": "Came back",
    "people_searched": "The staff list was searched",
    "role_given": "A role was given",
    "role_ended": "A role was ended",
    "team_joined": "Put into a team",
    "team_left": "Taken out of a team",
    "organisation_created": "An organisation was added",
    "organisation_renamed": "An organisation was renamed",
    "organisation_ended": "An organisation was ended",
    "organisation_opened_again": "An organisation was opened again",
    "advocate_joined": "An advocate began to follow it",
    "advocate_left": "An advocate stopped following it",
    "advocate_switched_off": "The young person switched an advocate off",
    "advocate_allowed_again": "The young person let an advocate in again",
    "advocate_viewed": "An advocate looked at it",
    "advocacy_handed_over": "An advocate’s following was handed over",
}
_OF_THE_PORTAL: Mapping[str, str] = {
    "audit_read": "The audit trail was read",
    "audit_exported": "The audit trail was saved as a file",
    "promises_listed": "The list of promises was looked at",
    "untold_listed": "The list of reminders that did not arrive was looked at",
    "list_exported": "A list was saved as a file",
    "matter_exported": "Written into an export",
    "glass_breaks_viewed": "Emergencies were looked at",
    "glass_break_failed": "An emergency opened nothing",
    "danger_list_viewed": "The alerts of danger were looked at",
    "file_kept": "A file was kept",
    "file_refused": "A file was refused",
    "post_listed": "The letters to post were looked at",
    "letter_withheld": "A letter was written and not sent",
    "letter_refused": "A mail server refused a letter",
    "address_fails": "Letters to an address fail",
    "address_cleared": "An address was said to work again",
    "mail_viewed": "An e-mail was looked at as it came",
    "mail_saved": "An e-mail was saved as it came",
    "mail_quarantined": "An e-mail could not be taken in",
    "mail_read_again": "An e-mail was read again",
    "mail_taken_on": "An e-mail laid aside was taken on",
    "access_requests_viewed": "The list of requests to see data was looked at",
    "reports_viewed": "The list of annual reports was looked at",
    "report_viewed": "A report was looked at",
    "report_saved": "A report was saved as a file",
    "report_written": "A report was written by a command",
    "report_figure_viewed": "The matters behind a figure were looked at",
    "report_words_viewed": "The commentary of a report was looked at",
    "report_passage_saved": "Commentary of a report was saved",
    "report_learning_viewed": "What a report may tell of things learned was looked at",
    "report_learning_chosen": "What a report tells of things learned was chosen",
    "report_compliments_viewed": "The compliments that a report may print were looked at",
    "report_thanks_chosen": "The compliments that a report prints were chosen",
    "report_publishing_viewed": "The page for publishing a report was opened",
    "report_filed": "A file of a published report was made",
    "report_published": "An annual report was published",
    "report_supplemented": "A supplement to an annual report was published",
    "publications_viewed": "The list of texts for publication was looked at",
    "link_suggested": "It was suggested that two belong together",
}
WORDS: Mapping[str, str] = {**OF_MATTERS, **_OF_SIGNING_IN, **_OF_PEOPLE, **_OF_THE_PORTAL}


def in_words(act: str) -> str:
    """An act in words; a new one whose words nobody has written yet by its code."""
    return WORDS.get(act) or act.replace("_", " ").capitalize()
