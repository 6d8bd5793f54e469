"""The command-line contract, asked of fresh processes as an operator would."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.keys import TEST_KEYS

ROOT = Path(__file__).resolve().parents[2]
FLASK = str(Path(sys.executable).with_name("flask"))


def run(
    *command: str, folder: Path, given: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, **TEST_KEYS, "DATA_FOLDER": str(folder), **more}
    return subprocess.run(
        command, cwd=ROOT, env=environment, input=given,
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


def flask(*words: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return run(FLASK, *words, folder=folder, **more)


@pytest.fixture
def migrated(tmp_path: Path) -> Path:
    done = flask("db", "upgrade", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    return tmp_path


def test_deadline_needs_no_setting_and_no_database(tmp_path: Path) -> None:
    done = subprocess.run(
        [FLASK, "deadline", "2020-05-01", "--working-days", "3", "--json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "DATA_FOLDER": str(tmp_path / "none")},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["due"] == "2020-05-06"
    assert [skipped["why"] for skipped in answer["skipped"]] == ["Saturday", "Sunday"]


def test_deadline_in_words(tmp_path: Path) -> None:
    done = flask("deadline", "2020-05-01", "--working-days", "5", folder=tmp_path)
    assert "Monday 11 May 2020" in done.stdout
    assert "Early May bank holiday" in done.stdout


def test_demo_data_export_and_check(migrated: Path) -> None:
    done = flask("demo-data", "--cases", "30", "--year", "2019-20", folder=migrated)
    assert done.returncode == 0, done.stderr
    exported = flask("export", "feedback", folder=migrated)
    rows = [json.loads(line) for line in exported.stdout.splitlines()]
    assert len(rows) >= 30
    assert {"reference", "story", "received_on", "decision", "case"} <= set(rows[0])
    assert any(row["case"] and row["case"]["stages"] for row in rows)
    checked = flask("check", folder=migrated)
    assert "wait for an officer" in checked.stdout
    # Nothing runs in the background here, and that is a fault it must name.
    assert checked.returncode == 1
    assert "work process" in checked.stdout


def test_one_round_of_work_suggests_for_what_waits(migrated: Path) -> None:
    flask("demo-data", "--cases", "12", "--year", "2019-20", folder=migrated)
    done = flask("work", "--once", folder=migrated)
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    # No council learns until it says so.
    assert counts["examples"] == 0
    assert counts["suggestions"] >= 1
    assert flask("export", "examples", folder=migrated).stdout == ""


def test_a_demo_learns(migrated: Path) -> None:
    flask("demo-data", "--cases", "12", "--year", "2019-20", folder=migrated)
    done = flask("work", "--once", folder=migrated, HEARD_DEMO="1")
    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    assert counts["examples"] >= 1
    assert counts["compared"] >= 1
    examples = flask("export", "examples", folder=migrated)
    first = json.loads(examples.stdout.splitlines()[0])
    assert {"id", "text", "category", "team", "procedure"} <= set(first)


def test_without_a_model_the_round_still_does_the_rest(migrated: Path) -> None:
    flask("demo-data", "--cases", "12", "--year", "2019-20", folder=migrated)
    more = {"MODEL_DIR": str(migrated / "no-model"), "HEARD_DEMO": "1"}
    done = flask("work", "--once", folder=migrated, **more)
    assert done.returncode == 0
    assert json.loads(done.stdout)["examples"] >= 1


def test_create_user_prints_an_invitation_and_no_password(migrated: Path) -> None:
    words = ("create-user", "sam@council.example", "--name", "Sam Hill", "--role", "officer")
    done = flask(*words, folder=migrated, PUBLIC_URL="https://feedback.example")
    assert done.returncode == 0, done.stderr
    assert "https://feedback.example/invitation/" in done.stdout
    assert "password:" not in done.stdout.lower().replace("set a password at:", "")
    again = flask(*words, folder=migrated)
    assert again.returncode == 1
    assert "already" in again.stderr


def test_send_letters_says_what_it_did(migrated: Path) -> None:
    done = flask("send-letters", folder=migrated)
    assert done.returncode == 0
    assert "sent" in done.stdout


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("DATABASE_URL", "oracle://x", "DATABASE_URL must begin with"),
        ("COUNCIL", "atlantis", "atlantis"),
        ("SMTP_URL", "smtp+insecure://mail.example:25", "SMTP"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(
    tmp_path: Path, setting: str, value: str, told: str
) -> None:
    done = flask("db", "upgrade", folder=tmp_path, **{setting: value})
    assert done.returncode != 0
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_is_down_is_a_sentence(tmp_path: Path) -> None:
    down = "postgresql+psycopg://portal@127.0.0.1:1/heard"
    for words in (("check",), ("work", "--once")):
        done = flask(*words, folder=tmp_path, DATABASE_URL=down)
        assert done.returncode == 1
        assert "database cannot be used" in (done.stdout + done.stderr)
        assert "Traceback" not in done.stderr


def test_intake_parse_needs_nothing(tmp_path: Path) -> None:
    given = "From: jo@example.org\nSubject: Hello\n\nThe bus was late.\n"
    done = run(sys.executable, "-m", "intake", "parse", folder=tmp_path / "none", given=given)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["subject"], answer["text"].strip()) == ("Hello", "The bus was late.")
    assert not (tmp_path / "none").exists()


def test_intake_without_a_mailbox_says_what_to_set(migrated: Path) -> None:
    done = run(sys.executable, "-m", "intake", "--once", folder=migrated, MAILBOX_URL="")
    assert done.returncode == 1
    assert "MAILBOX_URL" in done.stderr


def test_suggest_reads_and_writes_json_lines(tmp_path: Path) -> None:
    given = json.dumps({"id": "1", "text": "Thank you to Sam, who was so kind to my daughter."})
    done = run(sys.executable, "-m", "classifier", "suggest", folder=tmp_path, given=given + "\n")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["id"] == "1"
    assert answer["category"]["label"] == "compliment"
    assert len(answer["team"]) == 3
