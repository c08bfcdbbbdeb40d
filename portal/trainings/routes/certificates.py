"""A certificate: the holder's own page, its PDF and the way onto a member's account, and the public check."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from portal.core import files, languages, pages
from portal.core.access import Permission, allows, public, requires
from portal.core.db import transaction
from portal.core.errors import N_, RuleBroken
from portal.events import limits
from portal.events.forms import ButtonForm
from portal.trainings import certificates, claiming, pdf
from portal.trainings import services as trainings
from portal.trainings.blueprint import bp
from portal.trainings.forms import ShowNameForm
from portal.trainings.models import Completion
from portal.trainings.routes.catalogue import viewer

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
        **claim_of(completion, shown.is_valid),
    )


def claim_of(completion: Completion, is_valid: bool) -> dict[str, object]:
    """What the page says of the reader's account: a member may add it or hears why not; a visitor is led to sign in."""
    reader = viewer()
    if reader is None:
        return {"may_sign_in": is_valid and claiming.holder_id(completion) is None}
    if not is_valid or not allows(reader, Permission.COMPLETION_CLAIM):
        return {}
    return {"claim_form": ButtonForm(formdata=None), "why_not": claiming.why_not(completion, reader.id)}


@bp.route("/certificates/<token>/claim", methods=["GET", "POST"])
@requires(Permission.COMPLETION_CLAIM)
def claim(token: str) -> ResponseReturnValue:
    """The holder, signed in, adds it to their account; who comes here by signing in finds the button."""
    completion, training = certificates.by_token(token)
    form = ButtonForm()
    if form.validate_on_submit():
        try:
            trainings.claim(completion, by=current_user)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("The certificate is on your account, and the training counts for your company."), "good")
            return redirect(url_for("trainings.own_certificate", token=token))
    return pages.render(
        "trainings/claim.html",
        form=form,
        certificate=certificates.in_words(completion, training, languages.current(), with_name=True),
        why_not=claiming.why_not(completion, current_user.id),
        token=token,
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
