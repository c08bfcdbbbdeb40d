"""A company's own vacancies. Nothing on these pages depends on candidates (design: P1)."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import services as accounts
from portal.core import pages
from portal.core.access import Permission, requires
from portal.core.errors import NotFound, RuleBroken
from portal.vacancies import flags, queries
from portal.vacancies import recipients as readers
from portal.vacancies import services as vacancies
from portal.vacancies.forms import ActForm, AnswersForm, RecipientsForm
from portal.vacancies.models import ENDS, Vacancy, VacancyStatus
from portal.vacancies.readings import points_of
from portal.vacancies.routes.blueprint import bp
from portal.vacancies.showing import facts_of

ACTS = {
    "pause": vacancies.pause,
    "resume": vacancies.resume,
    "fill": vacancies.fill,
    "withdraw": vacancies.withdraw,
}


@bp.get("/company/vacancies")
@requires(Permission.VACANCY_WRITE)
def own() -> ResponseReturnValue:
    page = pages.page_of(queries.listed(current_user), Vacancy.place, descending=True)
    return pages.render("vacancies/own.html", page=page)


@bp.route("/company/vacancies/<uuid:vacancy_id>", methods=["GET", "POST"])
@requires(Permission.VACANCY_WRITE)
def own_show(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = vacancies.get(vacancy_id, viewer=current_user, to_change=request.method == "POST")
    form = ActForm(obj=vacancy)
    if form.validate_on_submit():
        try:
            act(form.pressed, vacancy)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Done."), "good")
            return redirect(url_for(".own_show", vacancy_id=vacancy.id))
    chosen = readers.rows_of(vacancy.id)
    return pages.render(
        "vacancies/own_show.html", form=form, vacancy=vacancy, facts=facts_of(vacancy), points=points_of(vacancy),
        people=vacancies.recipients(vacancy.id), chosen=chosen,
        confirmed=readers.confirmed_ids(vacancy.id), ended=vacancy.status in ENDS,
    )  # fmt: skip


def act(pressed: str, vacancy: Vacancy) -> None:
    if pressed not in ACTS:
        raise NotFound
    ACTS[pressed](vacancy, by=current_user)


@bp.route("/company/vacancies/<uuid:vacancy_id>/recipients", methods=["GET", "POST"])
@requires(Permission.VACANCY_WRITE)
def recipients(vacancy_id: UUID) -> ResponseReturnValue:
    """Changing who reads the cards after the vacancy was sent; someone new waits for a liaison."""
    vacancy = vacancies.get(vacancy_id, viewer=current_user, to_change=request.method == "POST")
    members = accounts.members_of(vacancy.company_id)
    form = RecipientsForm(obj=vacancy, members=members, chosen={one.id for one in vacancies.recipients(vacancy.id)})
    if form.validate_on_submit():
        try:
            readers.choose(vacancy, form.chosen_ids, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved. A liaison confirms someone new before they see a card."), "good")
            return redirect(url_for(".own_show", vacancy_id=vacancy.id))
    return pages.render("vacancies/recipients.html", form=form, vacancy=vacancy)


@bp.route("/company/vacancies/<uuid:vacancy_id>/points", methods=["GET", "POST"])
@requires(Permission.VACANCY_WRITE)
def answer(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = vacancies.get(vacancy_id, viewer=current_user, to_change=request.method == "POST")
    points = points_of(vacancy)
    form = AnswersForm(obj=vacancy, points=points)
    if form.validate_on_submit():
        try:
            for row in form.points.data:
                if row["answer"]:
                    flags.answer(vacancy, row["rule"], row["fingerprint"], row["answer"], by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved. The liaison reads your answers."), "good")
            step = "check" if vacancy.status in (VacancyStatus.DRAFT, VacancyStatus.RETURNED) else "own_show"
            return redirect(url_for(f".{step}", vacancy_id=vacancy.id))
    known = {point.flag.rule.code: point for point in points}
    return pages.render("vacancies/answer.html", form=form, vacancy=vacancy, known=known)
