"""Paths, ports and accounts that every script of the harness shares.

What the harness writes while it runs lies under RUN; remove that folder to start from nothing.
An environment variable of the same name with the prefix PERF_ overrides a value.
"""

import os
from pathlib import Path

BASE = Path(__file__).resolve().parent
ROOT = BASE.parent.parent
RUN = Path(os.environ.get("PERF_RUN", ROOT / "bench" / "run")).resolve()
RESULTS = Path(os.environ.get("PERF_RESULTS", ROOT / "bench" / "results")).resolve()
CORPUS = Path(os.environ.get("PERF_CORPUS", RUN / "corpus")).resolve()

# Dovecot: the plain listener has an address of its own, because Dovecot can only switch STARTTLS
# off per address; the other one is IMAPS.
IMAP_PLAIN_HOST = "127.0.0.2"
IMAP_TLS_HOST = "127.0.0.1"
IMAP_PLAIN_PORT = int(os.environ.get("PERF_IMAP_PLAIN_PORT", "41143"))
IMAP_TLS_PORT = int(os.environ.get("PERF_IMAP_TLS_PORT", "41993"))
IMAP_USER = "bench"
IMAP_PASSWORD = "benchpass"
IMAP_DONE_FOLDER = "Processed"
MAIL_UID = 61234  # owner of the Maildir; needs no entry among the machine's users
MAIL_ROOT = RUN / "mail" / IMAP_USER
CERTIFICATE = RUN / "dovecot" / "cert.pem"

# PostgreSQL: a throw-away cluster owned by an unprivileged account.
PG_BIN = Path(os.environ.get("PERF_PG_BIN", "/usr/lib/postgresql/15/bin"))
PG_OS_USER = os.environ.get("PERF_PG_OS_USER", "postgres")
PG_HOST = "127.0.0.1"
PG_PORT = int(os.environ.get("PERF_PG_PORT", "41432"))
PG_USER = "bench"
PG_DATA = RUN / "pg"
