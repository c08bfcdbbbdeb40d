"""The portal: `create_app` puts the core and the features together."""

from __future__ import annotations

from functools import partial

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

import config as configuration
from emails.transport import mail_for
from portal import cli, features, health
from portal.core import access, audit, compression, db, edge, languages, logs, pages, registry, vault

MEGABYTE = 1024 * 1024


def create_app(config: configuration.Config | None = None) -> Flask:
    """The WSGI application. Raises `ConfigError` when the environment cannot run it."""
    config = config or configuration.load()
    app = Flask(__name__, instance_path=str(config.instance))
    settle(app, config)
    db.db.init_app(app)
    with app.app_context():
        db.prepare(db.db.engine)
    Migrate(app, db.db, directory=str(configuration.ROOT / "portal" / "migrations"), render_as_batch=True)
    vault.init(app, config)
    audit.init(app)
    logs.init(app)
    languages.init(app)
    access.csrf.init_app(app)
    edge.init(app)
    pages.init(app)
    compression.init(app)
    health.init(app)
    cli.init(app)
    registry.install(app, features.all_features(), languages.PREFIX)
    access.public(app.view_functions["static"])
    access.check_declared(app)
    return app


def serve() -> Flask:
    """For the web server: refuses to start when schema and code differ, and trusts our own proxies only."""
    app = create_app()
    with app.app_context():
        health.refuse_other_schema()
    if hops := app.extensions["config"].proxy_hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    return app


def settle(app: Flask, config: configuration.Config) -> None:
    app.config.update(
        SECRET_KEY=config.secret_key,
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(config.database_url),
        SESSION_COOKIE_NAME="__Host-session" if config.secure else "session",
        SESSION_COOKIE_SECURE=config.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_CHECK_DEFAULT=False,  # the gate checks, after the permission
        WTF_CSRF_TIME_LIMIT=None,  # bound to the session, which ends by itself
        WTF_CSRF_SSL_STRICT=False,  # our pages send no referrer; the gate looks at Origin and Sec-Fetch-Site
        MAX_CONTENT_LENGTH=11 * MEGABYTE,
        MAX_FORM_MEMORY_SIZE=4 * MEGABYTE,
        TRUSTED_HOSTS=config.trusted_hosts,
        PREFERRED_URL_SCHEME="https" if config.secure else "http",
    )
    app.extensions["config"] = config
    app.extensions["demo"] = partial(features.has_demo_data, config)
    app.extensions["smtp"] = mail_for(app, config.smtp_url, config.sender) if config.smtp_url else None
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def engine_options(url: str) -> dict[str, object]:
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 15}}
    return {"pool_pre_ping": True, "isolation_level": "READ COMMITTED"}
