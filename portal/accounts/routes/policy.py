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
from portal.core.errors import N_, RuleBroken

OTHER = N_("Other")
GROUPS = {
    N_("Accounts and signing in"): ("account", "session"),
    N_("Companies"): ("registration", "evidence", "hearing", "company"),
    N_("Candidates"): ("candidates",),
    N_("Introductions"): ("introductions",),
    N_("Trainings and events"): ("trainings", "events"),
}


def grouped() -> list[tuple[str, list[policy.Declared]]]:
    """The settings under (marked) titles, by the first word of their keys; what no group knows comes last."""
    title_of = {prefix: title for title, prefixes in GROUPS.items() for prefix in prefixes}
    found: dict[str, list[policy.Declared]] = {title: [] for title in (*GROUPS, OTHER)}
    for each in policy.declared.values():
        found[title_of.get(each.key.split(".")[0], OTHER)].append(each)
    return [(title, group) for title, group in found.items() if group]


@bp.route("/settings", methods=["GET", "POST"])
@requires(Permission.SETTINGS_MANAGE)
def settings() -> ResponseReturnValue:
    groups = grouped()
    declared = [each for _title, group in groups for each in group]
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
    return pages.render("accounts/settings.html", form=form, groups=groups, warnings=warnings)
