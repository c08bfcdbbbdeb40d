"""Versions of the commitment: a liaison reads them, writes the next one, looks at it as it will be read, publishes."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import services as accounts
from portal.companies import commitments, texts
from portal.companies.blueprint import bp
from portal.companies.forms import PublishForm, said
from portal.core import clock, edge, languages, pages, settings
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken
from portal.core.languages import LANGUAGES


@bp.get("/companies/commitment")
@requires(Permission.COMPANY_READ)
def commitment_versions() -> ResponseReturnValue:
    found = commitments.versions()
    in_force = commitments.numbers(clock.today()).in_force
    return pages.render(
        "companies/commitment_versions.html",
        versions=found,
        in_force=in_force,
        today=clock.today(),
        signed=commitments.signatures_by_version(),
        names=accounts.names({each.published_by_id for each in found}),
    )


@bp.get("/companies/commitment/<uuid:version_id>")
@requires(Permission.COMPANY_READ)
def commitment_version(version_id: UUID) -> ResponseReturnValue:
    version = commitments.version(version_id)
    return pages.render(
        "companies/commitment_version.html", version=version, shown=_shown(commitments.texts_of(version))
    )


@bp.route("/companies/commitment/new", methods=["GET", "POST"])
@requires(Permission.COMPANY_VET)
def publish_commitment() -> ResponseReturnValue:
    """Two steps on one page: look at the text as companies will read it, then publish."""
    newest = commitments.find_newest()
    number = newest.number if newest else 0
    day = clock.today() + timedelta(days=settings.number(texts.NOTICE_DAYS))
    form = PublishForm(after=number, in_force_from=day, **(commitments.fields_of(newest) if newest else {}))
    looked = False
    if form.is_submitted() and form.pressed != "publish" and "switch_language" not in request.form:
        looked = form.validate()
        edge.refuse_silently() if looked else edge.refuse()
    elif form.validate_on_submit():
        try:
            _publish(form)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Published. The owners of the companies that sign anew have news to read."), "good")
            return redirect(url_for(".commitment_versions"))
    return pages.render(
        "companies/publish_commitment.html",
        form=form,
        number=number + 1,
        shown=_shown(form.written) if looked else (),
        companies=commitments.to_sign_anew(number + 1),
        at_once=form.in_force_from.data == clock.today(),
    )


def _publish(form: PublishForm) -> None:
    after = said(form.after)
    commitments.publish(
        said(form.text_fi),
        said(form.text_sv),
        said(form.text_en),
        form.in_force_from.data,
        after=int(after) if after.isdecimal() else -1,
        by=current_user,
    )


def _shown(written: dict[str, str]) -> list[tuple[str, str, object]]:
    """(code, name, text as HTML) of each language, that of the page first."""
    first = languages.current()
    codes = sorted(LANGUAGES, key=lambda code: code != first)
    return [(code, LANGUAGES[code], commitments.html_of(written[code])) for code in codes]
