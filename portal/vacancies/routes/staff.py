"""Vacancies as staff read and decide them."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import services as accounts
from portal.core import pages
from portal.core.access import Permission, allows, requires
from portal.core.errors import N_, RuleBroken
from portal.vacancies import flags, queries, words
from portal.vacancies import recipients as readers
from portal.vacancies import services as vacancies
from portal.vacancies.models import FlagDecision, Vacancy, VacancyStatus
from portal.vacancies.readings import points_of
from portal.vacancies.routes.blueprint import bp
from portal.vacancies.showing import facts_of
from portal.vacancies.staff_forms import ConfirmForm, DecisionsForm, PauseForm, PublishForm, ReturnForm


@bp.get("/vacancies/all")
@requires(Permission.VACANCY_READ)
def manage() -> ResponseReturnValue:
    """All that was ever sent, filtered by state, company and words, the newest first."""
    status, text = request.args.get("status", ""), request.args.get("q", "")[:100]
    company_id = as_id(request.args.get("company", ""))
    page = pages.page_of(queries.listed(current_user, status, company_id, text), Vacancy.place, descending=True)
    return pages.render(
        "vacancies/manage.html", page=page, status=status, text=text, company_id=company_id,
        may_match=allows(current_user, Permission.MATCH_READ),
        names=queries.company_names(vacancy.company_id for vacancy in page.items),
        statuses=[(str(value), _(label)) for value, (label, _kind) in words.STATUS.items() if value != "draft"],
    )  # fmt: skip


def as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def to_decide(vacancy_id: UUID) -> Vacancy:
    return vacancies.get(vacancy_id, viewer=current_user, to_change=request.method == "POST")


@bp.get("/vacancies/all/<uuid:vacancy_id>")
@requires(Permission.VACANCY_READ)
def show(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = vacancies.get(vacancy_id, viewer=current_user)
    points = points_of(vacancy)
    deciders = accounts.names(point.row.decided_by_id for point in points if point.row)
    return pages.render(
        "vacancies/show.html", vacancy=vacancy, facts=facts_of(vacancy),
        points=points, deciders=deciders, people=vacancies.recipients(vacancy.id), chosen=readers.rows_of(vacancy.id),
        confirmed=readers.confirmed_ids(vacancy.id),
        may_decide=allows(current_user, Permission.VACANCY_DECIDE),
        undecided=[point for point in points if point.decision == FlagDecision.OPEN],
    )  # fmt: skip


@bp.route("/vacancies/all/<uuid:vacancy_id>/decide", methods=["GET", "POST"])
@requires(Permission.VACANCY_DECIDE)
def decide(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = to_decide(vacancy_id)
    points = points_of(vacancy)
    form = DecisionsForm(obj=vacancy, points=points)
    if form.validate_on_submit():
        try:
            decided = [row for row in form.points.data if row["decision"]]
            if not decided:
                raise RuleBroken(N_("Nothing is decided yet. Choose a decision for one point at least."))
            for row in decided:
                flags.decide(
                    vacancy, row["rule"], row["fingerprint"], decision=FlagDecision(row["decision"]),
                    reason=row["reason"], by=current_user,
                )  # fmt: skip
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for(".show", vacancy_id=vacancy.id))
    known = {point.flag.rule.code: point for point in points}
    return pages.render("vacancies/decide.html", form=form, vacancy=vacancy, known=known)


@bp.route("/vacancies/all/<uuid:vacancy_id>/recipients", methods=["GET", "POST"])
@requires(Permission.VACANCY_DECIDE)
def confirm(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = to_decide(vacancy_id)
    people = vacancies.recipients(vacancy.id)
    form = ConfirmForm(obj=vacancy, people=people, confirmed=readers.confirmed_ids(vacancy.id))
    if form.validate_on_submit():
        try:
            readers.confirm(vacancy, form.confirmed_ids, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for(".show", vacancy_id=vacancy.id))
    return pages.render("vacancies/confirm.html", form=form, vacancy=vacancy, lapsed=readers.lapsed(vacancy.id))


@bp.route("/vacancies/all/<uuid:vacancy_id>/return", methods=["GET", "POST"])
@requires(Permission.VACANCY_DECIDE)
def return_(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = to_decide(vacancy_id)
    form = ReturnForm(obj=vacancy)
    if form.validate_on_submit():
        try:
            vacancies.return_(vacancy, form.reason.data or "", by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Returned. The company is told that there is news."), "good")
            return redirect(url_for(".show", vacancy_id=vacancy.id))
    return pages.render("vacancies/return_.html", form=form, vacancy=vacancy, points=points_of(vacancy))


@bp.route("/vacancies/all/<uuid:vacancy_id>/publish", methods=["GET", "POST"])
@requires(Permission.VACANCY_DECIDE)
def publish(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = to_decide(vacancy_id)
    form = PublishForm(obj=vacancy)
    if form.validate_on_submit():
        try:
            vacancies.publish(vacancy, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Published. It is open to our staff."), "good")
            return redirect(url_for(".show", vacancy_id=vacancy.id))
    return pages.render(
        "vacancies/publish.html", form=form, vacancy=vacancy, points=points_of(vacancy),
        people=vacancies.recipients(vacancy.id, confirmed_only=True), responsible=vacancies.has_standing(vacancy),
    )  # fmt: skip


@bp.route("/vacancies/all/<uuid:vacancy_id>/pause", methods=["GET", "POST"])
@requires(Permission.VACANCY_DECIDE)
def pause(vacancy_id: UUID) -> ResponseReturnValue:
    """Pausing, opening again, and closing for good."""
    vacancy = to_decide(vacancy_id)
    form = PauseForm(obj=vacancy)
    if form.validate_on_submit():
        try:
            stop_or_open(vacancy, form.pressed, form.reason.data or "")
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Done. The company is told that there is news."), "good")
            return redirect(url_for(".show", vacancy_id=vacancy.id))
    is_open = vacancy.status == VacancyStatus.PUBLISHED
    return pages.render("vacancies/pause.html", form=form, vacancy=vacancy, is_open=is_open)


def stop_or_open(vacancy: Vacancy, pressed: str, reason: str) -> None:
    if pressed == "resume":
        vacancies.resume(vacancy, by=current_user)
    elif pressed == "expire":
        vacancies.expire(vacancy, reason)
    else:
        vacancies.pause(vacancy, by=current_user, reason=reason)
