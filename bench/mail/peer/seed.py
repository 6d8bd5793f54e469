"""A mail queue and staff for the peer.

PEER_DB=... python seed.py
"""

import os
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desk.settings")
import django

django.setup()
from django.contrib.auth import get_user_model  # noqa: E402
from django.utils import timezone  # noqa: E402
from helpdesk.models import Queue  # noqa: E402

from bench.mail import perfenv as E  # noqa: E402

STAFF = 10


def main() -> None:
    """One mail queue and staff1 to staff10."""
    Queue.objects.create(
        title="Feedback", slug="feedback", email_address="feedback@desk.example.org",
        allow_public_submission=True, allow_email_submission=True, email_box_type="imap",
        email_box_host=E.IMAP_PLAIN_HOST, email_box_port=E.IMAP_PLAIN_PORT,
        email_box_user=E.IMAP_USER, email_box_pass=E.IMAP_PASSWORD, email_box_imap_folder="INBOX",
        email_box_interval=0, email_box_last_check=timezone.now() - timedelta(days=1),
        logging_type="none",
    )  # fmt: skip
    for number in range(1, STAFF + 1):
        get_user_model().objects.create_superuser(
            f"staff{number}", f"staff{number}@desk.example.org", "benchpass"
        )


if __name__ == "__main__":
    main()
