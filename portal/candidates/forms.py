"""The forms of a candidate's file."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField

from portal.candidates import words
from portal.companies.rules import valid_phone
from portal.core import clock
from portal.core.errors import N_, RuleBroken
from portal.core.fields import DayField, OneOf, OneOfRadios, offer
from portal.core.forms import Form, Longest, Optional, Required, Said
from portal.vocabulary.fields import LanguageField


class ProgrammeForm(Form):
    programme = OneOfRadios(_l("Programme"), validators=[Required(N_("Choose the programme."))])

    def __init__(self, programmes: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.programme.choices = offer([(str(each), name) for each, name in programmes])
        if not self.is_submitted() and len(self.programme.choices) == 1:
            self.programme.data = self.programme.choices[0].value


class LookForm(Form):
    reason = OneOfRadios(
        _l("Why do you need them now?"),
        validators=[Required(N_("Choose why you need them."))],
        description=_l("Your name, the reason and the time are kept. The details hide again after ten minutes."),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason.choices = offer(words.LOOK_REASONS)


class HideForm(Form):
    """One button."""


class SearchForm(Form):
    name = StringField(
        _l("Name"),
        validators=[Required(N_("Write a name, or a part of one")), Longest(100)],
        description=_l("The names of your own files are opened for the search, and that is kept."),
    )

    def ready_again(self) -> None:
        """The page with the hits searches anew: a second name is no repeat of the first."""
        self.once.data = secrets.token_urlsafe(16)


class IdentityForm(Form):
    legal_name = StringField(_l("Name, as in the register"), validators=[Required(N_("Write the name."))])
    chosen_name = StringField(
        _l("Name to be called by"), validators=[Optional()], description=_l("If it is another than the one above.")
    )
    birth_date = DayField(_l("Date of birth"), validators=[Optional()])
    phone = StringField(_l("Telephone"), validators=[Optional()])
    email = StringField(_l("E-mail"), validators=[Optional()])
    address = TextAreaField(_l("Address"), validators=[Optional(), Longest(300)])
    gender = OneOf(_l("Gender"), validators=[Optional()], description=_l("Only for the funder's figures."))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.gender.choices = offer(words.GENDERS)

    def validate_birth_date(self, field: DayField) -> None:
        if field.data and not clock.today().year - 110 <= field.data.year <= clock.today().year - 14:
            raise Said(N_("Check the year. The person is between 14 and 110 years old."))

    def validate_phone(self, field: StringField) -> None:
        try:
            field.data = valid_phone(str(field.data))
        except RuleBroken as refusal:
            raise Said(refusal.message, **refusal.params) from None

    def validate_email(self, field: StringField) -> None:
        try:
            field.data = validate_email(str(field.data), check_deliverability=False).normalized
        except EmailNotValidError:
            raise Said(N_("Write the address in full, for example name@example.fi.")) from None


class NewForm(ProgrammeForm, IdentityForm):
    """The first step of a file: in which programme, and who it is about."""


class ConsentForm(Form):
    kind = OneOfRadios(_l("Consent to"), validators=[Required(N_("Choose what was asked."))])
    answer = OneOfRadios(_l("Answer"), validators=[Required(N_("Choose what the candidate answered."))])
    how = OneOfRadios(_l("How"), validators=[Required(N_("Choose how the answer was given."))])
    language = LanguageField(_l("In which language"), validators=[Required(N_("Write the language."))])
    interpreter = BooleanField(_l("With an interpreter"))
    until = DayField(_l("Until"), validators=[Required(N_("Choose the last day."))])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind.choices = offer(words.OWN_CONSENTS)
        self.answer.choices = offer(words.ANSWERS)
        self.how.choices = offer(words.HOW)


class WithdrawForm(Form):
    """One button: taking back needs no reason."""


class StatusForm(Form):
    to = OneOfRadios(_l("The file becomes"), validators=[Required(N_("Choose the state."))])
    reason = OneOf(_l("Why it closes"), validators=[Optional()], description=_l("Only when the file closes."))

    def __init__(self, possible: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.to.choices = offer([(each, words.STATUSES[each]) for each in possible])
        self.reason.choices = offer(words.CLOSE_REASONS, blank=N_("Choose a reason"))


class NoteForm(Form):
    text = TextAreaField(_l("A new note"), validators=[Required(N_("Write the note.")), Longest(3000)])
