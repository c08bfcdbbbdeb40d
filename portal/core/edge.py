"""The edge of a request: one transaction, committed once, before any byte is sent.

An unsafe request begins to write at once and commits when its answer is a success (below 400, and no form was
refused). Otherwise everything is rolled back, and only the *aftermath* (failed-login counters, denials) is written in
a second, short transaction. A GET writes nothing but audit entries, counters and the throttled session touch.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from datetime import timedelta

from flask import Flask, Response, g, redirect, request
from flask_login import current_user
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import access, audit, clock, sweep, vault
from portal.core.db import Instant, Line, Model, begin_to_read, begin_to_write, commit, db
from portal.core.errors import AlreadyDone

KEPT = timedelta(days=7)
LONGEST = 300


class OnceKey(Model):
    """A form already acted on: `location` is where its first posting led, sealed, for it may be a link with a token."""

    __tablename__ = "once_key"

    key: Mapped[str] = mapped_column(unique=True)
    location: Mapped[Line] = mapped_column(default="")
    used_at: Mapped[Instant]


def claim_once(token: str) -> None:
    """Take the form's key inside the request's transaction; raises `AlreadyDone` for the second of a pair."""
    who = str(access.account_id() or "visitor")
    key = hashlib.sha256(f"{who}\n{request.path}\n{token}".encode()).hexdigest()
    known = db.session.scalar(select(OnceKey).where(OnceKey.key == key))
    if known is not None:
        raise AlreadyDone(_opened(known.location, key))
    try:
        with db.session.begin_nested():
            db.session.add(OnceKey(key=key, used_at=clock.now()))
    except IntegrityError:
        location = db.session.scalar(select(OnceKey.location).where(OnceKey.key == key))
        raise AlreadyDone(_opened(location or "", key)) from None
    g.once_key = key


def _opened(location: str, key: str) -> str:
    """Where it led; '' when it was too long to keep, or its master key is gone: then one comes back to the form."""
    try:
        return vault.open_text(location, f"once {key}") if location else ""
    except vault.Tampered:
        return ""


def forget_old() -> int:
    """No form is sent a second time after so long."""
    return sweep.count(delete(OnceKey).where(OnceKey.used_at < clock.now() - KEPT))


def refuse() -> None:
    """This request changes nothing: its transaction will be rolled back."""
    g.refused = True


def refuse_silently() -> None:
    """The page comes back as it was typed, without a complaint: nothing is saved, and the answer is a plain 200."""
    g.unsaved = True


def afterwards(write: Callable[[], None]) -> None:
    """Write this even though the request is refused, in a short transaction of its own."""
    g.setdefault("aftermath", []).append(write)


def late(write: Callable[[], None]) -> None:
    """A small write that a GET may cause (session touch, counter)."""
    g.setdefault("late", []).append(write)


def open_request() -> None:
    g.request_id = uuid.uuid4().hex[:16]
    if request.method in access.SAFE_METHODS:
        begin_to_read()
    else:
        begin_to_write()
    audit.actor.set(audit.Actor(account_id=None, request_id=g.request_id))


def name_actor() -> None:
    """From here on audit entries carry the signed-in account."""
    audit.actor.set(audit.Actor(account_id=access.account_id(), request_id=g.request_id))


def close_request(response: Response) -> Response:
    refused = g.get("refused", False) or g.get("unsaved", False) or response.status_code >= 400
    if g.get("refused", False) and response.status_code == 200:
        response.status_code = 422
    if request.method in access.SAFE_METHODS:
        write_late([*g.get("late", []), *(g.get("aftermath", []) if refused else [])])
    elif refused:
        write_late(g.get("aftermath", []), keep_entries=False)
    else:
        remember_location(response)
        commit()
    return response


def remember_location(response: Response) -> None:
    if key := g.get("once_key"):
        where = vault.seal_text(response.headers.get("Location", request.path), f"once {key}")
        kept = where if len(where) <= LONGEST else ""
        db.session.execute(update(OnceKey).where(OnceKey.key == key).values(location=kept))


def write_late(writes: list[Callable[[], None]], keep_entries: bool = True) -> None:
    """End the transaction and write what little there is in a short one. What was seen stays witnessed anyway."""
    entries = audit.take() if keep_entries else []
    db.session.rollback()
    if not writes and not entries and not audit.collected():
        return
    begin_to_write()
    audit.put_back(entries)
    for write in writes:
        write()
    commit()


def answer_already_done(done: AlreadyDone) -> Response:
    """A repeat of a form: no second effect, the same place."""
    refuse()
    return redirect(done.location or request.path, code=303)  # type: ignore[return-value]  # werkzeug's base class


def init(app: Flask) -> None:
    app.before_request(open_request)
    app.before_request(_load_account)
    app.before_request(access.gate)
    app.after_request(close_request)
    app.register_error_handler(AlreadyDone, answer_already_done)


def _load_account() -> None:
    if request.endpoint != "static" and current_user.is_authenticated:
        name_actor()
