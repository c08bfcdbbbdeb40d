"""What a deployment decides, read once from the environment into one frozen value.

Nothing secret has a default. On a developer's machine the secrets are made once under `instance/` (mode 0600);
in production each must be given, and `ConfigError` names every one that is missing.
"""

from __future__ import annotations

import base64
import os
import re
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
LOOPBACK = ("127.0.0.1", "localhost")
HOME_SENDER = "Toimisto <toimisto@posti.example>"
ENVIRONMENTS = ("development", "test", "production")


class ConfigError(Exception):
    """The environment cannot run the portal; the message says what is missing or wrong."""


@dataclass(frozen=True)
class Config:
    """`vault_keys` maps a key id to 32 bytes; the first is the one that seals, the others only open."""

    environment: str
    instance: Path
    base_url: str
    sender: str
    secret_key: str = field(repr=False)
    vault_keys: Mapping[str, bytes] = field(repr=False)
    database_url: str = field(repr=False)
    vault_url: str = field(repr=False)
    smtp_url: str | None = field(repr=False)
    meili_url: str | None
    meili_key: str | None = field(repr=False)
    demo: bool
    reply_to: str
    phone: str
    anchor_mail: str = ""
    """Where the daily anchor of the audit trail goes besides the administrators: best an address of another house."""
    proxy_hops: int = 0
    """How many reverse proxies of our own stand in front; only their word on a visitor's network address counts."""
    neutral_sender: str = ""
    """From whom a candidate's message comes: nothing in it says where from. Without one, none is sent."""

    controller: str = ""
    """The authority that answers for the personal data, by name; the privacy notices give it."""
    dpo_email: str = ""
    """Where its data protection officer is written to; without one, to the office."""

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).netloc

    @property
    def hostname(self) -> str:
        """The host without a port."""
        return urlsplit(self.base_url).hostname or ""

    @property
    def trusted_hosts(self) -> list[str]:
        """Names under which a request may come; at home both names of one's own machine."""
        return list(LOOPBACK) if self.hostname in LOOPBACK else [self.hostname]

    @property
    def secure(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def index_folder(self) -> Path:
        return self.instance / "index"

    @property
    def anchors(self) -> Path:
        """The file outside the database that remembers how long the audit trail was."""
        return self.instance / "audit-anchors.log"


def load(environ: Mapping[str, str] | None = None) -> Config:
    """Read the configuration; raises `ConfigError` naming everything that is missing."""
    env = os.environ if environ is None else environ
    environment = env.get("REILU_ENV", "development")
    if environment not in ENVIRONMENTS:
        raise ConfigError(f"REILU_ENV is {environment!r}; it must be one of {', '.join(ENVIRONMENTS)}.")
    instance = Path(env.get("REILU_INSTANCE", str(ROOT / "instance"))).resolve()
    if environment == "production":
        check_production(env)
    instance.mkdir(parents=True, exist_ok=True)
    check_urls(env)
    port = env.get("PORT", "8000")
    return Config(
        environment=environment,
        instance=instance,
        base_url=env.get("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        sender=env.get("MAIL_SENDER", "Reilu <reilu@reilu.example>"),
        secret_key=env.get("SECRET_KEY") or local_secret(instance / "secret-key"),
        vault_keys=parse_keys(env.get("VAULT_KEYS") or vault_keys_from_file(env, instance)),
        database_url=database_url(env.get("DATABASE_URL"), instance / "reilu.db"),
        vault_url=database_url(env.get("VAULT_URL"), instance / "vault.db"),
        smtp_url=env.get("SMTP_URL") or None,
        meili_url=env.get("MEILI_URL") or None,
        meili_key=env.get("MEILI_KEY") or None,
        demo=env.get("REILU_DEMO", "") == "1",
        reply_to=env.get("CONTACT_EMAIL", "info@reilu.example"),
        phone=env.get("CONTACT_PHONE", "0295 000 000"),
        anchor_mail=address(env, "ANCHOR_MAIL"),
        controller=env.get("CONTROLLER", ""),
        dpo_email=env.get("DPO_EMAIL", ""),
        proxy_hops=hops(env.get("PROXY_HOPS", "0")),
        neutral_sender=neutral(env.get("NEUTRAL_SENDER", "" if environment == "production" else HOME_SENDER)),
    )


def check_production(env: Mapping[str, str]) -> None:
    missing = [name for name in ("SECRET_KEY", "BASE_URL", "MAIL_SENDER", "SMTP_URL") if not env.get(name)]
    if not env.get("VAULT_KEYS") and not env.get("VAULT_KEYS_FILE"):
        missing.append("VAULT_KEYS or VAULT_KEYS_FILE")
    if missing:
        raise ConfigError(f"Production needs these settings, which are missing: {', '.join(missing)}.")
    if env.get("REILU_DEMO", "") == "1":
        raise ConfigError("Demo data (REILU_DEMO=1) is refused in production.")
    if not env["BASE_URL"].startswith("https://"):
        raise ConfigError("BASE_URL must begin with https:// in production.")
    if len(env["SECRET_KEY"]) < 32:
        raise ConfigError("SECRET_KEY is too short; 32 characters or more are needed.")


def check_urls(env: Mapping[str, str]) -> None:
    """Raises `ConfigError` for an address where nothing can be; never repeats it, for it may hold a password."""
    for name, schemes in {
        "BASE_URL": ("http", "https"),
        "SMTP_URL": ("smtp", "smtps"),
        "MEILI_URL": ("http", "https"),
    }.items():
        if not (text := env.get(name)):
            continue
        try:
            parts = urlsplit(text)
            sound = parts.scheme in schemes and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            sound = False
        if not sound:
            raise ConfigError(f"{name} must look like {schemes[0]}://host:port.")


def vault_keys_from_file(env: Mapping[str, str], instance: Path) -> str:
    if named := env.get("VAULT_KEYS_FILE"):
        try:
            return Path(named).read_text().strip()
        except OSError as error:
            raise ConfigError(f"VAULT_KEYS_FILE cannot be read: {error.strerror}.") from None
    return local_secret(instance / "vault-keys", lambda: f"local:{base64.b64encode(secrets.token_bytes(32)).decode()}")


def local_secret(path: Path, make: Callable[[], str] = lambda: secrets.token_urlsafe(48)) -> str:
    """The secret kept at `path`, made on first use and readable by its owner alone.

    It appears whole or not at all: of two processes that start at once both read the same.
    """
    if not path.exists():
        own = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make())
        with suppress(FileExistsError):
            os.link(own, path)
        own.unlink()
    if not (secret := path.read_text().strip()):
        raise ConfigError(
            f"{path} is empty. Put the secret back, or delete the file if nothing was sealed with it yet."
        )
    return secret


def parse_keys(text: str) -> dict[str, bytes]:
    """`id:base64,id:base64` → {id: 32 bytes}, in order."""
    keys: dict[str, bytes] = {}
    for part in text.replace("\n", ",").split(","):
        if not part.strip():
            continue
        name, _, encoded = part.strip().partition(":")
        try:
            keys[name] = base64.b64decode(encoded, validate=True)
        except ValueError:
            raise ConfigError(f"The vault key {name!r} is not base64.") from None
        if len(keys[name]) != 32:
            raise ConfigError(f"The vault key {name!r} must be 32 bytes long.")
    if not keys:
        raise ConfigError("VAULT_KEYS holds no key; write id:base64 of 32 random bytes.")
    return keys


def database_url(given: str | None, fallback: Path) -> str:
    if not given:
        return f"sqlite:///{fallback}"
    for prefix in ("postgres://", "postgresql://"):
        if given.startswith(prefix):
            return "postgresql+psycopg://" + given.removeprefix(prefix)
    return given


def neutral(text: str) -> str:
    """`Name <address>` that does not name the service."""
    name, address = parseaddr(text)
    if text and (not name or "@" not in address or "reilu" in text.casefold()):
        raise ConfigError("NEUTRAL_SENDER must look like Name <name@example.fi> and must not name the service.")
    return text


def address(env: Mapping[str, str], name: str) -> str:
    """An e-mail address, or '' when none is given."""
    text = env.get(name, "").strip()
    if text and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise ConfigError(f"{name} must be an e-mail address.")
    return text


def hops(text: str) -> int:
    if not text.isdecimal() or int(text) > 5:
        raise ConfigError(f"PROXY_HOPS is {text!r}; it must be the number of reverse proxies in front, 0 to 5.")
    return int(text)
