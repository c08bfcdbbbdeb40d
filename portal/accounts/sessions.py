"""Sessions in the database. The cookie holds a token, the row its hash; the token is new after each step up.

A session ends at sign-out, at a change of password or role, at deactivation, when idle, and at the latest after a day's
work; whatever ends it is seen by the very next request.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from flask import g, has_request_context, request, session
from flask_login import LoginManager, current_user, login_user
from sqlalchemy import ColumnElement, Update, delete, select, update

from portal.accounts.devices import device_name
from portal.accounts.models import Account, Session
from portal.core import access, audit, clock, edge, retention, settings
from portal.core.access import SECOND_FACTOR_ROLES
from portal.core.db import db
from portal.core.errors import N_, NotFound

IDLE = settings.declare("session.idle_minutes", 30, N_("A session ends when nothing happens for, minutes"), 5, 240)
LONGEST = settings.declare("session.longest_hours", 12, N_("A session ends at the latest after, hours"), 1, 24)
TOUCH = timedelta(minutes=1)
KEPT = timedelta(days=7)  # an ended session still tells whose half-written post it was

manager = LoginManager()
manager.session_protection = None  # tokens and their ends do that work


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def needs_second_factor(account: Account) -> bool:
    return account.role in SECOND_FACTOR_ROLES or account.second_factor_since is not None


def open_session(account: Account, second_factor: bool) -> str:
    """A new session for this account; returns the token for the cookie."""
    token, now = secrets.token_urlsafe(32), clock.now()
    row = Session(
        account_id=account.id,
        token_hash=_hash(token),
        started_at=now,
        seen_at=now,
        second_factor_at=now if second_factor else None,
        device=device_name(request.user_agent.string) if has_request_context() else "",
    )
    db.session.add(row)
    _bind(account, row, token)
    return token


def _bind(account: Account, row: Session, token: str) -> None:
    account.session_id, account.session_token = row.id, token
    account.must_pass_second_factor = needs_second_factor(account) and row.second_factor_at is None


def me() -> Account:
    """The signed-in account itself. Flask-Login's `current_user` only stands for it, and must never be signed in."""
    account: Account = current_user._get_current_object()
    return account


def sign_in(account: Account, second_factor: bool = False) -> None:
    """Open a session and give this browser its cookie. Nothing of the visitor's cookie lives on (fixation)."""
    if token := session.get("_user_id"):
        db.session.execute(_ending(Session.token_hash == _hash(token)))
    forget_cookie()
    open_session(account, second_factor)
    login_user(account)
    edge.name_actor()
    audit.record("session.opened", "account", account.id)


def pass_second_factor(account: Account) -> None:
    """The second factor was right: the same session goes on under a new token."""
    row, token = db.session.get_one(Session, account.session_id), secrets.token_urlsafe(32)
    row.token_hash, row.second_factor_at = _hash(token), clock.now()
    _bind(account, row, token)
    login_user(account)
    audit.record("session.second_factor", "account", account.id)


@manager.user_loader
def load(token: str) -> Account | None:
    """The account behind a cookie, or None when its session has ended for whatever reason."""
    found = db.session.execute(
        select(Session, Account)
        .join(Account, Account.id == Session.account_id)
        .where(Session.token_hash == _hash(token))
    ).one_or_none()
    if found is None or not is_alive(*found):
        return None
    row, account = found
    _bind(account, row, token)
    _touch(row)
    return account


def is_alive(row: Session, account: Account) -> bool:
    now = clock.now()
    return (
        row.ended_at is None
        and account.is_active
        and now < row.seen_at + timedelta(minutes=settings.number(IDLE))
        and now < row.started_at + timedelta(hours=settings.number(LONGEST))
    )


def _touch(row: Session) -> None:
    """Note at most once a minute that the session is in use."""
    now = clock.now()
    if now - row.seen_at < TOUCH:
        return
    change = update(Session).where(Session.id == row.id, Session.seen_at < now).values(seen_at=now)

    def write() -> None:
        db.session.execute(change)

    if request.method in access.SAFE_METHODS:
        edge.late(write)
    else:
        db.session.execute(change)
        edge.afterwards(write)


def owner_of_ended() -> UUID | None:
    """Whose session this browser's cookie names, though it has ended."""
    token = session.get("_user_id")
    if not token:
        return None
    return db.session.scalar(select(Session.account_id).where(Session.token_hash == _hash(token)))


def of_account(account: Account) -> list[Session]:
    """Where this account is signed in, the latest first."""
    rows = db.session.scalars(
        select(Session)
        .where(Session.account_id == account.id, Session.ended_at.is_(None))
        .order_by(Session.seen_at.desc(), Session.id)
    )
    return [row for row in rows if is_alive(row, account)]


def end(account: Account, session_id: UUID) -> None:
    """End one session of this account; raises `NotFound` for any other."""
    ended = db.session.execute(_ending(Session.id == session_id, Session.account_id == account.id))
    if not ended.rowcount:  # type: ignore[attr-defined]  # a cursor result
        raise NotFound
    audit.record("session.ended", "account", account.id)


def end_all(account: Account) -> None:
    """Sign the account out everywhere."""
    db.session.execute(_ending(Session.account_id == account.id))
    audit.record("session.all_ended", "account", account.id)


def end_others(account: Account) -> None:
    """Sign the account out everywhere but here."""
    here = Session.id != account.session_id
    db.session.execute(_ending(Session.account_id == account.id, here))
    audit.record("session.others_ended", "account", account.id)


def sign_out(account: Account) -> None:
    if account.session_id is not None:
        end(account, account.session_id)
    forget_cookie()


def forget_cookie() -> None:
    """Nothing of this browser's cookie lives on."""
    session.clear()
    g.pop("csrf_token", None)


def _ending(*which: ColumnElement[bool]) -> Update:
    return update(Session).where(*which, Session.ended_at.is_(None)).values(ended_at=clock.now())


def forget_old() -> int:
    return retention.count(delete(Session).where(Session.started_at < clock.now() - KEPT))
