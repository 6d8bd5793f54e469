"""Deployment settings: read once from the environment, typed, and checked before anything runs."""

import base64
import binascii
import json
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
KEY_BYTES = 32
UUID = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
NOTIFY_URL = "https://api.notifications.service.gov.uk"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SettingsError(Exception):
    """A setting that cannot be used; its text is a sentence for whoever runs the portal."""


@dataclass(frozen=True)
class TextGateway:
    """Where text messages are handed over: GOV.UK Notify, or whatever speaks as it does."""

    api_key: str
    template_id: str
    url: str


@dataclass(frozen=True)
class OpenIdClient:
    """What this installation is at the council's own sign-in, an OpenID Connect provider."""

    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True)
class Settings:
    """What one installation is told from outside. Lengths are bytes, addresses are URLs."""

    database_url: str
    secret_key: str
    data_keys: tuple[bytes, ...]
    words_key: bytes
    public_url: str
    council: str
    mailbox_urls: tuple[str, ...]
    mailbox_ca: str | None
    smtp_url: str | None
    mail_from: str
    mail_plus: bool
    files_url: str
    clamd_url: str | None
    model_dir: Path | None
    suggestions: bool
    trusted_proxies: int
    demo: bool
    text_gateway: TextGateway | None
    openid: OpenIdClient | None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings.

        Args:
            environment: names and values; the process's own when None.

        Returns:
            The settings, each checked.

        Raises:
            SettingsError: naming the variable and what to set instead.
        """
        env = dict(os.environ if environment is None else environment)
        folder = Path(env.get("DATA_FOLDER", ROOT / "var"))
        database_url = _database_url(env.get("DATABASE_URL"), folder)
        kept = {} if _has_all_keys(env) else _kept_keys(database_url, folder)
        return cls(
            database_url=database_url,
            secret_key=env.get("SECRET_KEY") or kept["SECRET_KEY"],
            data_keys=_data_keys(env.get("DATA_KEY", "")),
            words_key=_key("WORDS_KEY", env.get("WORDS_KEY") or kept["WORDS_KEY"]),
            public_url=_public_url(env.get("PUBLIC_URL", "http://localhost:5000")),
            council=env.get("COUNCIL", "staffordshire"),
            mailbox_urls=tuple(env.get("MAILBOX_URL", "").split()),
            mailbox_ca=env.get("MAILBOX_CA") or None,
            smtp_url=_smtp_url(env.get("SMTP_URL")),
            mail_from=env.get("MAIL_FROM", "feedback@example.gov.uk"),
            mail_plus=env.get("MAIL_PLUS") == "1",
            files_url=env.get("FILES_URL") or (folder / "files").absolute().as_uri(),
            clamd_url=env.get("CLAMD_URL") or None,
            model_dir=Path(env["MODEL_DIR"]) if env.get("MODEL_DIR") else None,
            suggestions=_switch("SUGGESTIONS", env.get("SUGGESTIONS") or "on"),
            trusted_proxies=_whole_number("TRUSTED_PROXIES", env.get("TRUSTED_PROXIES", "0")),
            demo=env.get("HEARD_DEMO") == "1",
            text_gateway=_text_gateway(env),
            openid=_openid(env),
        )


def _has_all_keys(env: Mapping[str, str]) -> bool:
    return bool(env.get("SECRET_KEY") and env.get("WORDS_KEY"))


def _database_url(url: str | None, folder: Path) -> str:
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
        return f"sqlite:///{(folder / 'heard.db').absolute()}"
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise SettingsError(
        "DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://. "
        "Example: postgresql+psycopg://portal@db.internal/heard"
    )


def _kept_keys(database_url: str, folder: Path) -> dict[str, str]:
    """One machine with SQLite makes its own keys once; anything larger must be given them."""
    if not database_url.startswith("sqlite"):
        raise SettingsError(
            "Set SECRET_KEY and WORDS_KEY: every process of this installation must be given "
            "the same two. Make each with: python -c "
            "'import secrets; print(secrets.token_urlsafe(32))'"
        )
    path = folder / "keys.json"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        made = {name: secrets.token_urlsafe(KEY_BYTES) for name in ("SECRET_KEY", "WORDS_KEY")}
        _write_once(path, json.dumps(made))
    try:
        kept: dict[str, str] = json.loads(path.read_text())
        return {name: kept[name] for name in ("SECRET_KEY", "WORDS_KEY")}
    except (json.JSONDecodeError, KeyError):
        raise SettingsError(
            f"{path.name} beside the database is damaged. Restore it from a backup: without "
            "WORDS_KEY nobody's secret words work any more."
        ) from None


def _write_once(path: Path, text: str) -> None:
    """Of two processes that start together one writes; nobody ever sees half a file."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(name, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(name)


def _key(name: str, text: str) -> bytes:
    padded = text + "=" * (-len(text) % 4)
    try:
        value = base64.urlsafe_b64decode(padded)
    except (ValueError, binascii.Error):
        value = b""
    if len(value) != KEY_BYTES:
        raise SettingsError(
            f"{name} must be 32 bytes in URL-safe base64. Make one with: "
            "python -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    return value


def _data_keys(text: str) -> tuple[bytes, ...]:
    """The newest key first; older ones, separated by spaces, still open what they closed."""
    return tuple(_key("DATA_KEY", part) for part in text.split())


def _public_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SettingsError("PUBLIC_URL must be a web address, such as https://feedback.example")
    return url.rstrip("/")


def _smtp_url(url: str | None) -> str | None:
    if not url:
        return None
    if urlsplit(url).scheme not in ("smtp", "smtps", "smtp+insecure"):
        raise SettingsError(
            "SMTP_URL must begin with smtps:// (TLS), smtp:// (STARTTLS) or, for this machine "
            "only, smtp+insecure://"
        )
    return url


def _text_gateway(env: Mapping[str, str]) -> TextGateway | None:
    named = env.get("TEXT_GATEWAY", "")
    if not named:
        return None
    if named != "notify":
        raise SettingsError(
            "TEXT_GATEWAY must be notify (GOV.UK Notify), or left out: then no texts are sent."
        )
    api_key, template_id = env.get("NOTIFY_API_KEY", ""), env.get("NOTIFY_TEMPLATE_ID", "")
    if not re.fullmatch(rf".+-{UUID}-{UUID}", api_key):
        raise SettingsError(
            "NOTIFY_API_KEY must be a whole key of GOV.UK Notify: its name, then two ids of 36 "
            "characters, all joined by hyphens. Copy it again from “API integration” there."
        )
    if not re.fullmatch(UUID, template_id):
        raise SettingsError(
            "NOTIFY_TEMPLATE_ID must be the id of a text message template at GOV.UK Notify whose "
            "only words are ((message)): 36 characters, copied from the template’s page."
        )
    url = env.get("NOTIFY_URL", "") or NOTIFY_URL
    if not _safe(url):
        raise SettingsError(
            "NOTIFY_URL must begin with https://, or be left out. http:// is for this machine only."
        )
    return TextGateway(api_key, template_id, url.rstrip("/"))


def _openid(env: Mapping[str, str]) -> OpenIdClient | None:
    issuer = env.get("OIDC_ISSUER", "").rstrip("/")
    given = {name: env.get(name, "") for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")}
    if not issuer:
        return None
    if not _safe(issuer):
        raise SettingsError(
            "OIDC_ISSUER must begin with https://, as the provider writes it in its description. "
            "http:// is for this machine only."
        )
    for name, value in given.items():
        if not value:
            raise SettingsError(f"{name} must be set where OIDC_ISSUER is: the provider gives it.")
    return OpenIdClient(issuer, given["OIDC_CLIENT_ID"], given["OIDC_CLIENT_SECRET"])


def _safe(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _switch(name: str, text: str) -> bool:
    if text not in ("on", "off"):
        raise SettingsError(f"{name} must be on or off.")
    return text == "on"


def _whole_number(name: str, text: str) -> int:
    if not text.isdigit():
        raise SettingsError(f"{name} must be a whole number, such as 0 or 1.")
    return int(text)
