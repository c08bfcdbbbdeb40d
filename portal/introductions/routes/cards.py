"""The company's pages: its cards, its answer, the released details, and its word. Only named recipients get any."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.core import pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken
from portal.core.forms import Form
from portal.introductions import company_side, company_view, meetings, offers, queries, releases, sealing, story, words
from portal.introductions.blueprint import bp
from portal.introductions.company_view import Seen
from portal.introductions.forms import AnswerForm, WordForm
from portal.introductions.models import Introduction


@bp.get("/cards")
@requires(Permission.INTRODUCTION_ANSWER)
def own() -> ResponseReturnValue:
    """The cards this member was named for, newest first."""
    after = request.args.get("after", "")[:20]
    rows = company_side.latest_read_by(current_user, after, pages.PAGE_LENGTH + 1)
    shown, more = rows[: pages.PAGE_LENGTH], len(rows) > pages.PAGE_LENGTH
    following = pages.address(after=shown[-1].card_code) if more else None
    page = pages.Page(shown, pages.address(after=None) if after else None, following)
    return pages.render("introductions/own.html", entries=queries.entries(shown), page=page, words=words, Seen=Seen)


def _card_page(introduction: Introduction, form: Form | None = None) -> str:
    """One page for every state, with the form of the state the company sees; a form sent too late only says so."""
    entry = queries.entries([introduction])[0]
    view, facts = entry.view, company_view.instants_of(introduction)
    named = releases.recipients_today(introduction) if view.has_fields else []
    fields = releases.read_fields(introduction, current_user, named)
    return pages.render(
        "introductions/card.html",
        form=form if form and form.is_submitted() else _form_for(view.seen),
        entry=entry,
        view=view,
        facts=facts,
        Seen=Seen,
        card=words.card_shown(introduction, entry.vacancy_title),
        fields=fields,
        place=sealing.place_of(introduction) if fields and introduction.meeting_at else "",
        is_named=current_user.id in {each.id for each in named},
        readers=named,
        must_confirm=meetings.must_confirm_deletion(introduction),
        events=story.for_company(introduction),
        introduction=introduction,
        words=words,
    )


def _form_for(seen: Seen) -> Form | None:
    if seen == Seen.OPEN:
        return AnswerForm()
    if seen == Seen.RELEASED:
        return WordForm()
    return Form() if seen == Seen.ENDED else None


@bp.get("/cards/<uuid:introduction_id>")
@requires(Permission.INTRODUCTION_ANSWER)
def card(introduction_id: UUID) -> ResponseReturnValue:
    return _card_page(company_side.get_as_reader(introduction_id, current_user))


@bp.route("/cards/<uuid:introduction_id>/answer", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_ANSWER)
def answer_card(introduction_id: UUID) -> ResponseReturnValue:
    introduction = company_side.get_as_reader(introduction_id, current_user, lock=request.method == "POST")
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            _answer(introduction, form)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Your answer is recorded."), "good")
            return redirect(url_for(".card", introduction_id=introduction.id))
    return _card_page(introduction, _too_late(introduction, form) if form.is_submitted() else form)


def _too_late(introduction: Introduction, form: Form) -> Form:
    """A card that is no longer open says only that: the fields to correct are not on its page any more."""
    try:
        offers.check_open(introduction)
    except RuleBroken as refusal:
        form = Form()
        form.refuse(refusal)
    return form


def _answer(introduction: Introduction, form: AnswerForm) -> None:
    if form.answer.data == "accept":
        offers.accept(introduction, form.times.data or "", by=current_user)
    else:
        offers.decline(introduction, form.reason.data or "", by=current_user)


@bp.route("/cards/<uuid:introduction_id>/word", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_ANSWER)
def word(introduction_id: UUID) -> ResponseReturnValue:
    """What came of the meeting, as the company sees it."""
    introduction = company_side.get_as_reader(introduction_id, current_user, lock=request.method == "POST")
    form = WordForm()
    if form.validate_on_submit():
        try:
            meetings.say_word(introduction, form.word.data, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Thank you. Your word is recorded."), "good")
            return redirect(url_for(".card", introduction_id=introduction.id))
    return _card_page(introduction, form)


@bp.route("/cards/<uuid:introduction_id>/deletion", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_ANSWER)
def deletion(introduction_id: UUID) -> ResponseReturnValue:
    """The company confirms that it has deleted the details, as the commitment says."""
    introduction = company_side.get_as_reader(introduction_id, current_user, lock=request.method == "POST")
    form = Form()
    if form.validate_on_submit():
        try:
            meetings.confirm_deletion(introduction, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Recorded. Nothing more is needed."), "good")
            return redirect(url_for(".card", introduction_id=introduction.id))
    return _card_page(introduction, form)
