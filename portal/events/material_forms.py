"""The form in which a recording or a material is added and changed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import StringField

from portal.core.errors import N_
from portal.core.fields import OneOf, OneOfRadios, offer
from portal.core.forms import Form, Longest, Optional, Required
from portal.events import choices, sealed
from portal.events.event_forms import is_web_address
from portal.events.materials import Written
from portal.events.models import Material

KEPT = ("version", "kind", "open_to", "title_fi", "title_sv", "title_en")


class MaterialForm(Form):
    kind = OneOf(_l("Kind"), [Required(N_("Choose what it is"))])
    title_fi = StringField(_l("Name in Finnish"), [Required(N_("Write the name in Finnish")), Longest(150)])
    title_sv = StringField(_l("Name in Swedish"), [Optional(), Longest(150)])
    title_en = StringField(_l("Name in English"), [Optional(), Longest(150)])
    link = StringField(_l("Link"), [Optional(), is_web_address])
    file = FileField(_l("Or a file from your device"), [Optional()])
    open_to = OneOfRadios(_l("Who may open it"), [Required(N_("Choose who may open it"))])

    def __init__(self, obj: Material | None = None, **kwargs: Any) -> None:
        row = (
            SimpleNamespace(**{name: getattr(obj, name) for name in KEPT}, link=sealed.material_link(obj))
            if obj
            else None
        )
        super().__init__(obj=row, data=None if obj else {"open_to": "attended"}, **kwargs)
        self.kind.choices = offer(choices.MATERIAL_KINDS, blank=N_("Choose"))
        self.open_to.choices = offer(choices.OPEN_TO)

    @property
    def written(self) -> Written:
        return Written(
            kind=self.kind.data,
            open_to=self.open_to.data,
            title_fi=self.title_fi.data or "",
            title_sv=self.title_sv.data or "",
            title_en=self.title_en.data or "",
            link=self.link.data or "",
            file=self.file.data or None,
        )
