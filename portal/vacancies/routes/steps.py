"""The five steps of writing a vacancy. Each saves what it has, complete or not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import services as accounts
from portal.core import edge, pages
from portal.core.access import Permission, requires
from portal.core.errors import NotFound, RuleBroken
from portal.core.forms import Form
from portal.vacancies import drafting, words
from portal.vacancies import services as vacancies
from portal.vacancies.forms import CheckForm, DemandsForm, HoursForm, JobForm, PayForm, prefilled
from portal.vacancies.models import Vacancy
from portal.vacancies.readings import gaps_of, points_of
from portal.vacancies.routes.blueprint import bp
from portal.vacancies.showing import facts_of

ORDER = list(words.STEPS)


def to_edit(vacancy_id: UUID) -> Vacancy:
    """One's own vacancy while it can be edited; a sent one shows its page instead."""
    return vacancies.get(vacancy_id, viewer=current_user, to_change=request.method == "POST")


def onward(form: Form, vacancy: Vacancy, step: str) -> ResponseReturnValue:
    """After saving: close, or the step that follows."""
    if form.pressed == "close":
        flash(_("Saved as a draft."), "good")
        return redirect(url_for(".own_show", vacancy_id=vacancy.id))
    return redirect(url_for(f".{ORDER[ORDER.index(step) + 1]}", vacancy_id=vacancy.id))


def show_step(step: str, form: Form, vacancy: Vacancy | None, **context: Any) -> ResponseReturnValue:
    if vacancy is not None and vacancy.status not in drafting.EDITED_IN and not form.has_errors:
        return redirect(url_for(".own_show", vacancy_id=vacancy.id))
    points = points_of(vacancy) if vacancy is not None else []
    here = [point for point in points if point.flag.rule.step == step != ORDER[-1]]  # the last step shows them all
    lacking = [ORDER.index(gap.step) + 1 for gap in gaps_of(vacancy, 0)] if vacancy is not None else []
    return pages.render(
        f"vacancies/{step}.html", form=form, vacancy=vacancy, step=step, here=here,
        steps=[(_(label), url_for(f".{name}", vacancy_id=vacancy.id) if vacancy else None)
               for name, label in words.STEPS.items()],
        number=ORDER.index(step) + 1, lacking=lacking, points=points, **context,
    )  # fmt: skip


@bp.route("/company/vacancies/new", methods=["GET", "POST"])
@requires(Permission.VACANCY_WRITE)
def new() -> ResponseReturnValue:
    form = JobForm(data={"posts": 1})
    if form.validate_on_submit():
        vacancy = drafting.begin(by=current_user)
        save_job(vacancy, form)
        return onward(form, vacancy, "job")
    return show_step("job", form, None)


def save_job(vacancy: Vacancy, form: JobForm) -> None:
    drafting.save_job(
        vacancy, title=form.title.data or "", occupation=form.occupation.data or "",
        description=form.description.data or "", posts=form.posts.data or 1, by=current_user,
    )  # fmt: skip


@bp.route("/company/vacancies/<uuid:vacancy_id>/job", methods=["GET", "POST"])
@requires(Permission.VACANCY_WRITE)
def job(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = to_edit(vacancy_id)
    form = JobForm(obj=vacancy)
    if form.validate_on_submit():
        try:
            save_job(vacancy, form)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return onward(form, vacancy, "job")
    return show_step("job", form, vacancy)


@bp.route("/company/vacancies/<uuid:vacancy_id>/demands", methods=["GET", "POST"])
@requires(Permission.VACANCY_WRITE)
def demands(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = to_edit(vacancy_id)
    form = DemandsForm(obj=vacancy)
    usual = drafting.usual_rows(vacancy.occupation)
    if form.is_submitted() and form.pressed == "propose":
        prefilled(form, usual)
        edge.refuse_silently()
    elif form.validate_on_submit():
        try:
            drafting.save_demands(
                vacancy, essential=form.essential_skills.data, optional=form.optional_skills.data,
                languages=form.languages.data, by=current_user,
            )  # fmt: skip
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return onward(form, vacancy, "demands")
    return show_step("demands", form, vacancy, may_propose=any(usual))


@bp.route("/company/vacancies/<uuid:vacancy_id>/hours", methods=["GET", "POST"])
@requires(Permission.VACANCY_WRITE)
def hours(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = to_edit(vacancy_id)
    form = HoursForm(obj=vacancy)
    if form.validate_on_submit():
        try:
            drafting.save_hours(
                vacancy, municipality=form.municipality.data or "", work_site=form.work_site.data or "",
                bands=form.bands.data or [], hours=(form.hours_min.data, form.hours_max.data),
                contract=form.contract.data or "", contract_months=form.contract_months.data,
                starts_on=form.starts_on.data, last_day=form.last_day.data, by=current_user,
            )  # fmt: skip
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return onward(form, vacancy, "hours")
    return show_step("hours", form, vacancy)


@bp.route("/company/vacancies/<uuid:vacancy_id>/pay", methods=["GET", "POST"])
@requires(Permission.VACANCY_WRITE)
def pay(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = to_edit(vacancy_id)
    form = PayForm(obj=vacancy)
    if form.validate_on_submit():
        try:
            drafting.save_pay(
                vacancy, pay=(form.pay_from_cents.data, form.pay_to_cents.data), pay_unit=form.pay_unit.data,
                agreement=form.named_agreement, housing=form.housing.data, deductions=form.deductions.data or [],
                equipment=form.equipment.data, chain=form.chain.data,
                for_client=form.works_for_client, done_for=form.clients.data,
                ticked={name for name in drafting.TICKS if form[name].data}, by=current_user,
            )  # fmt: skip
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return onward(form, vacancy, "pay")
    return show_step("pay", form, vacancy)


@bp.route("/company/vacancies/<uuid:vacancy_id>/check", methods=["GET", "POST"])
@requires(Permission.VACANCY_WRITE)
def check(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = to_edit(vacancy_id)
    members = accounts.members_of(vacancy.company_id)
    chosen = {one.id for one in vacancies.recipients(vacancy.id)}
    form = CheckForm(obj=vacancy, members=members, chosen=chosen)
    if form.validate_on_submit():
        try:
            return save_and_send(vacancy, form)
        except RuleBroken as refusal:
            form.refuse(refusal)
    gaps = gaps_of(vacancy, len(form.recipients.data or ()))
    if form.has_errors and (lacking := [gap for gap in gaps if gap.step == "check"]):
        form.recipients.errors = [_(gap.sentence, **gap.params) for gap in lacking]
    return show_step(
        "check", form, vacancy, gaps=gaps, facts=facts_of(vacancy), may_send=vacancies.has_standing(vacancy)
    )


def save_and_send(vacancy: Vacancy, form: CheckForm) -> ResponseReturnValue:
    """Both buttons save; the main one also sends, or says what is missing."""
    drafting.save_check(vacancy, recipient_ids=form.chosen_ids, public=bool(form.public.data), by=current_user)
    if form.pressed == "close":
        return onward(form, vacancy, "check")
    if form.pressed:
        raise NotFound
    vacancies.submit(vacancy, by=current_user)
    flash(_("Sent. You usually hear within two working days."), "good")
    return redirect(url_for(".own_show", vacancy_id=vacancy.id))
