"""An attendee's own page, behind the secret link of their mail. Opening it changes nothing; buttons act."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from emails import calendar
from portal.core import clock, files, languages, pages
from portal.core.access import public
from portal.core.errors import N_, NotFound, RuleBroken
from portal.events import (
    answers,
    arrivals,
    certificates,
    colleagues,
    facts,
    feedback,
    letters,
    materials,
    newsletter,
    question_fields,
    questions,
    sealed,
    sign_ups,
    words,
)
from portal.events.blueprint import bp
from portal.events.forms import ButtonForm, ChangeForm, PersonForm, questioning
from portal.events.models import LIVE, Event, SignUp, SignUpStatus

VERBS: dict[str, tuple[Callable[[SignUp], object], str]] = {
    "confirm": (sign_ups.confirm, N_("Thank you, your address is confirmed.")),
    "accept": (sign_ups.accept, N_("The seat is yours.")),
    "decline": (sign_ups.cancel, N_("You declined the seat. It goes to the next person.")),
    "cancel": (sign_ups.cancel, N_("Your sign-up is cancelled.")),
}
KEPT = ("name", "organisation", "business_id", "attendee_role", "language", "version")


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
        "answers": told(sign_up, event),
        "lacks_answers": state == SignUpStatus.UNCONFIRMED and questions.missing(event.id, sign_up.id),
        "asked_by": colleagues.asked_by(sign_up.id),
        "subscription": newsletter.find_live(sign_up.email) if sign_up.confirmed_at else None,
        "newsletter_page": newsletter.page_of,
        "ticket": arrivals.ticket(event, sign_up) if comes else None,
        "certificate": certificates.provided().address(sign_up, languages.current()) if sign_up.attended else "",
        "may_answer": feedback.is_open_to(event, sign_up, now),
        "words": words,
    }


def told(sign_up: SignUp, event: Event) -> list[tuple[str, str]]:
    """What the person answered, by question."""
    given = answers.of(sign_up.id)
    rows = questions.of_event(event.id) if given else []
    language = languages.current()
    return [
        (words.marked(row.spoken(language)), answers.in_words(row, given[row.id], language))
        for row in rows
        if row.id in given
    ]


@bp.route("/sign-ups/<token>/change", methods=["GET", "POST"])
@public
def change(token: str) -> ResponseReturnValue:
    """What the person told us, to be told anew. One who has yet to confirm does both with one button."""
    sign_up, event = sign_ups.by_token(token)
    if sign_up.state_at(clock.now()) not in LIVE or event.ends_at <= clock.now():
        return redirect(url_for("events.own", token=token))
    form = change_form(sign_up, event)
    if form.validate_on_submit():
        try:
            sign_ups.change(sign_up, form.details(), version=form.row.version)
            if form.pressed == "confirm":
                sign_ups.confirm(sign_up)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("events.own", token=token))
    confirms = sign_up.state_at(clock.now()) == SignUpStatus.UNCONFIRMED
    return pages.render("events/change.html", form=form, token=token, event=event, confirms=confirms, words=words)


def change_form(sign_up: SignUp, event: Event) -> PersonForm:
    asked, given = questions.asked(event.id), answers.of(sign_up.id)
    values = {name: getattr(sign_up, name) for name in KEPT} | {
        "needs": sealed.needs(sign_up), "diet": sealed.diet(sign_up),
        **{question_fields.name_of(row): given.get(row.id) for row in asked},
    }  # fmt: skip
    return questioning(ChangeForm, asked, bool(event.place))(obj=SimpleNamespace(**values))


@bp.route("/newsletter/<token>", methods=["GET", "POST"])
@public
def subscription(token: str) -> ResponseReturnValue:
    """The newsletter of one person: it is confirmed and ended here, by buttons."""
    found = newsletter.by_token(token)
    form = ButtonForm()
    if form.validate_on_submit():
        try:
            (newsletter.end if form.pressed == "end" else newsletter.confirm)(found)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("events.subscription", token=token))
    return pages.render("events/subscription.html", form=form, subscription=found)


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
