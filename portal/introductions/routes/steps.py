"""The officer's steps after the answer: offer, meeting, outcome, and ending an introduction."""

from __future__ import annotations

from datetime import time
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.core import clock, pages
from portal.core.access import Permission, requires
from portal.core.errors import N_, RuleBroken
from portal.core.forms import Form
from portal.introductions import company_side, endings, exposed, meetings, offers, queries, rules, sealing, words
from portal.introductions.blueprint import bp
from portal.introductions.forms import EndForm, MeetingForm, OutcomeForm
from portal.introductions.meetings import Meeting
from portal.introductions.models import Introduction, IntroductionStatus

S = IntroductionStatus


def _page(template: str, introduction: Introduction, form: Form, **more: object) -> str:
    entry = queries.entries([introduction])[0]
    return pages.render(
        f"introductions/{template}.html", form=form, introduction=introduction, entry=entry,
        card=words.card_shown(introduction, entry.vacancy_title), words=words,
        readers=company_side.reader_accounts(introduction.id), case_number=queries.case_number_of(introduction),
        **more,
    )  # fmt: skip


@bp.route("/introductions/<uuid:introduction_id>/offer", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_DRAFT)
def offer(introduction_id: UUID) -> ResponseReturnValue:
    """Everything is asked again today; then the card leaves for the company."""
    introduction = queries.get(introduction_id, current_user, lock=request.method == "POST")
    form = Form()
    if form.validate_on_submit():
        try:
            offers.offer(introduction, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The card is with the company. It answers within ten working days."), "good")
            return redirect(url_for(".show", introduction_id=introduction.id))
    return _page("offer", introduction, form)


@bp.route("/introductions/<uuid:introduction_id>/meeting", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_DRAFT)
def meeting(introduction_id: UUID) -> ResponseReturnValue:
    introduction = queries.get(introduction_id, current_user, lock=request.method == "POST")
    form = MeetingForm(data=_agreed(introduction))
    if form.validate_on_submit():
        try:
            meetings.agree(introduction, _meeting(form), by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The meeting is recorded. The company sees time and place."), "good")
            return redirect(url_for(".show", introduction_id=introduction.id))
    return _page("meeting", introduction, form)


def _agreed(introduction: Introduction) -> dict[str, object]:
    at, kept = introduction.meeting_at, sealing.read(introduction)
    return {
        "day": clock.local_date(at) if at else None,
        "time": pages.show_time(at) if at else "",
        "place": kept.place,
        "companion": kept.companion,
        "interpreter": kept.interpreter,
    }


def _meeting(form: MeetingForm) -> Meeting:
    at = clock.at(form.day.data, _time(form.time.data or ""))
    return Meeting(at, form.place.data or "", form.companion.data or "", form.interpreter.data or "")


def _time(text: str) -> time:
    hour, _dot, minute = text.replace(":", ".").partition(".")
    if not (hour.isdecimal() and (minute or "0").isdecimal() and int(hour) < 24 and int(minute or 0) < 60):
        raise RuleBroken(N_("Write the time with numbers, for example 9.30."), field="time")
    return time(int(hour), int(minute or 0))


@bp.route("/introductions/<uuid:introduction_id>/outcome", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_DRAFT)
def outcome(introduction_id: UUID) -> ResponseReturnValue:
    """What came of the meeting; work is recorded where its placement starts."""
    introduction = queries.get(introduction_id, current_user, lock=request.method == "POST")
    form = OutcomeForm()
    if form.validate_on_submit():
        try:
            _record(introduction, form.outcome.data)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            if form.outcome.data == "hired":
                return redirect(url_for("followup.start", introduction_id=introduction.id))
            flash(_("Recorded."), "good")
            return redirect(url_for(".show", introduction_id=introduction.id))
    word = rules.COMPANY_WORDS.get(introduction.company_word, "")
    return _page("outcome", introduction, form, company_word=_(word) if word else "")


def _record(introduction: Introduction, word: str) -> None:
    if introduction.status == S.RELEASED or word == "open":
        meetings.record_met(introduction, by=current_user)
    if word == "not_hired":
        meetings.record_not_hired(introduction, by=current_user)


ENDED_BEFORE = N_("Ended. The company sees no reason, and nothing before its own dates.")
ENDED_AFTER = N_("Ended. The details are hidden, and the company sees no reason.")


@bp.route("/introductions/<uuid:introduction_id>/end", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_DRAFT)
def end(introduction_id: UUID) -> ResponseReturnValue:
    introduction = queries.get(introduction_id, current_user, lock=request.method == "POST")
    form = EndForm()
    if form.validate_on_submit():
        try:
            endings.end(introduction, form.reason.data or "", by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_(ENDED_AFTER if introduction.released_at else ENDED_BEFORE), "good")
            return redirect(url_for(".show", introduction_id=introduction.id))
    return _page("end", introduction, form, is_exposed=exposed.is_exposed(introduction))
