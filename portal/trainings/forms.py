"""The forms of trainings and certificates."""

from __future__ import annotations

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, StringField, TextAreaField

from portal.core.errors import N_
from portal.core.fields import Ticks, WholeField, offer
from portal.core.forms import Between, Form, Longest, Optional, Required, Said
from portal.events.rules import LANGUAGE_NAMES
from portal.trainings import catalogue, rules
from portal.trainings.models import Completion, Training, TrainingVersion
from portal.trainings.services import Written


def is_training_code(form: Any, field: Field) -> None:
    if not re.fullmatch(r"[a-z0-9-]{2,40}", field.data or ""):
        raise Said(N_("Use small letters a–z, digits and hyphens, for example fair-recruitment."))


def is_certificate_code(form: Any, field: Field) -> None:
    """Of the right shape; whether there is such a certificate is not said here."""
    if not rules.is_code(rules.plain_code(field.data or "")):
        raise Said(N_("A code has ten letters and digits, such as ACDEF-34679. Check it on the certificate."))


class Teaches(Form):
    """What a version of a training teaches, in three languages."""

    teaches_fi = TextAreaField(
        _l("What it teaches, in Finnish"),
        [Required(N_("Write in Finnish what the training teaches"))],
        description=_l("One line for each thing, for example “What a vacancy must say”."),
    )
    teaches_sv = TextAreaField(_l("What it teaches, in Swedish"), [Optional()])
    teaches_en = TextAreaField(_l("What it teaches, in English"), [Optional()])

    def teaches(self) -> dict[str, str]:
        return {name: self._fields[name].data or "" for name in catalogue.TEACHES}


class TrainingForm(Teaches):
    code = StringField(
        _l("Code"),
        [Required(N_("Write a code for the training")), is_training_code],
        description=_l("A short name for records, for example fair-recruitment."),
    )
    title_fi = StringField(_l("Title in Finnish"), [Required(N_("Write the title in Finnish")), Longest(150)])
    title_sv = StringField(_l("Title in Swedish"), [Required(N_("Write the title in Swedish")), Longest(150)])
    title_en = StringField(_l("Title in English"), [Required(N_("Write the title in English")), Longest(150)])
    audience_fi = StringField(_l("For whom, in Finnish"), [Optional(), Longest(200)])
    audience_sv = StringField(_l("For whom, in Swedish"), [Optional(), Longest(200)])
    audience_en = StringField(_l("For whom, in English"), [Optional(), Longest(200)])
    languages = Ticks(_l("Languages it is held in"), [Required(N_("Choose at least one language"))])
    duration_minutes = WholeField(_l("It takes, minutes"), [Optional(), Between(5, 6000)])
    valid_months = WholeField(
        _l("A completion is valid for, months"), [Required(N_("Write the number of months")), Between(1, 120)]
    )
    retired = BooleanField(
        _l("No longer offered"), description=_l("Completions stay valid; the catalogue lists it no more.")
    )

    def __init__(
        self, *args: Any, obj: Training | None = None, taught: TrainingVersion | None = None, **kwargs: Any
    ) -> None:
        known = {name: getattr(taught, name) for name in catalogue.TEACHES} if taught else {}
        if obj is not None:
            known["languages"] = obj.languages.split()
        super().__init__(*args, obj=obj, data=known or {"valid_months": 24, "languages": ["fi"]}, **kwargs)
        if obj is not None and not self.is_submitted():
            self.languages.data = obj.languages.split()
        self.languages.choices = offer(LANGUAGE_NAMES)

    def written(self) -> Written:
        return Written(
            code=self.code.data or "",
            texts={name: self._fields[name].data or "" for name in catalogue.TEXTS},
            teaches=self.teaches(),
            valid_months=self.valid_months.data,
            languages=tuple(self.languages.data or ()),
            duration_minutes=self.duration_minutes.data,
            retired=bool(self.retired.data),
        )


class RenewForm(Teaches):
    """A new version of the content: what is taught from now on, and what changed."""

    note_fi = StringField(_l("What changed, in Finnish"), [Required(N_("Write in Finnish what changed")), Longest(300)])
    note_sv = StringField(_l("What changed, in Swedish"), [Optional(), Longest(300)])
    note_en = StringField(_l("What changed, in English"), [Optional(), Longest(300)])

    def notes(self) -> dict[str, str]:
        return {name: self._fields[name].data or "" for name in catalogue.NOTES}


class ShowNameForm(Form):
    shows_name = BooleanField(
        _l("Show my name on the check page"),
        description=_l("Then whoever has the code sees whose certificate it is. Else they see the training only."),
    )

    def __init__(self, completion: Completion, **kwargs: Any) -> None:
        super().__init__(data={"shows_name": completion.shows_name}, **kwargs)


class RevokeForm(Form):
    reason = StringField(
        _l("Why is it revoked?"),
        [Required(N_("Write why the certificate is revoked")), Longest(300)],
        description=_l("One sentence, for our records; it is not shown on the certificate."),
    )


class CodeForm(Form):
    code = StringField(
        _l("Certificate code"),
        [Required(N_("Write the code of the certificate")), Longest(40), is_certificate_code],
        description=_l("Ten letters and digits, for example ACDEF-34679. It stands on the certificate."),
    )
