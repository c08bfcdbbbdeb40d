"""The questions of an event, for those who keep it; and colleagues, whom a member signs up."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from portal.core import clock, languages, pages
from portal.core.access import Permission, requires
from portal.core.errors import N_, RuleBroken
from portal.events import colleagues as signed_up
from portal.events import questions as asking
from portal.events import seats, services, words
from portal.events.blueprint import bp
from portal.events.forms import ButtonForm
from portal.events.models import Event
from portal.events.question_fields import kept
from portal.events.question_forms import KINDS, ColleaguesForm, QuestionForm
from portal.events.sign_up_models import Question, in_words


@bp.route("/events/<uuid:event_id>/questions", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def questions(event_id: UUID) -> ResponseReturnValue:
    """What the sign-up asks besides the usual; buttons move, remove and bring back."""
    event, form = services.get(event_id), ButtonForm()
    if form.validate_on_submit():
        try:
            act(event, form.pressed)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for("events.questions", event_id=event.id))
    rows = asking.of_event(event.id)
    return pages.render(
        "events/questions.html",
        form=form,
        event=event,
        asked=[row for row in rows if row.retired_at is None],
        retired=[row for row in rows if row.retired_at is not None],
        kinds=KINDS,
        options=options,
        kept=kept,
        words=words,
        spoken=spoken,
        is_over=event.ends_at <= clock.now(),
    )


def spoken(question: Question) -> str:
    return words.marked(question.spoken(languages.current()))


def options(question: Question) -> str:
    """The choices in one line."""
    return ", ".join(in_words(each, languages.current()).text for each in question.offered())


def act(event: Event, pressed: str) -> None:
    """One button of the list: what it does and to which question."""
    verb, _, number = pressed.partition(":")
    verbs = {
        "up": lambda question: asking.move(question, up=True),
        "down": lambda question: asking.move(question, up=False),
        "remove": asking.remove,
        "restore": asking.restore,
    }
    question = next((row for row in asking.of_event(event.id) if str(row.id) == number), None)
    if verb not in verbs or question is None:
        raise RuleBroken(N_("Press one of the buttons on the page."))
    verbs[verb](question)


@bp.route("/events/<uuid:event_id>/questions/new", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def add_question(event_id: UUID) -> ResponseReturnValue:
    event, form = services.get(event_id), QuestionForm()
    if form.validate_on_submit():
        try:
            asking.add(event.id, form.wording())
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The question is added. It is asked from now on."), "good")
            return redirect(url_for("events.questions", event_id=event.id))
    return pages.render("events/add_question.html", form=form, event=event, words=words)


@bp.route("/events/questions/<uuid:asked_id>", methods=["GET", "POST"])
@requires(Permission.EVENT_MANAGE)
def change_question(asked_id: UUID) -> ResponseReturnValue:
    question = asking.get(asked_id)
    event, form = services.get(question.event_id), QuestionForm(obj=question)
    if form.validate_on_submit():
        try:
            asking.change(question, form.wording())
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The question is saved."), "good")
            return redirect(url_for("events.questions", event_id=event.id))
    return pages.render("events/change_question.html", form=form, event=event, words=words)


@bp.route("/events/<uuid:event_id>/colleagues", methods=["GET", "POST"])
@requires(Permission.COMPANY_OWN)
def colleagues(event_id: UUID) -> ResponseReturnValue:
    """A member names colleagues; each confirms for themselves. The member sees those they named, and no other."""
    event, form = services.get_visible(event_id, current_user), ColleaguesForm()
    if form.validate_on_submit():
        try:
            signed_up.sign_up(event.id, form.named(), by=current_user, network=request.remote_addr or "")
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            told = len(form.colleagues.entries)
            flash(ngettext("We have written to one colleague.", "We have written to %(num)d colleagues.", told), "good")
            return redirect(url_for("events.colleagues", event_id=event.id))
    return pages.render(
        "events/colleagues.html",
        form=form,
        event=event,
        room=words.room(event, seats.left([event])[event.id]),
        people=signed_up.of_member(event.id, current_user.id),
        words=words,
    )
