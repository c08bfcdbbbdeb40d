from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField

from portal.core.forms import Form
from portal.matching.rules import DISMISSALS


class DismissForm(Form):
    """The pair is in the address (officer's own candidate and a vacancy)."""

    reason = SelectField(_l("Why is this not a match?"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [("", gettext("Choose a reason"))] + [
            (code, gettext(label)) for code, label in DISMISSALS.items()
        ]


class RestoreForm(Form):
    pass


class SuggestForm(Form):
    """`code` is the one of this list; it stands in the post, never in an address."""

    code = HiddenField()
