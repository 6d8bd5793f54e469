"""Print, as JSON, what the peer stored from mail (see score.py), or point its queue at IMAPS.

PEER_DB=... python dump_intake.py [--use-tls]
"""

import hashlib
import json
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desk.settings")
import django

django.setup()
from helpdesk.models import FollowUp, Queue, Ticket  # noqa: E402

from bench.mail import perfenv as E  # noqa: E402


def stored() -> list[dict[str, object]]:
    """Each follow-up: its ticket, words and files."""
    found = []
    for one in FollowUp.objects.order_by("id").prefetch_related("followupattachment_set"):
        files = []
        for attachment in one.followupattachment_set.all():
            with attachment.file.open("rb") as handle:
                files.append(hashlib.sha256(handle.read()).hexdigest())
        found.append(
            {"ticket": one.ticket_id, "message_id": one.message_id, "text": one.comment,
             "attachments": files}
        )  # fmt: skip
    return found


if "--use-tls" in sys.argv:
    Queue.objects.filter(slug="feedback").update(
        email_box_ssl=True, email_box_host=E.IMAP_TLS_HOST, email_box_port=E.IMAP_TLS_PORT
    )
else:
    print(json.dumps({"tickets": Ticket.objects.count(), "stored": stored()}))
