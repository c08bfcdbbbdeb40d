"""The form of an event's texts in one language."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, StringField, TextAreaField

from portal.core.errors import N_
from portal.core.forms import Form, Longest, Optional, Said
from portal.events import rules
from portal.events.models import Event


class TextsForm(Form):
    """What is said of an event in one language."""

    title = StringField(_l("Title"), [Longest(150)])
    summary = TextAreaField(_l("Summary"), [])
    programme = TextAreaField(_l("Programme"), [Optional()], description=_l("One line for each part."))
    speakers = TextAreaField(_l("Speakers"), [Optional()], description=_l("One line for each."))
    organisers = TextAreaField(_l("Organisers"), [Optional()], description=_l("One line for each."))
    partners = TextAreaField(_l("Partners"), [Optional()], description=_l("One line for each."))
    accessibility = TextAreaField(
        _l("More on accessibility"), [Optional()], description=_l("For example how to find the lift.")
    )

    def __init__(self, event: Event, language: str, **kwargs: Any) -> None:
        texts = {part: getattr(event, f"{part}_{language}") for part in rules.PARTS}
        super().__init__(obj=SimpleNamespace(version=event.version, **texts), **kwargs)
        self.is_finnish = language == "fi"
        for field in self:
            if field.short_name in ("title", "summary"):
                field.flags.optional = not self.is_finnish

    def validate_title(self, field: Field) -> None:
        if self.is_finnish and not field.data:
            raise Said(N_("Write the title in Finnish"))

    def validate_summary(self, field: Field) -> None:
        if self.is_finnish and not field.data:
            raise Said(N_("Write a summary in Finnish"))

    @property
    def texts(self) -> dict[str, str]:
        return {part: getattr(self, part).data or "" for part in rules.PARTS}
