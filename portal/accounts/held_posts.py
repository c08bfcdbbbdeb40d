"""What someone was writing when their session ended: sealed into the sign-in page, given back to the same account.

It is bound to the account, the path and thirty minutes. Files are never held. Nothing is stored on our side.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import request
from flask_wtf.csrf import validate_csrf
from wtforms.validators import ValidationError

from portal.accounts.models import Account
from portal.core import clock, vault

HELD_FOR = timedelta(minutes=30)
MOST_CHARACTERS = 1_000_000
NOT_HELD = frozenset({"csrf_token", "switch_language"})


@dataclass(frozen=True)
class HeldPost:
    """Where it was sent, and its fields in order."""

    path: str
    fields: tuple[tuple[str, str], ...]
    had_files: bool


def _context(account_id: UUID) -> str:
    return f"held post {account_id}"


def hold(account_id: UUID) -> str | None:
    """Seal this request's form; None when there is nothing to hold, or it did not come from a page of ours."""
    fields = [[name, value] for name, value in request.form.items(multi=True) if name not in NOT_HELD]
    if not any(name not in ("once", "version") and value for name, value in fields) or not _is_genuine():
        return None
    text = json.dumps(
        {
            "path": request.full_path.rstrip("?"),
            "fields": fields,
            "files": any(upload.filename for upload in request.files.values()),
            "until": (clock.now() + HELD_FOR).isoformat(),
        }
    )
    return vault.seal_text(text, _context(account_id)) if len(text) <= MOST_CHARACTERS else None


def _is_genuine() -> bool:
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def give_back(sealed: str, account: Account) -> HeldPost | None:
    """The post, to the account that wrote it and in time; else None."""
    try:
        held = json.loads(vault.open_text(sealed, _context(account.id)))
    except (vault.Tampered, vault.KeyGone):
        return None
    if clock.now() > datetime.fromisoformat(held["until"]):
        return None
    return HeldPost(held["path"], tuple((name, value) for name, value in held["fields"]), held["files"])
