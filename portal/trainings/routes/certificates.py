"""The public check of a certificate."""

from __future__ import annotations

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from portal.core import clock, languages, outbox, pages
from portal.core.access import public
from portal.core.db import transaction
from portal.events import limits
from portal.trainings import rules
from portal.trainings import services as trainings
from portal.trainings.blueprint import bp

WRONG_CODES_AN_HOUR = 20


@bp.route("/certificates")
@public
def certificate() -> ResponseReturnValue:
    """By `?code=`. Wrong codes are counted by network, so that nobody tries them all."""
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
    return pages.render(
        "trainings/certificate.html",
        completion=completion,
        title=training.title(languages.current()),
        code=rules.shown_code(completion.certificate_code),
        address=outbox.site().url(url_for("trainings.certificate")),
        is_valid=completion.revoked_at is None and clock.today() <= completion.valid_until,
    )
