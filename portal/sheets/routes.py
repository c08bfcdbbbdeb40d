"""The languages of the sheets, as case officers and administrators keep them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.accounts import services as accounts
from portal.core import languages, pages
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken
from portal.core.forms import Form
from portal.sheets import services as sheets
from portal.sheets import texts
from portal.sheets.forms import AddForm, LinesForm, lines_form
from portal.sheets.models import SheetLanguage

bp = Blueprint("sheets", __name__, url_prefix="/sheet-languages")


@bp.route("/", methods=["GET", "POST"])
@requires(Permission.SHEET_TRANSLATE)
def index() -> ResponseReturnValue:
    form = AddForm()
    if form.validate_on_submit():
        try:
            language = sheets.add(form.code.data, form.translator.data or "", by=current_user.id)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".write", language_id=language.id))
    return pages.render(
        "sheets/index.html", form=form, kept=sheets.all_languages(), sheets=sheets, count=len(texts.everything())
    )


@bp.route("/<uuid:language_id>", methods=["GET", "POST"])
@requires(Permission.SHEET_TRANSLATE)
def write(language_id: UUID) -> ResponseReturnValue:
    """Each line with the Finnish one beside it."""
    language = sheets.get(language_id, to_change=request.method == "POST")
    form = lines_of(language)
    if form.validate_on_submit():
        try:
            sheets.write(language, form.translator.data or "", form.lines, by=current_user.id)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved. It is printed once a colleague has checked it."), "good")
            return redirect(url_for(".write", language_id=language.id))
    return pages.render("sheets/write.html", form=form, **shown(language))


@bp.post("/<uuid:language_id>/check")
@requires(Permission.SHEET_TRANSLATE)
def check(language_id: UUID) -> ResponseReturnValue:
    """Two buttons: it is right, or take it out of use."""
    language = sheets.get(language_id, to_change=True)
    plain = Form(obj=language)
    if plain.validate_on_submit():
        try:
            if plain.pressed == "take_out":
                sheets.take_out(language)
            else:
                sheets.check(language, by=current_user.id)
        except RuleBroken as refusal:
            plain.refuse(refusal)
        else:
            flash(_("In use from now on.") if language.checked_at else _("Out of use. Its lines stay here."), "good")
            return redirect(url_for(".write", language_id=language.id))
    form = lines_of(language, formdata=None)
    form.version.data = str(language.version)
    return pages.render("sheets/write.html", form=form, **shown(language) | {"plain": plain, "refused": plain})


def lines_of(language: SheetLanguage, **how: Any) -> LinesForm:
    known = {line.source: line.text for line in language.lines}
    kind = lines_form(texts.everything())
    return kind(obj=language, data={name: known.get(source, "") for name, source in kind.sources.items()}, **how)


def shown(language: SheetLanguage) -> dict[str, object]:
    with languages.speaking("fi"):
        finnish = {text: _(text) for text in texts.everything()}
    names = accounts.names({each for each in (language.written_by_id, language.checked_by_id) if each})
    return {
        "language": language, "name": sheets.name_of(language.code), "direction": sheets.direction(language.code),
        "finnish": finnish, "missing": sheets.missing(language), "names": names, "plain": Form(obj=language),
        "is_writer": language.written_by_id == current_user.id,
    }  # fmt: skip
