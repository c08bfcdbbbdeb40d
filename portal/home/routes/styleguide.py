"""Every part of the portal in every state, for those who write pages and those who judge them."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, FieldList, FormField, PasswordField, StringField, TelField, TextAreaField

from portal.core import access, edge, pages
from portal.core.access import Permission, public, requires
from portal.core.errors import N_
from portal.core.fields import CentsField, DayField, OneOf, OneOfRadios, Ticks, WholeField, offer
from portal.core.forms import Form, Longest, NotPast, Optional, Required
from portal.core.registry import registry
from portal.events.event_forms import WallField
from portal.home.blueprint import bp
from portal.vocabulary import services as vocabulary
from portal.vocabulary.fields import SkillRowForm, TermField, TermRows

SHIFTS = {"day": N_("Daytime"), "evening": N_("Evenings"), "night": N_("Nights")}
FILLED: dict[str, Any] = {
    "title": "Siivooja, aamuvuorot", "posts": 2, "pay": 1250, "starts_on": date(2030, 1, 7), "starts_at": time(9, 0),
    "email": "aino@kuuralinna.example", "phone": "040 000 0000", "password": "", "place": "092",
    "contract": "permanent", "shifts": ["day", "evening"], "agreed": True, "description": "Toimistojen siivousta.",
}  # fmt: skip
REFUSED = {
    "title": "", "posts": "-1", "pay": "a lot", "starts_on": "1.1.2020", "starts_at": "25", "email": "", "phone": "",
    "password": "", "place": "nowhere", "contract": "", "shifts": "noon", "description": "x" * 5001,
    "occupation": "sivooja", "skills-0-code": "sivous", "skills-0-level": "2", "sites-0": "",
}  # fmt: skip


class SampleForm(Form):
    """One field of each kind that a page uses."""

    title = StringField(_l("Title"), [Required(N_("Write a title"))], description=_l("As it stands on the list."))
    posts = WholeField(_l("Posts"))
    pay = CentsField(_l("Pay, from"))
    starts_on = DayField(_l("First day"), [NotPast()])
    starts_at = WallField(_l("Begins at"))
    email = EmailField(_l("E-mail address"), [Required(N_("Write an e-mail address"))])
    phone = TelField(_l("Telephone"), [Required(N_("Write a telephone number"))])
    password = PasswordField(_l("Password"), [Required(N_("Write your password"))])
    place = OneOf(_l("Municipality"))
    contract = OneOfRadios(_l("Contract"), [Required(N_("Choose the kind of contract"))])
    shifts = Ticks(_l("Shifts"))
    agreed = BooleanField(_l("The terms have been read"), [Required(N_("Tick this when you have read the terms"))])
    description = TextAreaField(_l("Description"), [Optional(), Longest(300)])
    document = FileField(_l("Document"), [Required(N_("Choose the file"))])
    occupation = TermField(_l("Occupation"), [Required(N_("Write the occupation"))], kind="occupation")
    skills = TermRows(FormField(SkillRowForm), _l("Skills"), min_entries=1)
    sites = FieldList(
        StringField(_l("Site"), [Required(N_("Write the site, or remove the row"))]), _l("Sites"), min_entries=1
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place.choices = offer({"092": N_("Vantaa"), "091": N_("Helsinki")}, blank=N_("Choose"))
        self.contract.choices = offer({"permanent": N_("Until further notice"), "fixed_term": N_("For a fixed term")})
        self.shifts.choices = offer(SHIFTS)


def menus() -> list[tuple[str, list[str]]]:
    """What stands in the main menu: the visitor's, then each role's."""
    items = sorted((item for feature in registry for item in feature.navigation), key=lambda item: item.order)
    found = [(gettext("visitor"), [gettext(item.label) for item in items if item.permission is None])]
    for role, label in pages.ROLE_LABELS.items():
        allowed = access.POLICY[role]
        found.append((gettext(label), [gettext(item.label) for item in items if item.permission in allowed]))
    return found


@bp.route("/styleguide", methods=["GET", "POST"])
@requires(Permission.STYLEGUIDE_READ)
def styleguide() -> ResponseReturnValue:
    """The forms may be sent; nothing comes of it."""
    edge.refuse_silently()
    prefix = "refused-"
    typed = MultiDict({f"{prefix}{name}": value for name, value in REFUSED.items()})
    form = SampleForm(formdata=typed, prefix=prefix, meta={"csrf": False})
    form.validate()
    filled = SampleForm(formdata=None, prefix="filled-", meta={"csrf": False}, data=FILLED)
    filled.occupation.data = vocabulary.search_occupations("siivooja")[0][0]
    sample = SampleForm(formdata=None)
    return pages.render("styleguide/show.html", form=form, sample=sample, filled=filled, menus=menus())


@bp.record_once
def _open_at_home(state: BlueprintSetupState) -> None:
    """On a developer's machine anybody may look; elsewhere staff."""
    at_home = state.app.extensions["config"].environment == "development"
    (public if at_home else requires(Permission.STYLEGUIDE_READ))(styleguide)
