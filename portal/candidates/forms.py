"""The forms of a candidate's file."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, StringField, TextAreaField
from wtforms import Form as PlainForm

from portal.accounts.models import Account
from portal.candidates import words
from portal.companies.rules import valid_phone
from portal.core import clock
from portal.core.errors import N_, RuleBroken
from portal.core.fields import DayField, OneOf, OneOfRadios, Ticks, WholeField, offer
from portal.core.forms import Form, Longest, Optional, Required, Said
from portal.vocabulary import services as vocabulary
from portal.vocabulary.fields import LanguageField, LanguageRowForm, SkillRowForm, TermField, TermRows

REASON = 200
NO_NAMES = _l("Write no names: the reason stays in the audit trail.")


class Sentence(StringField):
    """One line in somebody's own words, for the audit trail."""

    def __init__(self, label: Any, message: str, **kwargs: Any) -> None:
        super().__init__(label, validators=[Required(message), Longest(REASON)], **{"description": NO_NAMES, **kwargs})


class NewForm(Form):
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


class ContactForm(Form):
    channel = OneOfRadios(
        _l("How may we reach you?"), validators=[Required(N_("Choose how the person may be reached."))]
    )
    hours = StringField(
        _l("When"), validators=[Required(N_("Write when, for example weekdays 10–14."))],
        description=_l("Days and hours when it is safe, for example weekdays 10–14."),
    )  # fmt: skip
    language = LanguageField(_l("In which language"), validators=[Required(N_("Write the language."))])
    words = TextAreaField(
        _l("What you say when somebody else answers"), validators=[Optional(), Longest(300)],
        description=_l("The words agreed together, and how you introduce yourself."),
    )  # fmt: skip
    may_leave_message = BooleanField(_l("A voice message may be left"))
    non_disclosure = BooleanField(
        _l("A non-disclosure order for personal safety is in force"),
        description=_l("Address and telephone then never leave this file; companies reach the person through you."),
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.channel.choices = offer(words.CHANNELS)


class OccupationRowForm(PlainForm):
    code = TermField(_l("Work"), kind="occupation")


class MunicipalityRowForm(PlainForm):
    code = TermField(_l("Municipality"), kind="municipality")


class SectorRowForm(PlainForm):
    code = TermField(_l("Sector"), kind="industry")


class PersonRowForm(PlainForm):
    code = StringField(_l("Name"), validators=[Longest(100)])


class PersonRows(TermRows):
    """Names, not terms: they show as they were written."""

    def row_in_words(self, row: dict[str, Any]) -> str:
        return str(row["code"])


class ProfileForm(Form):
    skills = TermRows(FormField(SkillRowForm), _l("Skills"), kind="skill", max_entries=40)
    languages = TermRows(FormField(LanguageRowForm), _l("Languages"), kind="language", max_entries=12)
    occupations = TermRows(
        FormField(OccupationRowForm), _l("Work wished for"), kind="occupation", max_entries=5,
        description=_l("The best first."),
    )  # fmt: skip
    municipality = TermField(_l("Lives in"), kind="municipality", validators=[Optional()])
    reach_municipalities = TermRows(
        FormField(MunicipalityRowForm), _l("Can also work in"), kind="municipality", max_entries=20
    )
    reach_regions = Ticks(_l("Or anywhere in these regions"), validators=[Optional()])
    bands = Ticks(_l("When"), validators=[Optional()])
    hours_min = WholeField(_l("Hours a week, at least"), validators=[Required(N_("Write the least hours a week."))])
    hours_max = WholeField(_l("Hours a week, at most"), validators=[Required(N_("Write the most hours a week."))])
    available_from = DayField(_l("Can start on"), validators=[Optional()])
    may_work = OneOfRadios(_l("Has the right to work in Finland"), validators=[Required(N_("Choose yes or no."))])
    eligible_until = DayField(
        _l("Right to work until"), validators=[Optional()], description=_l("Leave empty when no end is known.")
    )
    read_through = BooleanField(_l("We read the whole profile through together today"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reach_regions.choices = offer(vocabulary.options("region"))
        self.bands.choices = offer(vocabulary.BANDS)
        self.may_work.choices = offer({"yes": N_("Yes"), "no": N_("No")})
        if not self.is_submitted():
            for rows, blanks in ((self.skills, 8), (self.languages, 3), (self.occupations, 2)):
                leave_blank(rows, blanks)
            leave_blank(self.reach_municipalities, 2)


def leave_blank(rows: FieldList, wanted: int) -> None:
    """Blank rows to begin with, so that writing a whole profile needs no extra page; one more than there is."""
    while len(rows.entries) < (rows.max_entries or 99):
        if len(rows.entries) >= wanted and not rows.entries[-1].data.get("code"):
            return
        rows.append_entry()


class SafetyForm(Form):
    companies = Ticks(_l("Blocked companies"), validators=[Optional()])
    groups = Ticks(_l("Blocked owner groups"), validators=[Optional()])
    find = StringField(
        _l("Find a company"), validators=[Optional(), Longest(100)],
        description=_l("By name or Business ID. Tick it in the list, then save."),
    )  # fmt: skip
    persons = PersonRows(
        FormField(PersonRowForm), _l("Blocked persons"), max_entries=20,
        description=_l("Any company with such a name behind it is kept away; spelling is compared loosely."),
    )  # fmt: skip
    sectors = TermRows(FormField(SectorRowForm), _l("Sectors kept away"), kind="industry", max_entries=20)
    notes = TextAreaField(_l("Notes on safety"), validators=[Optional(), Longest(3000)])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.companies.choices, self.groups.choices = [], []
        if not self.is_submitted():
            leave_blank(self.persons, 1)
            leave_blank(self.sectors, 1)


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


class HandOverForm(Form):
    to = OneOfRadios(_l("New case officer"), validators=[Required(N_("Choose who takes the file over."))])
    reason = Sentence(_l("Reason"), N_("Write why the file changes hands."))

    def __init__(self, officers: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.to.choices = offer([(str(each.id), each.display_name) for each in officers])


class DeputyForm(Form):
    deputy = OneOf(_l("Deputy"), validators=[Required(N_("Choose who stands in for you."))])
    starts_on = DayField(_l("From"), validators=[Required(N_("Choose the first day."))])
    ends_on = DayField(_l("To"), validators=[Required(N_("Choose the last day."))])

    def __init__(self, officers: Iterable[Account], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.deputy.choices = offer([(str(each.id), each.display_name) for each in officers], blank=N_("Choose"))


class EndDeputyForm(Form):
    """One button."""


class GlassForm(Form):
    case_number = StringField(
        _l("Case number"), validators=[Required(N_("Write the case number, for example R5-TK.")), Longest(20)]
    )
    why = OneOfRadios(_l("Why do you need this file?"), validators=[Required(N_("Choose why you need the file."))])
    reason = Sentence(_l("In your own words"), N_("Write in your own words why you need the file."))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.why.choices = offer(words.GLASS_REASONS)


class WholeFileForm(Form):
    """One button: open everything that is held."""


class AskErasureForm(Form):
    asked_on = DayField(_l("Asked on"), validators=[Required(N_("Choose the day when the candidate asked."))])


class EraseForm(Form):
    case_number = StringField(
        _l("Case number"), validators=[Required(N_("Write the case number of this file.")), Longest(20)],
        description=_l("Write it again, to be sure that this is the right file."),
    )  # fmt: skip


class RefuseErasureForm(Form):
    reasons = TextAreaField(
        _l("Why the file cannot be erased now"), validators=[Required(N_("Write why the file cannot be erased now.")),
        Longest(1000)], description=_l("The candidate gets this in writing. Write no names."),
    )  # fmt: skip
    refused_until = DayField(
        _l("Can be erased from"), validators=[Required(N_("Choose the day when the file can be erased."))]
    )
