"""The summary letter of a training that was held, for the company's responsibility report."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.core import languages, pages
from portal.core.access import Permission, requires
from portal.events import words as event_words
from portal.trainings.requests import letters, services, words
from portal.trainings.requests.blueprint import bp
from portal.trainings.requests.forms import NamesForm
from portal.trainings.requests.models import TrainingRequest


@bp.route("/trainings/requests/<uuid:request_id>/letter")
@requires(Permission.COMPANY_OWN)
def letter(request_id: UUID) -> ResponseReturnValue:
    """In the language of the page; the company has it in all three."""
    request = services.get_own(request_id, current_user)
    return pages.render("requests/letter.html", **of_request(request))


@bp.route("/trainings/requests/<uuid:request_id>/letter/sent")
@requires(Permission.EVENT_MANAGE)
def letter_given(request_id: UUID) -> ResponseReturnValue:
    """The same letter, for those who sign it."""
    request = services.get(request_id)
    return pages.render("requests/letter_given.html", **of_request(request))


@bp.route("/trainings/requests/<uuid:request_id>/letter/names", methods=["GET", "POST"])
@requires(Permission.COMPANY_OWN)
def letter_names(request_id: UUID) -> ResponseReturnValue:
    """The names that the company wants in the letter."""
    request = services.get_own(request_id, current_user)
    written = letters.of(request, languages.current())  # there is none before the training was held
    form = NamesForm(obj=request)
    if form.validate_on_submit():
        letters.name_participants(request, form.participant_names.data or "")
        flash(_("The letter is saved."), "good")
        return redirect(url_for("requests.letter", request_id=request.id))
    return pages.render("requests/letter_names.html", form=form, request=request, letter=written)


def of_request(request: TrainingRequest) -> dict[str, Any]:
    written = letters.of(request, languages.current())
    others = [(code, label) for code, label in languages.LANGUAGES.items() if code != languages.current()]
    return {
        "request": request,
        "letter": written,
        "others": others,
        "lines": words.lines,
        "marked": event_words.marked,
        "language_name": event_words.language_name,
    }
