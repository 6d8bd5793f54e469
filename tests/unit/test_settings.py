"""Settings: read, checked, and wrong ones stop the start with a sentence."""

import json
import stat
from pathlib import Path

import pytest

from portal.settings import Settings, SettingsError
from tests.keys import TEST_KEYS


def read(folder: Path, **more: str) -> Settings:
    return Settings.from_environment({"DATA_FOLDER": str(folder), **more})


def test_one_machine_needs_no_setting_and_keeps_its_keys(tmp_path: Path) -> None:
    first, second = read(tmp_path), read(tmp_path)
    assert first.secret_key == second.secret_key
    assert first.words_key == second.words_key
    assert first.database_url == f"sqlite:///{tmp_path / 'heard.db'}"
    kept = tmp_path / "keys.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert set(json.loads(kept.read_text())) == {"SECRET_KEY", "WORDS_KEY"}


def test_postgresql_must_be_given_its_keys(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SECRET_KEY and WORDS_KEY"):
        read(tmp_path, DATABASE_URL="postgresql+psycopg://portal@/heard")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("DATABASE_URL", "mysql://x", "postgresql\\+psycopg"),
        ("DATA_KEY", "short", "32 bytes"),
        ("WORDS_KEY", "not base64 at all!", "32 bytes"),
        ("PUBLIC_URL", "feedback.example", "web address"),
        ("SMTP_URL", "mail.example:25", "smtps://"),
        ("TRUSTED_PROXIES", "one", "whole number"),
        ("SUGGESTIONS", "perhaps", "on or off"),
    ],
)
def test_a_wrong_setting_says_what_to_set(tmp_path: Path, name: str, value: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        read(tmp_path, **{**TEST_KEYS, name: value})
    assert name in str(caught.value)


AN_ID = "0f0e0d0c-0000-4000-8000-0102030405ab"
NOTIFY = {
    "TEXT_GATEWAY": "notify",
    "NOTIFY_API_KEY": f"a_key-{AN_ID}-{AN_ID}",
    "NOTIFY_TEMPLATE_ID": AN_ID,
}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TEXT_GATEWAY", "pigeon", "must be notify"),
        ("NOTIFY_API_KEY", "", "a whole key"),
        ("NOTIFY_API_KEY", "a_key-123", "a whole key"),
        ("NOTIFY_TEMPLATE_ID", "", r"\(\(message\)\)"),
        ("NOTIFY_URL", "http://notify.example", "begin with https://"),
    ],
)
def test_a_gateway_for_texts_is_whole_or_stops_the_start(
    tmp_path: Path, name: str, value: str, told: str
) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        read(tmp_path, **{**TEST_KEYS, **NOTIFY, name: value})
    assert name in str(caught.value)


def test_texts_go_nowhere_until_a_gateway_is_named(tmp_path: Path) -> None:
    assert read(tmp_path, **{**TEST_KEYS, "NOTIFY_API_KEY": "left over"}).text_gateway is None
    gateway = read(tmp_path, **{**TEST_KEYS, **NOTIFY}).text_gateway
    assert gateway is not None
    assert gateway.url.startswith("https://")
    local = {**NOTIFY, "NOTIFY_URL": "http://127.0.0.1:6011/"}
    assert read(tmp_path, **{**TEST_KEYS, **local}).text_gateway != gateway


def test_several_data_keys_newest_first(tmp_path: Path) -> None:
    key = TEST_KEYS["DATA_KEY"]
    assert len(read(tmp_path, **{**TEST_KEYS, "DATA_KEY": f"{key} {key}"}).data_keys) == 2


@pytest.mark.parametrize(("given", "on"), [({}, True), ({"SUGGESTIONS": "off"}, False)])
def test_suggestions_are_shown_unless_switched_off(
    tmp_path: Path, given: dict[str, str], on: bool
) -> None:
    assert read(tmp_path, **given).suggestions is on


OIDC = {
    "OIDC_ISSUER": "https://sign-in.council.example/",
    "OIDC_CLIENT_ID": "heard",
    "OIDC_CLIENT_SECRET": "a secret",
}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("OIDC_ISSUER", "http://sign-in.council.example", "https://"),
        ("OIDC_CLIENT_ID", "", "must be set where OIDC_ISSUER is"),
        ("OIDC_CLIENT_SECRET", "", "must be set where OIDC_ISSUER is"),
    ],
)
def test_the_councils_sign_in_is_set_whole(
    tmp_path: Path, name: str, value: str, told: str
) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        read(tmp_path, **{**TEST_KEYS, **OIDC, name: value})
    assert name in str(caught.value)


def test_without_an_issuer_there_is_none(tmp_path: Path) -> None:
    found = read(tmp_path, **TEST_KEYS, **OIDC).openid
    assert found is not None
    assert found.issuer == "https://sign-in.council.example"
    assert read(tmp_path, **TEST_KEYS).openid is None
