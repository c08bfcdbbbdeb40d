"""The administrator's pages about accounts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import administration, queries, services, sessions
from portal.accounts.blueprint import bp
from portal.accounts.forms import DeactivateForm, InviteForm, ReasonForm, RoleForm
from portal.accounts.models import Account, AccountStatus
from portal.accounts.rules import STAFF_ROLES
from portal.core import pages
from portal.core.access import Permission, Role, requires
from portal.core.errors import N_, RuleBroken
from portal.core.languages import LANGUAGES

STATUS_LABELS = {
    AccountStatus.INVITED: N_("Invited"),
    AccountStatus.ACTIVE: N_("In use"),
    AccountStatus.DEACTIVATED: N_("Deactivated"),
}
STATUS_TAGS = {AccountStatus.INVITED: "wait", AccountStatus.ACTIVE: "good", AccountStatus.DEACTIVATED: ""}


@bp.get("/accounts")
@requires(Permission.ACCOUNT_MANAGE)
def index() -> ResponseReturnValue:
    role, status = request.args.get("role", ""), request.args.get("status", "")
    return pages.render(
        "accounts/index.html",
        page=pages.page_of(queries.of_role_and_status(role, status), Account.sort_key),
        role=role,
        status=status,
        roles=pages.ROLE_LABELS,
        statuses=STATUS_LABELS,
        tags=STATUS_TAGS,
    )


@bp.route("/accounts/invite", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def invite() -> ResponseReturnValue:
    form = InviteForm(data={"language": "fi"})
    if form.validate_on_submit():
        try:
            account = administration.invite(
                form.email.data or "",
                form.display_name.data or "",
                form.role.data or "",
                form.language.data or "",
                by=sessions.me(),
            )
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The invitation is on its way."), "good")
            return redirect(url_for(".show", account_id=account.id))
    return pages.render("accounts/invite.html", form=form)


@bp.get("/accounts/<uuid:account_id>")
@requires(Permission.ACCOUNT_MANAGE)
def show(account_id: UUID) -> ResponseReturnValue:
    account = services.get(account_id)
    return pages.render(
        "accounts/show.html",
        shown=account,
        role=pages.ROLE_LABELS[Role(account.role)],
        status=STATUS_LABELS[AccountStatus(account.status)],
        status_tag=STATUS_TAGS[AccountStatus(account.status)],
        language=LANGUAGES[account.language],
        signed_in_at=sessions.of_account(account),
        blockers=administration.blockers_of(account) if account.is_active else [],
        may_change_role=account.role in STAFF_ROLES and account.status != AccountStatus.DEACTIVATED,
        is_own=account.id == sessions.me().id,
    )


@bp.post("/accounts/<uuid:account_id>/invite-again")
@requires(Permission.ACCOUNT_MANAGE)
def invite_again(account_id: UUID) -> ResponseReturnValue:
    administration.invite_again(services.get(account_id), by=sessions.me())
    flash(_("The invitation is on its way. The link sent before no longer works."), "good")
    return redirect(url_for(".show", account_id=account_id))


@bp.route("/accounts/<uuid:account_id>/role", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def change_role(account_id: UUID) -> ResponseReturnValue:
    account, form = services.get(account_id), RoleForm()
    done = _("The role has been changed. The person signs in again.")
    return act(
        account,
        form,
        "accounts/change_role.html",
        done,
        lambda: administration.change_role(account, form.role.data or "", form.reason.data or "", by=sessions.me()),
    )


@bp.route("/accounts/<uuid:account_id>/second-factor", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def reset_second_factor(account_id: UUID) -> ResponseReturnValue:
    account, form = services.get(account_id), ReasonForm()
    done = _("The second factor has been reset. The person sets up a phone at the next sign-in.")
    return act(
        account,
        form,
        "accounts/reset_second_factor.html",
        done,
        lambda: administration.reset_second_factor(account, form.reason.data or "", by=sessions.me()),
    )


@bp.route("/accounts/<uuid:account_id>/deactivate", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def deactivate(account_id: UUID) -> ResponseReturnValue:
    account, form = services.get(account_id), DeactivateForm()
    return act(
        account,
        form,
        "accounts/deactivate.html",
        _("The account has been deactivated."),
        lambda: administration.deactivate(account, form.reason.data or "", by=sessions.me(), read=bool(form.read.data)),
        blockers=administration.blockers_of(account),
        warnings=administration.warnings_of(account),
    )


@bp.route("/accounts/<uuid:account_id>/reactivate", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_MANAGE)
def reactivate(account_id: UUID) -> ResponseReturnValue:
    account, form = services.get(account_id), ReasonForm()
    return act(
        account,
        form,
        "accounts/reactivate.html",
        _("The account is open again."),
        lambda: administration.reactivate(account, form.reason.data or "", by=sessions.me()),
    )


def act(
    account: Account, form: ReasonForm, template: str, done: str, verb: Callable[[], None], **context: object
) -> ResponseReturnValue:
    """Show the form that asks why, or do it."""
    if form.validate_on_submit():
        try:
            verb()
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(done, "good")
            return redirect(url_for(".show", account_id=account.id))
    return pages.render(template, form=form, shown=account, role=pages.ROLE_LABELS[Role(account.role)], **context)
