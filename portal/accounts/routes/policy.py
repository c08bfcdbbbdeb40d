"""The settings page: every number that the code declares, with its bounds."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.blueprint import bp
from portal.accounts.forms import settings_form
from portal.core import pages
from portal.core import settings as policy
from portal.core.access import Permission, requires
from portal.core.errors import RuleBroken


@bp.route("/settings", methods=["GET", "POST"])
@requires(Permission.SETTINGS_MANAGE)
def settings() -> ResponseReturnValue:
    declared = [policy.declared[key] for key in sorted(policy.declared)]
    form = settings_form(declared)(data={each.key: policy.number(each.key) for each in declared})
    if form.validate_on_submit():
        try:
            for each in declared:
                policy.change(each.key, form[each.key].data)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved. The new values hold from now on."), "good")
            return redirect(url_for(".settings"))
    warnings = [sentence for warn in policy.warnings for sentence in warn()]
    return pages.render("accounts/settings.html", form=form, declared=declared, warnings=warnings)
