"""A language of the sheets: which one, and a field for each line that the sheets have today."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField

from portal.core.errors import N_, RuleBroken
from portal.core.forms import Form, Longest, Required, complain
from portal.sheets import rules
from portal.sheets import services as sheets

TRANSLATOR = _l("Who translates")
TRANSLATOR_HINT = _l("A person or a company. It stands here for your colleagues, not on the sheets.")


class AddForm(Form):
    code = SelectField(_l("Language"), [Required(N_("Choose a language"))], validate_choice=False)
    translator = StringField(TRANSLATOR, [Required(N_("Write who translates"))], description=TRANSLATOR_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code.choices = [("", gettext("Choose a language")), *sheets.choices()]


class LinesForm(Form):
    """Made anew for the lines of today: a line changed by an upgrade is another field."""

    translator = StringField(TRANSLATOR, [Required(N_("Write who translates"))], description=TRANSLATOR_HINT)
    sources: Mapping[str, str] = {}

    @property
    def lines(self) -> dict[str, str]:
        return {source: self[name].data or "" for name, source in self.sources.items()}

    def validate(self, extra_validators: Any = None) -> bool:
        sound = super().validate(extra_validators)
        for name, source in self.sources.items():
            try:
                rules.check_line(source, self[name].data or source)
            except RuleBroken as refusal:
                complain(self[name], refusal.message, **refusal.params)
                sound = False
        return sound


def lines_form(sources: Iterable[str]) -> type[LinesForm]:
    named = {f"line_{hashlib.sha256(source.encode()).hexdigest()[:12]}": source for source in sources}
    fields = {name: TextAreaField(source, [Longest(1000)]) for name, source in named.items()}
    return type("TodaysLinesForm", (LinesForm,), {**fields, "sources": named})
