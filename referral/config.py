"""Settings from the environment and the instance folder, checked at start; unsafe defaults refuse to run."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

VERSION = "2026.11.0"
SECRET_LENGTH_MIN = 32
IDLE_LIMIT = timedelta(minutes=30)
ABSOLUTE_LIMIT = timedelta(hours=12)
FRESH_LIMIT = timedelta(minutes=15)  # so long after a password what leaves the district may be sent
CODE_LIMIT = timedelta(minutes=10)  # so long after a password its second step waits
LINK_LIMIT = timedelta(days=3)
PASSWORD_LENGTH_MIN = 12
LOOPBACK = frozenset({"127.0.0.1", "localhost"})
DEMO_MARK = "demo"  # an empty file that says: this folder holds a demo and nothing else
REQUEST_BYTES_MAX = 5 * 1024 * 1024


class UnsafeSettings(Exception):
    """The settings would run unsafely; `problems` says in sentences what to change."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems))


@dataclass(frozen=True)
class Settings:
    """How this installation runs."""

    instance: Path
    secret: str
    database_url: str
    demo: bool = False
    public_url: str = "http://127.0.0.1"
    trusted_proxies: int = 0
    mail: str = ""
    mail_from: str = ""
    second_step_grace_days: int = 14
    second_step_of_everyone: bool = False
    vault_url: str = ""
    vault_key: str = field(default="", repr=False)

    @property
    def sender(self) -> str:
        """The address mails come from."""
        return self.mail_from or f"placewell@{self.host or 'localhost'}"

    @property
    def over_https(self) -> bool:
        """Whether browsers reach the site over https."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def host(self) -> str:
        """The host name of the public address."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a SQLite file."""
        return self.database_url.startswith("sqlite")


def read_settings(
    environment: Mapping[str, str] | None = None, *, demo: bool = False, instance: Path | None = None
) -> Settings:
    """The settings of this process, from the environment and the instance folder."""
    values = os.environ if environment is None else environment
    folder = (instance or Path(values.get("PLACEWELL_INSTANCE", "instance"))).resolve()
    return Settings(
        instance=folder,
        secret=values.get("PLACEWELL_SECRET", "") or _stored_secret(folder),
        database_url=database_url(values.get("DATABASE_URL", ""), folder),
        demo=demo,
        public_url=values.get("PLACEWELL_URL", "http://127.0.0.1").rstrip("/"),
        trusted_proxies=_count(values.get("PLACEWELL_TRUSTED_PROXIES", "0")),
        mail=values.get("PLACEWELL_MAIL", "") or (f"file:{folder / 'mail'}" if demo else ""),
        mail_from=values.get("PLACEWELL_MAIL_FROM", ""),
        second_step_grace_days=_count(values.get("PLACEWELL_SECOND_STEP_GRACE_DAYS", "14")),
        second_step_of_everyone=values.get("PLACEWELL_SECOND_STEP_OF", "") == "everyone",
        vault_url=_vault_url(values.get("PLACEWELL_VAULT_URL", ""), folder),
        vault_key=values.get("PLACEWELL_VAULT_KEY", ""),
    )


def secret_file(folder: Path) -> Path:
    """Where the secret of an instance lies."""
    return folder / "secret"


def vault_file(folder: Path) -> Path:
    """Where the identity vault of an instance lies, unless it has a database of its own elsewhere."""
    return folder / "vault.db"


def vault_key_file(folder: Path) -> Path:
    """Where the secret of the vault lies, unless the environment has it; move it away from the vault."""
    return folder / "vault.key"


def vault_secret(settings: Settings) -> str:
    """The secret that opens the vault, "" for none; a new file counts at once."""
    return settings.vault_key or _first_line(vault_key_file(settings.instance))


def database_url(given: str, folder: Path) -> str:
    """The SQLAlchemy address: SQLite in the instance folder, or PostgreSQL through psycopg 3."""
    if not given:
        return f"sqlite:///{folder / 'placewell.db'}"
    scheme, _, rest = given.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else given


def check_settings(settings: Settings) -> Settings:
    """The same settings, if they are safe to run with.

    Raises
    ------
    UnsafeSettings : a missing or short secret, an unknown database, or http without a trusted proxy.
    """
    tests = {
        f"There is no secret of {SECRET_LENGTH_MIN} characters or more. Run: placewell init": len(
            settings.secret
        )
        >= SECRET_LENGTH_MIN,
        "DATABASE_URL must begin with sqlite:/// or postgresql://": _is_database(settings.database_url),
        "PLACEWELL_VAULT_URL must name a database of its own, beginning with sqlite:/// or postgresql://": (
            not settings.vault_url
            or (_is_database(settings.vault_url) and settings.vault_url != settings.database_url)
        ),
    }
    if settings.demo:
        tests |= {"The demo runs on loopback only: unset PLACEWELL_URL": settings.host in LOOPBACK}
    else:
        tests |= {
            "Set PLACEWELL_URL to the public address, beginning with https://": settings.over_https,
            "Set PLACEWELL_TRUSTED_PROXIES to the number of proxies in front that end https (usually 1)": (
                settings.trusted_proxies >= 1
            ),
        }
    problems = [sentence for sentence, safe in tests.items() if not safe]
    if problems:
        raise UnsafeSettings(problems)
    return settings


def flask_config(settings: Settings) -> dict[str, Any]:
    """The Flask configuration that follows from the settings."""
    https = settings.over_https
    return {
        "SECRET_KEY": settings.secret,
        "SETTINGS": settings,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(settings.database_url),
        "SQLALCHEMY_BINDS": _binds(settings),
        "MAX_CONTENT_LENGTH": REQUEST_BYTES_MAX,
        "PREFERRED_URL_SCHEME": "https" if https else "http",
        "TRUSTED_HOSTS": sorted({settings.host, "127.0.0.1", "localhost"}),
        "SESSION_COOKIE_NAME": "__Host-placewell" if https else "placewell",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": IDLE_LIMIT,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": https,
        **_sign_in_config(),
    }


def _sign_in_config() -> dict[str, Any]:
    """Flask-Security: password sign-in and one-time links; everything else stays off."""
    return {
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_METHODS": None,
        "SECURITY_RESET_URL": "/password",
        "SECURITY_RECOVERABLE": True,
        "SECURITY_RESET_PASSWORD_WITHIN": LINK_LIMIT,
        "SECURITY_SEND_PASSWORD_RESET_EMAIL": False,
        "SECURITY_SEND_PASSWORD_RESET_NOTICE_EMAIL": False,
        "SECURITY_FRESHNESS": timedelta(minutes=-1),
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_CLI_USERS_NAME": "",
        "SECURITY_CLI_ROLES_NAME": "",
        "SECURITY_TWO_FACTOR_IMPLEMENTATIONS": {},
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_LENGTH_MIN": PASSWORD_LENGTH_MIN,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        "SECURITY_JOIN_USER_ROLES": False,
    }


def _binds(settings: Settings) -> dict[str, Any]:
    """The databases beside the core's: the identity vault, where there is one."""
    url = settings.vault_url
    return {"vault": {"url": url, **engine_options(url)}} if url else {}


def engine_options(url: str) -> dict[str, Any]:
    """No statement's values in messages and logs: they may be a profile's."""
    options: dict[str, Any] = {"hide_parameters": True}
    if url.startswith("sqlite"):
        return options | {"connect_args": {"timeout": 0}}
    return options | {"pool_pre_ping": True}


def _vault_url(given: str, folder: Path) -> str:
    """The address of the vault: what is given, else the file of the instance once `vault init` made it."""
    path = vault_file(folder)
    return database_url(given, folder) if given else f"sqlite:///{path}" if path.is_file() else ""


def _is_database(url: str) -> bool:
    return url.startswith(("sqlite:///", "postgresql+psycopg://"))


def _stored_secret(folder: Path) -> str:
    return _first_line(secret_file(folder))


def _first_line(path: Path) -> str:
    return path.read_text().strip() if path.is_file() else ""


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
