"""The second person: card, recipients, field names and consent facts; never the identity, never whose caseload."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.core import pages
from portal.core.access import Permission, requires
from portal.core.errors import N_, RuleBroken
from portal.core.forms import Form
from portal.introductions import company_side, drafting, queries, releases, words
from portal.introductions.blueprint import bp
from portal.introductions.models import Introduction

FIELD_NAMES = {
    "name:chosen": N_("The name they use"),
    "name:legal": N_("The name in their papers"),
    "contact:phone": N_("A telephone number"),
    "contact:email": N_("An e-mail address"),
    "contact:officer": N_("The case officer, as the way to reach them"),
    "may_work": N_("May work: yes"),
}


@bp.route("/introductions/<uuid:introduction_id>/release", methods=["GET", "POST"])
@requires(Permission.INTRODUCTION_RELEASE)
def release(introduction_id: UUID) -> ResponseReturnValue:
    introduction = queries.get_to_release(introduction_id, current_user, lock=request.method == "POST")
    form = Form()
    if form.validate_on_submit():
        try:
            releases.release(introduction, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Released. The named recipients have news."), "good")
            return redirect(url_for(".index"))
    return _page(introduction, form)


def _page(introduction: Introduction, form: Form) -> str:
    """The gates are asked when the button is pressed; here only who may press it, and until when."""
    entry = queries.entries([introduction])[0]
    latest = {each.kind: each for each in reversed(releases.consents_to(introduction))}
    return pages.render(
        "introductions/release.html", form=form, introduction=introduction, entry=entry,
        card=words.card_shown(introduction, entry.vacancy_title),
        readers=company_side.reader_accounts(introduction.id, released=True),
        card_consent=latest.get(drafting.CARD), release_consent=latest.get(drafting.RELEASE),
        field_names=FIELD_NAMES, obstacle=_obstacle(introduction), words=words,
    )  # fmt: skip


def _obstacle(introduction: Introduction) -> str:
    try:
        releases.check_person_and_time(introduction, current_user)
    except RuleBroken as refusal:
        return _(refusal.message, **refusal.params)
    return ""
