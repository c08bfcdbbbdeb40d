"""The list of those whom a company invites to its own training."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from portal.accounts import services as accounts
from portal.core import pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken
from portal.events import words as event_words
from portal.events.forms import ButtonForm
from portal.trainings.requests import invitations, services, words
from portal.trainings.requests.blueprint import bp
from portal.trainings.requests.forms import InviteForm
from portal.trainings.requests.routes.company import may_invite


@bp.route("/trainings/requests/<uuid:request_id>/invited", methods=["GET", "POST"])
@requires(Permission.COMPANY_OWN)
def invite(request_id: UUID) -> ResponseReturnValue:
    """The list, and those to add to it."""
    request = services.get_own(request_id, current_user)
    event, listed = services.event_of(request), invitations.of_request(request_id)
    form = InviteForm(invitations.members_to_invite(accounts.members_of(request.company_id), listed))
    if form.validate_on_submit():
        try:
            count = invitations.invite(request, event, form.wanted(), by=current_user.id)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(ngettext("One person is invited.", "%(num)d people are invited.", count), "good" if count else "info")
            return redirect(url_for("requests.invite", request_id=request.id))
    return pages.render(
        "requests/invite.html",
        form=form,
        request=request,
        event=event,
        listed=listed,
        states=invitations.states(event) if event is not None else {},
        may_invite=may_invite(event),
        words=words,
        event_words=event_words,
    )


@bp.route("/trainings/requests/<uuid:request_id>/invited/<uuid:invitation_id>", methods=["GET", "POST"])
@requires(Permission.COMPANY_OWN)
def take_off(request_id: UUID, invitation_id: UUID) -> ResponseReturnValue:
    request = services.get_own(request_id, current_user)
    invitation, event = invitations.get(request, invitation_id), services.event_of(request)
    form = ButtonForm()
    if form.validate_on_submit():
        try:
            invitations.take_off(request, event, invitation)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Taken off the list."), "good")
            return redirect(url_for("requests.invite", request_id=request.id))
    return pages.render("requests/take_off.html", form=form, request=request, invitation=invitation, words=words)
