"""What every page shares: its frame, headers, error pages, formats, and paging by key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from babel import dates, numbers
from flask import Flask, Response, current_app, g, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user
from sqlalchemy import Select
from werkzeug.exceptions import HTTPException, SecurityError

from portal.core import access, audit, clock, edge, languages
from portal.core.db import db
from portal.core.errors import N_, Denied, NotFound, RuleBroken
from portal.core.forms import Form
from portal.core.registry import registry

WEATHER = "https://www.ilmatieteenlaitos.fi/"
PAGE_LENGTH = 50
CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
ROLE_LABELS = {
    access.Role.OWNER: N_("owner"),
    access.Role.RECRUITER: N_("recruiter"),
    access.Role.LIAISON: N_("liaison"),
    access.Role.OFFICER: N_("case officer"),
    access.Role.COACH: N_("partner coach"),
    access.Role.MANAGER: N_("project manager"),
    access.Role.ADMINISTRATOR: N_("administrator"),
}


def render(template: str, **context: Any) -> str:
    """`render_template` with what the frame must know of the form on the page."""
    form = context.get("form")
    context.setdefault("has_errors", isinstance(form, Form) and form.has_errors)
    context.setdefault("language_post", isinstance(form, Form))
    return render_template(template, **context)


# --- the frame ---------------------------------------------------------------


@dataclass(frozen=True)
class Link:
    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Signed:
    display_name: str
    role_label: str


def frame() -> dict[str, Any]:
    signed_in = current_user.is_authenticated and not current_user.must_pass_second_factor
    who = Signed(current_user.display_name, gettext(ROLE_LABELS[current_user.role])) if signed_in else None
    demo = current_app.extensions["demo"]()
    config = current_app.extensions["config"]
    return {
        "lang": languages.current(),
        "language_links": languages.links(),
        "navigation": navigation(signed_in),
        "account": who,
        "page_kind": "work" if signed_in else "public",
        "sign_out_url": url_for("accounts.sign_out"),
        "account_url": url_for("accounts.own"),
        "home_url": url_for("home.start") if signed_in else url_for("home.front"),
        "exit_url": WEATHER,
        "demo": demo,
        "demo_mail_url": url_for("home.demo_mail") if demo else None,
        "links": {
            "accessibility": url_for("home.accessibility"),
            "privacy": url_for("home.privacy"),
            "about": url_for("home.about"),
            "help": url_for("home.help"),
            "exploitation": url_for("home.exploitation"),
        },
        "contact": {"email": config.reply_to, "phone": config.phone},
    }


def navigation(signed_in: bool) -> list[Link]:
    items = sorted((item for feature in registry for item in feature.navigation), key=lambda item: item.order)
    if signed_in:
        shown = [item for item in items if item.permission and access.allows(current_user, item.permission)]
    else:
        shown = [item for item in items if item.permission is None]
    here = {request.endpoint, request.blueprint}
    return [
        Link(gettext(item.label), url_for(item.endpoint), bool({item.endpoint, *item.also} & set(here)))
        for item in shown
    ]


@cache
def content_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "0"


def static(name: str) -> str:
    return url_for("static", filename=name, v=content_hash(Path(current_app.static_folder or "") / name))


# --- formats -----------------------------------------------------------------


def show_date(value: date | datetime | None) -> str:
    """3 December 2026, 3.12.2026, 3 december 2026: always the Finnish day."""
    if value is None:
        return ""
    day = clock.local_date(value) if isinstance(value, datetime) else value
    pattern = {"en": "d MMMM yyyy", "sv": "d MMMM yyyy"}.get(languages.current(), "d.M.yyyy")
    return dates.format_date(day, pattern, locale=languages.current())


def show_time(value: datetime) -> str:
    return clock.local(value).strftime("%-H.%M")


def show_datetime(value: datetime | None) -> str:
    if value is None:
        return ""
    between = {"en": " at ", "sv": " kl. "}.get(languages.current(), " klo ")
    return show_date(value) + between + show_time(value)


def show_money(cents: int | None) -> str:
    if cents is None:
        return ""
    return f"{numbers.format_decimal(cents / 100, '#,##0.00', locale=languages.current())} €"


def show_number(value: float) -> str:
    return str(numbers.format_decimal(value, locale=languages.current()))


def show_since(value: datetime) -> str:
    """How long ago: Today, Yesterday, 6 days ago."""
    days = (clock.today() - clock.local_date(value)).days
    if days <= 0:
        return gettext("Today")
    return gettext("Yesterday") if days == 1 else gettext("%(days)d days ago", days=days)


# --- paging ------------------------------------------------------------------


@dataclass(frozen=True)
class Page:
    """One page of a list by key: no numbers and no totals."""

    items: Sequence[Any]
    previous_href: str | None
    next_href: str | None


def page_of(query: Select[Any], key: Any, length: int = PAGE_LENGTH, descending: bool = False) -> Page:
    """Page a select by its unique `key` column; `?after=` in the address holds the last key of the page before."""
    after = request.args.get("after", "")[:300]
    if after:
        value: Any = after
        if key.type.python_type is UUID or key.type.python_type is int:
            value = key_value(key.type.python_type, after)
        query = query.where(key < value if descending else key > value)
    rows = list(db.session.scalars(query.order_by(key.desc() if descending else key).limit(length + 1)))
    more = len(rows) > length
    rows = rows[:length]
    following = address(after=str(getattr(rows[-1], key.key))) if more else None
    return Page(rows, address(after=None) if after else None, following)


def key_value(kind: type[UUID] | type[int], text: str) -> UUID | int:
    try:
        value = kind(text)
    except ValueError:
        raise NotFound from None
    if isinstance(value, int) and abs(value) >= 2**63:
        raise NotFound
    return value


def address(**changes: str | None) -> str:
    """This page's address with some of its query changed; None takes a part away."""
    query = [(name, value) for name, value in request.args.items(multi=True) if name not in changes]
    query += [(name, value) for name, value in changes.items() if value is not None]
    return languages.with_query(url_for(request.endpoint or "home.front", **(request.view_args or {})), query)


# --- headers -----------------------------------------------------------------


def set_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CSP)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"  # nothing leaves; "no-referrer" would blank Origin on our own posts
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["X-Permitted-Cross-Domain-Policies"] = "none"
    headers["X-Robots-Tag"] = "noindex" if is_signed_in() else "noarchive"
    if current_app.extensions["config"].secure:
        headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    headers["Cache-Control"] = caching(response)
    headers["X-Request-Id"] = g.get("request_id", "-")
    headers.pop("Server", None)
    return response


def caching(response: Response) -> str:
    """Only what carries the hash of its content in its address may stay with a browser."""
    if request.endpoint != "static" or response.status_code >= 400:
        return "no-store"
    return "public, max-age=31536000, immutable" if "v" in request.args else "no-cache"


def is_signed_in() -> bool:
    """As far as this request found out; asks no database, which may be what has broken."""
    return bool(getattr(g.get("_login_user"), "is_authenticated", False))


# --- errors ------------------------------------------------------------------

ERROR_PAGES = {400, 403, 404, 409, 413, 429, 503}


def show_error(code: int, **context: Any) -> tuple[str, int]:
    edge.refuse()
    known = code if code in ERROR_PAGES else 400
    return render_template(f"errors/{known}.html", **context), code


def on_http_error(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, SecurityError):
        return Response("This address is not ours.\n", 400, mimetype="text/plain")  # no page: it could lead nowhere
    if error.code in (404, 405):
        return show_error(404)
    return show_error(error.code)


def on_denied(_error: Denied) -> tuple[str, int]:
    endpoint, account = request.endpoint or "", access.account_id()
    edge.afterwards(lambda: audit.record("access.denied", "endpoint", endpoint, by=account))
    return show_error(403)


def on_rule_broken(refusal: RuleBroken) -> tuple[str, int]:
    """A rule that no form caught still speaks in words."""
    return show_error(409, sentence=gettext(refusal.message, **refusal.params))


def on_crash(error: Exception) -> Response:
    """A static page that needs nothing of what may have broken."""
    with suppress(Exception):  # the database may be what has broken
        db.session.rollback()
    current_app.logger.exception("crash", extra={"event": "crash", "request_id": g.get("request_id")})
    response = Response((Path(current_app.static_folder or "") / "500.html").read_text(), status=500)
    return set_headers(response)


@access.public
def to_front() -> Any:
    """`/` has no language yet: the browser's, else Finnish."""
    return redirect(f"/{languages.preferred()}/")


def init(app: Flask) -> None:
    app.add_url_rule("/", "root", to_front)
    app.context_processor(frame)
    filters: dict[str, Callable[..., str]] = {
        "date": show_date, "datetime": show_datetime, "time": show_time, "money": show_money, "number": show_number,
        "since": show_since, "tr": gettext,
    }  # fmt: skip
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals["static"] = static
    app.jinja_env.globals["exit_url"] = WEATHER  # macros see globals, not the frame
    app.before_request(languages.switch)
    app.after_request(set_headers)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(NotFound, lambda _error: show_error(404))
    app.register_error_handler(Denied, on_denied)
    app.register_error_handler(RuleBroken, on_rule_broken)
    app.register_error_handler(500, on_crash)
