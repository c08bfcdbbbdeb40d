"""The staff's list of introductions, one introduction, and drafting a new one from a match."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.candidates import services as candidates
from portal.companies import services as companies
from portal.core import pages
from portal.core.access import Permission, Role, requires
from portal.core.errors import NotFound, RuleBroken
from portal.introductions import company_side, drafting, pool, queries, sealing, story, words
from portal.introductions.blueprint import bp
from portal.introductions.card import FEW, Coarseness
from portal.introductions.forms import CardChoiceForm, DraftForm, EndForm
from portal.introductions.models import Introduction, IntroductionStatus
from portal.introductions.queries import Entry
from portal.vacancies import services as vacancies

S = IntroductionStatus


@bp.get("/introductions")
@requires(Permission.INTRODUCTION_READ)
def index() -> ResponseReturnValue:
    status = request.args.get("status", "live")
    if status not in ("live", "all", *S):
        raise NotFound
    company_id = _company_filter(request.args.get("company", ""))
    query = queries.filtered(
        queries.visible_to(current_user), status="" if status == "all" else status, company_id=company_id
    )
    page = pages.page_of(query, Introduction.number, descending=True)
    entries = queries.entries(page.items)
    known = candidates.profiles({row.candidate_id for row in page.items}) if current_user.role == Role.OFFICER else {}
    return pages.render(
        "introductions/index.html",
        entries=entries,
        page=page,
        case_numbers={each: profile.case_number for each, profile in known.items()},
        statuses=_status_options(),
        companies=queries.companies_seen(current_user),
        chosen={"status": status, "company": company_id or ""},
        words=words,
    )


def _company_filter(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None


def _status_options() -> list[tuple[str, str]]:
    return [("live", _("Under way")), ("all", _("All")), *((str(each), _(words.STATUSES[each])) for each in S)]


@bp.route("/introductions/draft/<uuid:vacancy_id>/<uuid:candidate_id>", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_DRAFT)
def draft(vacancy_id: UUID, candidate_id: UUID) -> ResponseReturnValue:
    """Draft a card from a match: own candidate, published vacancy, nothing that keeps them apart."""
    vacancy = vacancies.get(vacancy_id, viewer=current_user)
    if not candidates.is_kept_by(candidate_id, current_user):
        raise NotFound
    form = DraftForm()
    if form.validate_on_submit():
        try:
            coarseness = Coarseness(form.card.data) if form.card.data else None
            introduction = drafting.draft(candidate_id, vacancy, by=current_user, coarseness=coarseness)
            if coarseness is not None and form.pressed != "later":
                drafting.ask(introduction, coarseness, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return _drafted(introduction)
    company = companies.by_id(vacancy.company_id)
    found = pool.choices(candidate_id, vacancy)
    known = queries.live_between(candidate_id, vacancy.id)
    return pages.render(
        "introductions/draft.html", form=form, vacancy=vacancy, company=company, known=known,
        case_number=found.profile.case_number, choices=words.choices(found.options, form.card.data or ""),
    )  # fmt: skip


def _drafted(introduction: Introduction) -> ResponseReturnValue:
    """On to the sheet for the talk when the card is frozen, else to its introduction."""
    if introduction.status == S.DRAFTED:
        flash(_("The card is drafted. Choose how much it says, then ask the candidate."), "good")
        return redirect(url_for(".show", introduction_id=introduction.id))
    flash(_("The card is frozen. Go through this sheet with the candidate, then record the answer."), "good")
    return redirect(url_for(".sheet", introduction_id=introduction.id))


@bp.route("/introductions/<uuid:introduction_id>", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_READ)
def show(introduction_id: UUID) -> ResponseReturnValue:
    """The whole of it for the officer who keeps the candidate; card, code and vacancy for a liaison."""
    try:
        introduction = queries.get(introduction_id, current_user, lock=request.method == "POST")
    except NotFound:
        return _show_from_outside(queries.get_from_outside(introduction_id, current_user))
    form = CardChoiceForm()
    if form.validate_on_submit():
        try:
            drafting.ask(introduction, Coarseness(form.card.data), by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return _drafted(introduction)
    return _show_to_officer(introduction, form)


def _show_to_officer(introduction: Introduction, form: CardChoiceForm) -> str:
    vacancy, company = drafting.vacancy_of(introduction), companies.by_id(introduction.company_id)
    people, kept = queries.people_of(introduction), sealing.read(introduction)
    options, profile, k = [], None, introduction.k or 0
    if introduction.status in (S.DRAFTED, S.ASKED):
        found = pool.choices(introduction.candidate_id, vacancy)
        options, profile = found.options, found.profile
    if introduction.status == S.DRAFTED:
        as_of_now = {str(card.coarseness): fits for card, fits in options}  # not frozen yet
        k = as_of_now.get(introduction.card["coarseness"], k)
    return pages.render(
        "introductions/show.html", form=form, end_form=EndForm(), introduction=introduction,
        entry=Entry(introduction, vacancy.title, company.name), words=words,
        case_number=(profile or candidates.profile(introduction.candidate_id)).case_number,
        card=words.card_shown(introduction, vacancy.title),
        choices=words.choices(options, form.card.data or introduction.card["coarseness"]),
        k=k, few=FEW, events=story.of(introduction, people.names, kept), readers=people.readers,
        place=kept.place,
        may_end=S.REVOKED in queries.following(introduction),
    )  # fmt: skip


def _show_from_outside(introduction: Introduction) -> str:
    entry = queries.entries([introduction])[0]
    return pages.render(
        "introductions/show_from_outside.html", entry=entry, introduction=introduction, words=words,
        card=words.card_shown(introduction, entry.vacancy_title),
        readers=company_side.reader_accounts(introduction.id),
    )  # fmt: skip
