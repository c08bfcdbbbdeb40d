"""What a deployment decides, read once from the environment into one frozen value.

Nothing secret has a default. On a developer's machine the secrets are made once under `instance/` (mode 0600);
in production each must be given, and `ConfigError` names every one that is missing.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
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

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).netloc

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


def vault_keys_from_file(env: Mapping[str, str], instance: Path) -> str:
    if named := env.get("VAULT_KEYS_FILE"):
        return Path(named).read_text().strip()
    return local_secret(instance / "vault-keys", lambda: f"local:{base64.b64encode(secrets.token_bytes(32)).decode()}")


def local_secret(path: Path, make=lambda: secrets.token_urlsafe(48)) -> str:
    """The secret kept at `path`, made on first use and readable by its owner alone."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(make())
    return path.read_text().strip()


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
