"""Nothing secret has a default; production names every piece that is missing."""

from __future__ import annotations

import base64
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import config as configuration
from config import ConfigError, load
from portal import create_app

KEY = "a:" + base64.b64encode(b"1" * 32).decode()
WHOLE = {
    "REILU_ENV": "production",
    "SECRET_KEY": "s" * 40,
    "VAULT_KEYS": KEY,
    "BASE_URL": "https://reilu.example",
    "MAIL_SENDER": "Reilu <reilu@reilu.example>",
    "SMTP_URL": "smtps://user:word@mail.example",
}


def production(tmp_path: Path, **changes: str | None) -> dict[str, str]:
    values = WHOLE | {"REILU_INSTANCE": str(tmp_path / "instance")} | changes
    return {name: value for name, value in values.items() if value is not None}


def test_production_with_every_piece_is_read(tmp_path: Path) -> None:
    read = load(production(tmp_path))
    assert (read.production, read.secure, read.demo, read.host) == (True, True, False, "reilu.example")
    assert list((tmp_path / "instance").iterdir()) == []


@pytest.mark.parametrize("name", ["SECRET_KEY", "VAULT_KEYS", "BASE_URL", "MAIL_SENDER", "SMTP_URL"])
def test_production_names_what_is_missing(tmp_path: Path, name: str) -> None:
    for missing in (None, ""):
        with pytest.raises(ConfigError, match=name):
            load(production(tmp_path, **{name: missing}))
    assert not (tmp_path / "instance").exists()


def test_production_names_everything_that_is_missing_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refusal:
        load({"REILU_ENV": "production", "REILU_INSTANCE": str(tmp_path)})
    assert all(name in str(refusal.value) for name in WHOLE if name != "REILU_ENV")


WRONG = {
    "demo data": ({"REILU_DEMO": "1"}, "REILU_DEMO"),
    "no encryption": ({"BASE_URL": "http://reilu.example"}, "https://"),
    "a short secret": ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
    "a short key": ({"VAULT_KEYS": "a:" + base64.b64encode(b"1").decode()}, "'a' must be 32 bytes"),
    "no base64": ({"VAULT_KEYS": "a:%%%"}, "'a' is not base64"),
    "no key": ({"VAULT_KEYS": " , "}, "holds no key"),
    "a key file that is not there": ({"VAULT_KEYS": None, "VAULT_KEYS_FILE": "/nowhere"}, "VAULT_KEYS_FILE"),
    "no such environment": ({"REILU_ENV": "staging"}, "REILU_ENV is 'staging'"),
    "a base without a host": ({"BASE_URL": "https://"}, "BASE_URL must look like"),
    "a mail server of another kind": ({"SMTP_URL": "mail.example:25"}, "SMTP_URL must look like"),
    "a port that is none": ({"SMTP_URL": "smtp://mail.example:many"}, "SMTP_URL must look like"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_is_wrong_is_named_and_no_secret_repeated(tmp_path: Path, kind: str) -> None:
    changes, words = WRONG[kind]
    with pytest.raises(ConfigError, match=words) as refusal:
        load(production(tmp_path, **changes))
    assert "word@" not in str(refusal.value)
    assert KEY not in str(refusal.value)


def test_nothing_secret_shows_when_the_configuration_is_printed(tmp_path: Path) -> None:
    shown = repr(
        load(production(tmp_path, DATABASE_URL="postgresql://u:pw4711@db/x", VAULT_URL="postgresql://u:pw4711@v/x"))
    )
    assert all(secret not in shown for secret in ("sssss", "11111", "user:word", "pw4711"))


def test_at_home_the_secrets_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        first, second = load({"REILU_INSTANCE": str(tmp_path)}), load({"REILU_INSTANCE": str(tmp_path)})
    finally:
        os.umask(before)
    assert first.secret_key == second.secret_key
    assert first.vault_keys == second.vault_keys
    assert {path.name for path in tmp_path.iterdir()} == {"secret-key", "vault-keys"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
    assert load({"REILU_INSTANCE": str(tmp_path / "other")}).secret_key != first.secret_key


def test_processes_that_start_at_once_read_the_same_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        read = list(pool.map(lambda _: configuration.local_secret(tmp_path / "secret"), range(64)))
    assert len(set(read)) == 1
    assert len(read[0]) > 40
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_an_empty_secret_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    with pytest.raises(ConfigError, match="is empty"):
        load({"REILU_INSTANCE": str(tmp_path)})


def test_keys_are_read_in_order_and_the_first_seals(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.write_text(f"new:{base64.b64encode(b'2' * 32).decode()}\n{KEY}\n")
    read = load(production(tmp_path, VAULT_KEYS=None, VAULT_KEYS_FILE=str(keys)))
    assert list(read.vault_keys.items()) == [("new", b"2" * 32), ("a", b"1" * 32)]


def test_a_database_url_gets_its_driver(tmp_path: Path) -> None:
    for given in ("postgres://u@h/x", "postgresql://u@h/x"):
        assert load(production(tmp_path, DATABASE_URL=given)).database_url == "postgresql+psycopg://u@h/x"
    assert load(production(tmp_path)).database_url.startswith("sqlite:///")


def test_at_home_both_names_of_the_machine_are_trusted_and_elsewhere_only_the_own(tmp_path: Path) -> None:
    assert load({"REILU_INSTANCE": str(tmp_path)}).trusted_hosts == ["127.0.0.1", "localhost"]
    assert load(production(tmp_path)).trusted_hosts == ["reilu.example"]


def test_the_app_itself_refuses_to_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"REILU_ENV": "production", "REILU_INSTANCE": str(tmp_path / "none")})
    with pytest.raises(ConfigError, match="missing"):
        create_app()


def test_demo_data_needs_to_be_asked_for(tmp_path: Path) -> None:
    assert not load({"REILU_INSTANCE": str(tmp_path)}).demo
    assert load({"REILU_INSTANCE": str(tmp_path), "REILU_DEMO": "1"}).demo
