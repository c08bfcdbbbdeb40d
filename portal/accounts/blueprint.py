"""The blueprint that all pages of accounts belong to; it brings the login manager to the app."""

from __future__ import annotations

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from portal.accounts import sessions

bp = Blueprint("accounts", __name__)


@bp.record_once
def _bring_login_manager(state: BlueprintSetupState) -> None:
    sessions.manager.init_app(state.app)
