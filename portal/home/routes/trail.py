"""The audit trail for administrators: who did what, the newest first, and whether the chain is whole."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from portal.accounts import services as accounts
from portal.accounts.models import Account
from portal.core import audit as trail
from portal.core import pages
from portal.core.access import SECOND_FACTOR_ROLES, Permission, requires
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.forms import Form
from portal.home import trail_checks, trail_words, words
from portal.home.blueprint import bp


@bp.get("/audit")
@requires(Permission.AUDIT_READ)
def audit() -> ResponseReturnValue:
    verb, account_id = request.args.get("verb", "")[:60], as_id(request.args.get("account", ""))
    page = page_of(as_number(request.args.get("before", "")), verb or None, account_id)
    names = accounts.names({entry.account_id for entry in page.items} | {account_id})
    return pages.render(
        "home/audit.html",
        form=Form(),
        page=page,
        names=names,
        words=words,
        said=trail_words,
        verbs=sorted(((code, _(label)) for code, label in words.VERBS.items()), key=lambda pair: pair[1]),
        people=people(account_id, names),
        chosen={"verb": verb, "account": account_id or ""},
        state=trail_checks.latest(),
    )


def page_of(before: int | None, verb: str | None, account_id: UUID | None) -> pages.Page:
    found = trail.recent(before, pages.PAGE_LENGTH + 1, verb=verb, account_id=account_id)
    shown, more = found[: pages.PAGE_LENGTH], len(found) > pages.PAGE_LENGTH
    following = pages.address(before=str(shown[-1].seq)) if more else None
    return pages.Page(shown, pages.address(before=None) if before is not None else None, following)


def people(account_id: UUID | None, names: dict[UUID, str]) -> list[tuple[str, str]]:
    """Those who work with files and companies; a member is chosen by the link of an entry."""
    rows = db.session.execute(
        select(Account.id, Account.display_name).where(Account.role.in_(SECOND_FACTOR_ROLES)).order_by(Account.sort_key)
    )
    found = {row.id: row.display_name for row in rows}
    if account_id is not None:
        found.setdefault(account_id, names.get(account_id, words.short(account_id)))
    return [(str(row_id), name) for row_id, name in found.items()]


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None


def as_number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise NotFound
    return int(text)


@bp.post("/audit/check")
@requires(Permission.AUDIT_READ)
def check_trail() -> ResponseReturnValue:
    form = Form()
    if form.validate_on_submit():
        trail_checks.ask(current_user.id)
        flash(_("The check has been asked for. Its result stands here within a minute or two."))
    return redirect(url_for(".audit"))
