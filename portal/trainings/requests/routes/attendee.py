"""What an invited person sees, behind the secret link of their mail. Opening it changes nothing; the button acts."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.companies import services as companies
from portal.core import languages, pages
from portal.core.access import public
from portal.core.errors import N_, RuleBroken
from portal.events import facts, letters, seats, sign_ups
from portal.events import words as event_words
from portal.events.models import SignUpStatus
from portal.trainings.requests import invitations
from portal.trainings.requests.blueprint import bp
from portal.trainings.requests.forms import InvitedForm

DONE = {
    SignUpStatus.CONFIRMED: N_("Thank you, you are signed up. Everything stands on this page and in our mail."),
    SignUpStatus.WAITING: N_("All seats are taken. You are on the waiting list and hear from us when one is free."),
}


@bp.route("/trainings/invitations/<token>", methods=["GET", "POST"])
@public
def invited(token: str) -> ResponseReturnValue:
    """An unknown link, one that was taken off the list, and anything else look the same."""
    invitation, training, event = invitations.by_token(token)
    company = companies.by_id(training.company_id)
    form = InvitedForm(invitation)
    if form.validate_on_submit():
        try:
            wanted = form.details(invitation, company.name, company.business_id)
            made = invitations.sign_up(invitation, event, wanted, network=request.remote_addr or "")
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_(DONE.get(SignUpStatus(made.status), DONE[SignUpStatus.CONFIRMED])), "good")
            return redirect(url_for("events.own", token=letters.token_of(made.id)))
    live = sign_ups.find_live(event.id, invitation.email)
    room = event_words.room(event, seats.left([event])[event.id])
    return pages.render(
        "requests/invited.html",
        form=form,
        event=event,
        company=company,
        email=invitation.email,
        own_page=url_for("events.own", token=letters.token_of(live.id)) if live is not None else "",
        room=room,
        shows_form=live is None and (room.open or form.has_errors),
        words=event_words,
        summary=event.spoken("summary", languages.current()),
        programme=event.spoken("programme", languages.current()),
        facts=facts.public(event),
    )
