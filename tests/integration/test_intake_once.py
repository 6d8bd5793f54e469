"""`python -m intake --once` as an operator runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from intake.counts import Counts
from tests.integration.mailing import mail
from tests.keys import TEST_KEYS
from tests.services.dovecot import Dovecot

pytestmark = pytest.mark.service
ROOT = Path(__file__).resolve().parents[2]


def run_intake(
    folder: Path, url: str, ca_file: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **TEST_KEYS, "DATA_FOLDER": str(folder), "MAILBOX_URL": url}
    environment |= {"MAILBOX_CA": ca_file, **more}
    return subprocess.run(
        [sys.executable, "-m", "intake", "--once"],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_once_prints_its_equation(database_url: str, tmp_path: Path, mail_server: Dovecot) -> None:
    mail_server.deliver(mail())
    done = run_intake(tmp_path, mail_server.url, mail_server.ca_file, DATABASE_URL=database_url)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == Counts(found=1, new=1).as_json()


def test_a_refused_password_is_a_sentence_and_loses_nothing(
    tmp_path: Path, mail_server: Dovecot
) -> None:
    mail_server.deliver(mail())
    wrong = mail_server.url.replace(mail_server.password, "wrong-one")
    done = run_intake(tmp_path, wrong, mail_server.ca_file)
    assert done.returncode == 1
    assert "refuses the user name or password" in done.stderr
    assert "wrong-one" not in done.stderr
    assert len(mail_server.kept()) == 1


def test_a_database_that_is_down_is_a_sentence_and_loses_nothing(
    tmp_path: Path, mail_server: Dovecot
) -> None:
    mail_server.deliver(mail())
    done = run_intake(
        tmp_path, mail_server.url, mail_server.ca_file,
        DATABASE_URL="postgresql+psycopg://portal@127.0.0.1:1/heard",
    )  # fmt: skip
    assert done.returncode == 1
    assert "database cannot be used" in done.stderr
    assert len(mail_server.kept()) == 1
