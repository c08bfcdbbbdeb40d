"""In the room: the sheets for the talk, and what the candidate answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.companies import services as companies
from portal.core import pages
from portal.core.access import Permission, requires
from portal.core.errors import N_, NotFound, RuleBroken
from portal.introductions import company_side, drafting, queries, releases, words
from portal.introductions.blueprint import bp
from portal.introductions.card import FEW
from portal.introductions.drafting import GIVEN
from portal.introductions.forms import CardAnswerForm, ReleaseAnswerForm
from portal.introductions.models import Introduction
from portal.introductions.releases import Fields
from portal.sheets import texts
from portal.sheets.speaking import rendered
from portal.vacancies import words as vacancy_words

CARD_SHEET = texts.declare("introductions/sheet_text.html", words.ON_SHEETS)
RELEASE_SHEET = texts.declare("introductions/release_sheet_text.html")


def _filled(introduction: Introduction) -> dict[str, Any]:
    """What the sheets say of one introduction, in the language that is spoken at the moment."""
    card = words.card_shown(introduction, queries.entries([introduction])[0].vacancy_title)
    return {
        "introduction": introduction, "vacancy": drafting.vacancy_of(introduction),
        "company": companies.by_id(introduction.company_id), "readers": company_side.reader_accounts(introduction.id),
        "lines": card.lines, "few": FEW, "terms": vacancy_words,
    }  # fmt: skip


@bp.get("/introductions/<uuid:introduction_id>/sheet")
@requires(Permission.INTRODUCTION_DRAFT)
def sheet(introduction_id: UUID) -> ResponseReturnValue:
    """What the candidate hears before any card leaves; no other client stands on it."""
    introduction = queries.get(introduction_id, current_user)
    if introduction.asked_at is None:
        raise NotFound
    made = rendered(CARD_SHEET, lambda: _filled(introduction))
    return pages.render("introductions/sheet.html", introduction=introduction, made=made)


@bp.get("/introductions/<uuid:introduction_id>/release-sheet")
@requires(Permission.INTRODUCTION_DRAFT)
def release_sheet(introduction_id: UUID) -> ResponseReturnValue:
    """What the candidate hears before a name leaves."""
    introduction = queries.get(introduction_id, current_user)
    if introduction.answered_at is None:
        raise NotFound
    made = rendered(RELEASE_SHEET, lambda: _filled(introduction))
    return pages.render("introductions/release_sheet.html", introduction=introduction, made=made)


@bp.route("/introductions/<uuid:introduction_id>/answer", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_DRAFT)
def answer(introduction_id: UUID) -> ResponseReturnValue:
    """Card consent, or refusal."""
    introduction = queries.get(introduction_id, current_user, lock=request.method == "POST")
    if introduction.asked_at is None:
        raise NotFound
    form = CardAnswerForm()
    if form.validate_on_submit():
        aloud = bool(form.said_aloud.data)
        try:
            drafting.record_card_answer(introduction, form.said, aloud=aloud, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            given = form.answer.data == GIVEN
            flash(_("The consent is recorded. Offer the card to the company.") if given else _(REFUSED), "good")
            return redirect(url_for(".offer" if given else ".show", introduction_id=introduction.id))
    entry = queries.entries([introduction])[0]
    return pages.render(
        "introductions/answer.html", form=form, entry=entry, introduction=introduction, few=FEW,
        card=words.card_shown(introduction, entry.vacancy_title),
        readers=company_side.reader_accounts(introduction.id), case_number=queries.case_number_of(introduction),
    )  # fmt: skip


REFUSED = N_("The refusal is recorded. It changes nothing else for the candidate.")


@bp.route("/introductions/<uuid:introduction_id>/release-consent", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_DRAFT)
def release_consent(introduction_id: UUID) -> ResponseReturnValue:
    """To whom, which details, until when; or a refusal."""
    introduction = queries.get(introduction_id, current_user, lock=request.method == "POST")
    if introduction.answered_at is None:
        raise NotFound
    readers = company_side.reader_accounts(introduction.id)
    form = ReleaseAnswerForm(readers=readers)
    if form.validate_on_submit():
        try:
            releases.record_release_answer(introduction, form.said, _fields(form), by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            given = form.answer.data == GIVEN
            flash(_("The consent is recorded. Now a second person releases it.") if given else _(REFUSED), "good")
            return redirect(url_for(".show", introduction_id=introduction.id))
    return pages.render(
        "introductions/release_consent.html", form=form, introduction=introduction,
        entry=queries.entries([introduction])[0], case_number=queries.case_number_of(introduction),
    )  # fmt: skip


def _fields(form: ReleaseAnswerForm) -> Fields:
    return Fields(
        recipients=frozenset(UUID(each) for each in form.recipients.data or ()),
        name=form.name.data or "",
        route=form.route.data or "",
        may_work=bool(form.may_work.data),
    )
