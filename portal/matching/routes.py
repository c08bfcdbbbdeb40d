"""Match lists both ways, dismissals, and a liaison's suggestions."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from portal.candidates import services as candidates
from portal.companies import services as companies
from portal.core import pages
from portal.core.access import Permission, requires
from portal.core.errors import N_, RuleBroken
from portal.matching import rules, under_way, words
from portal.matching import services as matching
from portal.matching.forms import DismissForm, RestoreForm, SuggestForm
from portal.vacancies import services as vacancies
from portal.vacancies.models import VacancyStatus
from search.engine import Condition

bp = Blueprint("matching", __name__)

CONDITIONS = {
    Condition.BEHIND: N_("The index is behind. The lists are still right; they take longer."),
    Condition.MISSING: N_("There is no index yet. The lists are still right; they take longer."),
    Condition.BROKEN: N_("The index cannot be read. The lists are still right; they take longer."),
    Condition.FOREIGN: N_("The index belongs to another database. The lists are still right; they take longer."),
}
DOWN = N_("The search engine does not answer, so there is no list now. Nothing is lost; try again in a while.")


@bp.get("/vacancies/<uuid:vacancy_id>/matches")
@requires(Permission.MATCH_READ)
def for_vacancy(vacancy_id: UUID) -> ResponseReturnValue:
    """Candidates for a vacancy: an officer's own by case number, a liaison's as codes that live for this list."""
    vacancy = vacancies.get(vacancy_id, viewer=current_user)
    published = vacancy.status == VacancyStatus.PUBLISHED
    found = matching.candidates_for(vacancy, current_user) if published else None
    return pages.render(
        "matching/for_vacancy.html",
        vacancy=vacancy,
        company=companies.by_id(vacancy.company_id),
        found=found,
        index_text=condition_text(found),
        words=words,
        told=under_way.provided().told,
        reasons=rules.DISMISSALS,
        dismiss_form=DismissForm(),
        suggest_form=SuggestForm(),
        restore_form=RestoreForm(),
    )


def condition_text(found: matching.CandidateList | None) -> str:
    if found is None or found.condition is Condition.CURRENT:
        return ""
    return gettext(DOWN if found.down else CONDITIONS.get(found.condition, DOWN))


@bp.get("/candidates/<uuid:candidate_id>/vacancies")
@requires(Permission.CANDIDATE_KEEP)
def for_candidate(candidate_id: UUID) -> ResponseReturnValue:
    """Vacancies for an officer's own candidate, by the same constraints and the same score."""
    profile = candidates.get(candidate_id, viewer=current_user)
    open_lines, dismissed = matching.vacancies_for(candidate_id)
    why = ""
    if not open_lines and candidate_id not in candidates.matchable([candidate_id]):
        why = gettext(rules.FAILURES[matching.why_not_matchable(candidate_id)])
    return pages.render(
        "matching/for_candidate.html",
        profile=profile,
        open_lines=open_lines,
        dismissed=dismissed,
        why=why,
        words=words,
        told=under_way.provided().told,
        reasons=rules.DISMISSALS,
        dismiss_form=DismissForm(),
        restore_form=RestoreForm(),
    )


def back(vacancy_id: UUID, candidate_id: UUID) -> ResponseReturnValue:
    """To the list the officer came from."""
    if request.args.get("from") == "candidate":
        return redirect(url_for(".for_candidate", candidate_id=candidate_id))
    return redirect(url_for(".for_vacancy", vacancy_id=vacancy_id))


@bp.post("/vacancies/<uuid:vacancy_id>/matches/<uuid:candidate_id>/dismiss")
@requires(Permission.CANDIDATE_KEEP)
def dismiss(vacancy_id: UUID, candidate_id: UUID) -> ResponseReturnValue:
    vacancy = vacancies.get(vacancy_id, viewer=current_user)
    candidates.get(candidate_id, viewer=current_user)
    form = DismissForm()
    if form.validate_on_submit():
        try:
            matching.dismiss(candidate_id, vacancy, form.reason.data, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(gettext("Dismissed. You can take it back under the list."), "good")
            return back(vacancy_id, candidate_id)
    return pages.render("matching/dismiss.html", form=form, vacancy=vacancy)


@bp.post("/vacancies/<uuid:vacancy_id>/matches/<uuid:candidate_id>/restore")
@requires(Permission.CANDIDATE_KEEP)
def restore(vacancy_id: UUID, candidate_id: UUID) -> ResponseReturnValue:
    vacancy = vacancies.get(vacancy_id, viewer=current_user)
    candidates.get(candidate_id, viewer=current_user)
    if RestoreForm().validate_on_submit():
        matching.restore(candidate_id, vacancy, by=current_user)
        flash(gettext("The match is back on the list."), "good")
    return back(vacancy_id, candidate_id)


@bp.post("/vacancies/<uuid:vacancy_id>/suggest")
@requires(Permission.MATCH_SUGGEST)
def suggest(vacancy_id: UUID) -> ResponseReturnValue:
    vacancy = vacancies.get(vacancy_id, viewer=current_user)
    form = SuggestForm()
    if form.validate_on_submit():
        matching.suggest(form.code.data or "", vacancy, by=current_user)
        flash(gettext("Suggested. It waits for the case officer; you do not learn who that is."), "good")
    return redirect(url_for(".for_vacancy", vacancy_id=vacancy_id))


@bp.get("/suggestions")
@requires(Permission.CANDIDATE_KEEP)
def suggestions() -> ResponseReturnValue:
    """What liaisons have suggested to this officer and waits for an answer."""
    return pages.render("matching/suggestions.html", lines=matching.open_suggestions(current_user))
