"""What machines ask for, outside the languages."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask import Response, current_app
from flask.blueprints import BlueprintSetupState

from portal.core import clock
from portal.core.access import public
from portal.home.blueprint import bp

CONTACT_HOLDS = timedelta(days=180)


@public
def robots() -> Response:
    """Pages for visitors may be found; a demonstration may not."""
    rule = "Disallow: /" if current_app.extensions["demo"]() else "Allow: /"
    return Response(f"User-agent: *\n{rule}\n", mimetype="text/plain")


@public
def security() -> Response:
    """Whom to tell of a hole (RFC 9116)."""
    config = current_app.extensions["config"]
    expires = datetime.combine(clock.today() + CONTACT_HOLDS, time(0), clock.FINLAND).isoformat()
    lines = [
        f"Contact: mailto:{config.reply_to}",
        f"Expires: {expires}",
        "Preferred-Languages: fi, sv, en",
        f"Canonical: {config.base_url}/.well-known/security.txt",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@bp.record_once
def _mount(state: BlueprintSetupState) -> None:
    state.app.add_url_rule("/robots.txt", "robots", robots)
    state.app.add_url_rule("/.well-known/security.txt", "security", security)
