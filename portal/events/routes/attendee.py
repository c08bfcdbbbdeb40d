"""An attendee's own page, behind the secret link of their mail. Opening it changes nothing; buttons act."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emails import calendar
from portal.core import clock, files, languages, pages
from portal.core.access import public
from portal.core.errors import N_, NotFound, RuleBroken
from portal.events import facts, letters, materials, sealed, sign_ups, words
from portal.events.blueprint import bp
from portal.events.forms import ButtonForm
from portal.events.models import Event, SignUp, SignUpStatus

VERBS: dict[str, tuple[Callable[[SignUp], object], str]] = {
    "confirm": (sign_ups.confirm, N_("Thank you, your address is confirmed.")),
    "accept": (sign_ups.accept, N_("The seat is yours.")),
    "decline": (sign_ups.cancel, N_("You declined the seat. It goes to the next person.")),
    "cancel": (sign_ups.cancel, N_("Your sign-up is cancelled.")),
}


@bp.route("/sign-ups/<token>", methods=["GET", "POST"])
@public
def own(token: str) -> ResponseReturnValue:
    sign_up, event = sign_ups.by_token(token)
    form = ButtonForm()
    if form.validate_on_submit():
        verb, done = VERBS.get(form.pressed, (nothing, ""))
        try:
            verb(sign_up)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_(done), "good")
            return redirect(url_for("events.own", token=token))
    return pages.render("events/own.html", form=form, token=token, **state_of(sign_up, event))


def nothing(_sign_up: SignUp) -> None:
    raise RuleBroken(N_("Press one of the buttons on the page."))


def state_of(sign_up: SignUp, event: Event) -> dict[str, object]:
    """What the page shows; by the clock, so that it is right before any row has been moved."""
    now = clock.now()
    state = sign_up.state_at(now)
    comes = state == SignUpStatus.CONFIRMED and event.ends_at > now
    return {
        "sign_up": sign_up,
        "event": event,
        "state": state.value,
        "tag": words.SIGN_UP[state],
        "is_over": event.ends_at <= now,
        "asked": facts.contact(event),
        "join_link": sealed.link(event) if comes else "",
        "materials": materials.shown(materials.for_attendee(event, sign_up)),
        "words": words,
    }


@bp.route("/sign-ups/<token>/event.ics")
@public
def calendar_file(token: str) -> ResponseReturnValue:
    """For confirmed people; no personal link stands inside."""
    sign_up, event = sign_ups.by_token(token)
    if sign_up.status != SignUpStatus.CONFIRMED:
        raise NotFound
    text = calendar.calendar_text(letters.calendar_entry(event, languages.current()), calendar.PUBLISH)
    response = Response(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = files.disposition("event.ics")
    return response
