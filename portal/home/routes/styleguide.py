"""Every part of the portal in every state, for those who write pages and those who judge them."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, FieldList, StringField, TextAreaField

from portal.core import edge, pages
from portal.core.access import Permission, requires
from portal.core.errors import N_
from portal.core.fields import CentsField, DayField, OneOf, OneOfRadios, Ticks, WholeField, offer
from portal.core.forms import Form, NotPast, Optional, Required
from portal.home.blueprint import bp

SHIFTS = {"day": N_("Daytime"), "evening": N_("Evenings"), "night": N_("Nights")}
REFUSED = {
    "title": "", "email": "aino", "description": "x" * 5001, "pay": "a lot", "posts": "-1", "starts_on": "1.1.2020",
    "place": "nowhere", "contract": "", "shifts": "noon", "sites-0": "",
}  # fmt: skip


class SampleForm(Form):
    """One field of each kind."""

    title = StringField(_l("Title"), [Required(N_("Write a title"))], description=_l("As it stands on the list."))
    email = EmailField(_l("E-mail address"), [Required(N_("Write an e-mail address"))])
    description = TextAreaField(_l("Description"), [Optional()])
    pay = CentsField(_l("Pay, from"))
    posts = WholeField(_l("Posts"))
    starts_on = DayField(_l("First day"), [NotPast()])
    place = OneOf(_l("Municipality"))
    contract = OneOfRadios(_l("Contract"), [Required(N_("Choose the kind of contract"))])
    shifts = Ticks(_l("Shifts"))
    sites = FieldList(
        StringField(_l("Site"), [Required(N_("Write the site, or remove the row"))]), _l("Sites"), min_entries=1
    )
    agreed = BooleanField(_l("The terms have been read"), [Required(N_("Tick this when you have read the terms"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place.choices = offer({"092": N_("Vantaa"), "091": N_("Helsinki")}, blank=N_("Choose"))
        self.contract.choices = offer({"permanent": N_("Until further notice"), "fixed_term": N_("For a fixed term")})
        self.shifts.choices = offer(SHIFTS)


@bp.route("/styleguide", methods=["GET", "POST"])
@requires(Permission.STYLEGUIDE_READ)
def styleguide() -> ResponseReturnValue:
    """Both forms may be sent; nothing comes of it."""
    edge.refuse_silently()
    prefix = "refused-"
    typed = MultiDict({f"{prefix}{name}": value for name, value in REFUSED.items()})
    form = SampleForm(formdata=typed, prefix=prefix, meta={"csrf": False})
    form.validate()
    return pages.render("styleguide/show.html", form=form, sample=SampleForm(formdata=None))
