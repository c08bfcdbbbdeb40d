"""The forms of trainings and certificates."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, StringField

from portal.core.errors import N_
from portal.core.fields import WholeField
from portal.core.forms import Between, Form, Longest, Required, Said
from portal.trainings.services import Written


def is_training_code(form: Any, field: Field) -> None:
    if not re.fullmatch(r"[a-z0-9-]{2,40}", field.data or ""):
        raise Said(N_("Use small letters a–z, digits and hyphens, for example fair-recruitment."))


class TrainingForm(Form):
    code = StringField(
        _l("Code"),
        [Required(N_("Write a code for the training")), is_training_code],
        description=_l("A short name for records, for example fair-recruitment."),
    )
    title_fi = StringField(_l("Title in Finnish"), [Required(N_("Write the title in Finnish")), Longest(150)])
    title_sv = StringField(_l("Title in Swedish"), [Required(N_("Write the title in Swedish")), Longest(150)])
    title_en = StringField(_l("Title in English"), [Required(N_("Write the title in English")), Longest(150)])
    valid_months = WholeField(
        _l("A completion is valid for, months"), [Required(N_("Write the number of months")), Between(1, 120)]
    )
    required = BooleanField(
        _l("A responsible employer needs it"),
        description=_l("Companies without a completion lose their standing the moment this is saved."),
    )
    retired = BooleanField(_l("No longer offered"))

    def written(self) -> Written:
        return Written(
            code=self.code.data or "",
            title_fi=self.title_fi.data or "",
            title_sv=self.title_sv.data or "",
            title_en=self.title_en.data or "",
            required=bool(self.required.data),
            valid_months=self.valid_months.data,
            retired=bool(self.retired.data),
        )


class ButtonForm(Form):
    """A page whose only input is the button pressed."""


class RevokeForm(Form):
    reason = StringField(
        _l("Why is it revoked?"),
        [Required(N_("Write why the certificate is revoked")), Longest(300)],
        description=_l("One sentence, for our records; it is not shown on the certificate."),
    )


class ClaimForm(Form):
    code = StringField(
        _l("Certificate code"),
        [Required(N_("Write the code of the certificate")), Longest(40)],
        description=_l("Ten letters and digits, for example ACDEF-34679. It stands in the mail with the certificate."),
    )
