"""The feedback form behind a person's own link, and what it gave, for those who keep the event."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from portal.core import audit, clock, pages
from portal.core.access import Permission, public, requires
from portal.core.errors import RuleBroken
from portal.events import feedback, services, sign_ups, words
from portal.events.blueprint import bp
from portal.events.feedback_forms import feedback_form


@bp.route("/sign-ups/<token>/feedback", methods=["GET", "POST"])
@public
def give_feedback(token: str) -> ResponseReturnValue:
    sign_up, event = sign_ups.by_token(token)
    questions = feedback.questions_of(event)
    form = feedback_form(questions)
    if form.validate_on_submit():
        try:
            feedback.answer(event, sign_up, {each.code: form[each.code].data or "" for each in questions})
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:  # to a page that is everybody's: what is kept of a sent form must not tell who sent it when
            return redirect(url_for("events.thanks"))
    return pages.render(
        "events/give_feedback.html", form=form, event=event, token=token, words=words, questions=questions,
        answered=sign_up.answered, is_open=feedback.is_open_to(event, sign_up, clock.now()),
        has_ended=event.ends_at <= clock.now(),
    )  # fmt: skip


@bp.route("/events/thanks")
@public
def thanks() -> ResponseReturnValue:
    return pages.render("events/thanks.html")


@bp.route("/events/<uuid:event_id>/feedback")
@requires(Permission.EVENT_MANAGE)
def feedback_summary(event_id: UUID) -> ResponseReturnValue:
    event = services.get(event_id)
    answered, attended = feedback.asked_and_answered(event.id)
    audit.record("event.feedback_read", "event", event.id, facts={"count": answered}, sudden=True)
    return pages.render(
        "events/feedback_summary.html", event=event, words=words, parts=feedback.summary(event), answered=answered,
        attended=attended, fewest=feedback.FEWEST,
    )  # fmt: skip
