"""A certificate: the holder's own page and its PDF, and the public check."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import files, languages, pages
from portal.core.access import public
from portal.core.db import transaction
from portal.core.errors import N_, RuleBroken
from portal.events import limits
from portal.trainings import certificates, pdf
from portal.trainings import services as trainings
from portal.trainings.blueprint import bp
from portal.trainings.forms import ShowNameForm

WRONG_CODES_AN_HOUR = 20


@bp.route("/certificates")
@public
def certificate() -> ResponseReturnValue:
    """The check, by `?code=`. Wrong codes are counted by network, so that nobody tries them all."""
    written, network = request.args.get("code", "")[:40].strip(), request.remote_addr or ""
    if not written:
        return pages.render("trainings/check.html", written="", unknown=False)
    tried = limits.reserve("certificate", network, WRONG_CODES_AN_HOUR)
    if tried is None:
        abort(429)
    found = trainings.find_by_code(written)
    if found is None:
        return pages.render("trainings/check.html", written=written, unknown=True, has_errors=True)
    completion, training = found
    with transaction():
        limits.forgive(tried)
    shown = certificates.in_words(completion, training, languages.current(), with_name=completion.shows_name)
    return pages.render("trainings/certificate.html", certificate=shown)


@bp.route("/certificates/<token>", methods=["GET", "POST"])
@public
def own_certificate(token: str) -> ResponseReturnValue:
    """The holder's own page. Whoever has the link has the certificate; the button alone changes anything."""
    completion, training = certificates.by_token(token)
    form = ShowNameForm(completion)
    if form.validate_on_submit():
        certificates.show_name(completion, bool(form.shows_name.data))
        said = _("The check page shows your name.") if completion.shows_name else _("The check page shows no name.")
        flash(said, "good")
        return redirect(url_for("trainings.own_certificate", token=token))
    shown = certificates.in_words(completion, training, languages.current(), with_name=True)
    return pages.render(
        "trainings/own_certificate.html",
        form=form,
        certificate=shown,
        training=training,
        token=token,
        picture=certificates.picture(shown.check_url, _("QR code that leads to the check of this certificate")),
        has_pdf=pdf.is_available(),
        own_languages=pdf.NAMES,
    )


@bp.route("/certificates/<token>/certificate.pdf")
@public
def certificate_file(token: str) -> ResponseReturnValue:
    """The certificate as a tagged PDF, in the language of the address."""
    completion, training = certificates.by_token(token)
    if not pdf.is_available():
        raise RuleBroken(N_("A PDF cannot be made here. Print the certificate from its page instead."))
    language = languages.current()
    shown = certificates.in_words(completion, training, language, with_name=True)
    response = Response(pdf.make(shown, language), content_type="application/pdf")
    response.headers["Content-Disposition"] = files.disposition(f"{pdf.FILE_NAMES[language]}-{shown.code}.pdf")
    return response
