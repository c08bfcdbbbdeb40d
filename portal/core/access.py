"""Who may do what: the whole policy on one page, and the gate that refuses whatever is not named here.

An endpoint declares `@requires(Permission.…)` or `@public`; one that declares neither stops the app from starting.
Which *objects* a person may reach is decided by the owner in each query; a stranger's id is not found.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import UUID

from flask import Flask, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect

from portal.core.errors import Denied

if TYPE_CHECKING:
    from collections.abc import Iterable


class Role(StrEnum):
    OWNER = "owner"
    RECRUITER = "recruiter"
    LIAISON = "liaison"
    OFFICER = "officer"
    COACH = "coach"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


COMPANY_ROLES = frozenset({Role.OWNER, Role.RECRUITER})
SECOND_FACTOR_ROLES = frozenset(Role) - COMPANY_ROLES


class Permission(StrEnum):
    ACCOUNT_OWN = "account:own"
    ACCOUNT_MANAGE = "account:manage"
    SETTINGS_MANAGE = "settings:manage"
    AUDIT_READ = "audit:read"
    OUTBOX_READ = "outbox:read"
    STYLEGUIDE_READ = "styleguide:read"
    COMPANY_OWN = "company:own"
    COMPANY_LEAD = "company:lead"
    COMPANY_READ = "company:read"
    COMPANY_VET = "company:vet"
    EVENT_MANAGE = "event:manage"
    EVENT_NEEDS = "event:needs"
    COMPLETION_CLAIM = "completion:claim"
    REQUIREMENT_READ = "requirement:read"
    REQUIREMENT_MANAGE = "requirement:manage"
    VACANCY_WRITE = "vacancy:write"
    VACANCY_READ = "vacancy:read"
    VACANCY_DECIDE = "vacancy:decide"
    CANDIDATE_KEEP = "candidate:keep"
    MATCH_READ = "match:read"
    MATCH_SUGGEST = "match:suggest"
    INTRODUCTION_ANSWER = "introduction:answer"
    INTRODUCTION_DRAFT = "introduction:draft"
    INTRODUCTION_READ = "introduction:read"
    INTRODUCTION_RELEASE = "introduction:release"
    PLACEMENT_FOLLOW = "placement:follow"
    SHEET_TRANSLATE = "sheet:translate"
    PROGRAMME_READ = "programme:read"
    PROGRAMME_MANAGE = "programme:manage"


P = Permission
POLICY: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(
        {P.ACCOUNT_OWN, P.COMPANY_OWN, P.COMPANY_LEAD, P.COMPLETION_CLAIM, P.VACANCY_WRITE, P.INTRODUCTION_ANSWER}
    ),
    Role.RECRUITER: frozenset(
        {P.ACCOUNT_OWN, P.COMPANY_OWN, P.COMPLETION_CLAIM, P.VACANCY_WRITE, P.INTRODUCTION_ANSWER}
    ),
    Role.LIAISON: frozenset(
        {
            P.ACCOUNT_OWN, P.STYLEGUIDE_READ, P.COMPANY_READ, P.COMPANY_VET, P.EVENT_MANAGE, P.EVENT_NEEDS,
            P.VACANCY_READ, P.VACANCY_DECIDE, P.MATCH_READ, P.MATCH_SUGGEST, P.INTRODUCTION_READ,
            P.INTRODUCTION_RELEASE, P.REQUIREMENT_READ,
        }
    ),
    Role.OFFICER: frozenset(
        {
            P.ACCOUNT_OWN, P.STYLEGUIDE_READ, P.COMPANY_READ, P.VACANCY_READ, P.CANDIDATE_KEEP, P.MATCH_READ,
            P.INTRODUCTION_DRAFT, P.INTRODUCTION_READ, P.INTRODUCTION_RELEASE, P.PLACEMENT_FOLLOW, P.SHEET_TRANSLATE,
        }
    ),
    Role.COACH: frozenset({P.ACCOUNT_OWN}),
    Role.MANAGER: frozenset({P.ACCOUNT_OWN, P.STYLEGUIDE_READ, P.PROGRAMME_READ, P.PROGRAMME_MANAGE}),
    Role.ADMINISTRATOR: frozenset(
        {
            P.ACCOUNT_OWN, P.STYLEGUIDE_READ, P.ACCOUNT_MANAGE, P.SETTINGS_MANAGE, P.AUDIT_READ, P.OUTBOX_READ,
            P.PROGRAMME_READ, P.SHEET_TRANSLATE, P.REQUIREMENT_READ, P.REQUIREMENT_MANAGE,
        }
    ),
}  # fmt: skip


class Viewer(Protocol):
    """The signed-in account, as far as features need to know it."""

    id: Any
    role: Any
    company_id: Any


def allows(viewer: Viewer, permission: Permission) -> bool:
    return permission in POLICY[Role(viewer.role)]


View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """No sign-in needed; saying so is a declaration like any other."""
    view.access = "public"  # type: ignore[attr-defined]  # the mark the gate reads
    return view


def half_signed_in(view: View) -> View:
    """For the second-factor pages: a password was right, the second factor is still to come."""
    view.access = "half"  # type: ignore[attr-defined]  # the mark the gate reads
    return view


def requires(permission: Permission) -> Callable[[View], View]:
    def declare(view: View) -> View:
        view.access = permission  # type: ignore[attr-defined]  # the mark the gate reads
        return view

    return declare


def declared(app: Flask, endpoint: str) -> str | Permission | None:
    return getattr(app.view_functions[endpoint], "access", None)


def check_declared(app: Flask) -> None:
    """Stop the start when an endpoint declares nothing."""
    silent = sorted(endpoint for endpoint in app.view_functions if declared(app, endpoint) is None)
    if silent:
        raise RuntimeError(f"These endpoints declare neither a permission nor public: {', '.join(silent)}")


csrf = CSRFProtect()
FIELD_NAME = re.compile(r"[A-Za-z0-9_.:-]{1,100}")
MOST_FIELDS = 2000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

Unauthenticated = Callable[[], ResponseReturnValue]
_hooks: dict[str, Callable[[], Any]] = {}


def on_unauthenticated(handler: Unauthenticated) -> Unauthenticated:
    """The sign-in feature says what an absent or expired session gets (a redirect, or the post kept sealed)."""
    _hooks["unauthenticated"] = handler
    return handler


def on_half_signed_in(handler: Unauthenticated) -> Unauthenticated:
    """…and what a session without its second factor gets."""
    _hooks["half"] = handler
    return handler


def gate() -> ResponseReturnValue | None:
    """Session → permission → request forgery, before any object is looked up."""
    if request.endpoint is None:
        return None
    refuse_control_characters()
    access = declared(current_app, request.endpoint)
    if access not in ("public", "half"):
        if not current_user.is_authenticated:
            return _hooks["unauthenticated"]()
        if getattr(current_user, "must_pass_second_factor", False):
            return _hooks["half"]()
        if access is None or not allows(current_user, Permission(access)):
            raise Denied
    if access == "half" and not current_user.is_authenticated:
        return _hooks["unauthenticated"]()
    if request.method not in SAFE_METHODS:
        refuse_foreign_origin()
        csrf.protect()
        refuse_strange_names()
    return None


def refuse_control_characters() -> None:
    """No address of ours has any; a database that is asked for NUL answers with a fault."""
    if CONTROL.search(request.path) or any(CONTROL.search(name + value) for name, value in request.args.items(True)):
        abort(404)


def refuse_strange_names() -> None:
    """No form of ours has such fields; digits of other scripts, or very many fields, would stop the form library."""
    names = {*request.form, *request.files}
    if len(names) > MOST_FIELDS or not all(FIELD_NAME.fullmatch(name) for name in names):
        abort(400)


def refuse_foreign_origin() -> None:
    """A second wall behind the token: browsers say where an unsafe request comes from."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site not in (None, "same-origin", "none"):
        abort(400)
    scheme = "https" if current_app.extensions["config"].secure else "http"
    if origin is not None and origin != f"{scheme}://{request.host}":
        abort(400)


def account_id() -> UUID | None:
    return current_user.id if current_user and current_user.is_authenticated else None


def roles_with(permission: Permission) -> Iterable[Role]:
    return (role for role, allowed in POLICY.items() if permission in allowed)
