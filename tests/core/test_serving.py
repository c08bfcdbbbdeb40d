"""What the web server starts with: the right schema, and only our own proxies' word on a visitor's address."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask, request
from flask_migrate import upgrade

import portal
from config import ConfigError, hops
from portal.core import access, vault
from portal.core.db import db


@pytest.fixture
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty instance, configured by the environment alone."""
    for name in ("REILU_ENV", "DATABASE_URL", "VAULT_URL", "SMTP_URL", "BASE_URL", "PROXY_HOPS", "REILU_DEMO"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REILU_INSTANCE", str(tmp_path))
    return tmp_path


def prepared() -> None:
    app = portal.create_app()
    with app.app_context():
        vault.prepare()
        upgrade()
        db.session.remove()
        db.engine.dispose()


def told_address(app: Flask, forwarded: str) -> str:
    @access.public
    def whose() -> str:
        return str(request.remote_addr)

    app._got_first_request = False
    app.add_url_rule("/whose", "whose", whose)
    return app.test_client().get("/whose", headers={"X-Forwarded-For": forwarded}).text


def test_the_web_server_refuses_another_schema(at_home: Path) -> None:
    with pytest.raises(ConfigError, match="flask --app portal prepare"):
        portal.serve()


def test_a_visitor_cannot_choose_their_network_address(at_home: Path) -> None:
    prepared()
    assert told_address(portal.serve(), "203.0.113.9") == "127.0.0.1"


def test_behind_one_proxy_its_word_counts_and_the_visitors_does_not(
    at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROXY_HOPS", "1")
    prepared()
    assert told_address(portal.serve(), "198.51.100.7, 203.0.113.9") == "203.0.113.9"


def test_a_wrong_number_of_proxies_is_a_sentence() -> None:
    with pytest.raises(ConfigError, match="PROXY_HOPS"):
        hops("many")
