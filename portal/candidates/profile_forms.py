"""Profile and safety: rows of terms from the vocabulary."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, StringField, TextAreaField
from wtforms import Form as PlainForm

from portal.core.errors import N_
from portal.core.fields import DayField, OneOfRadios, Ticks, WholeField, offer
from portal.core.forms import Form, Longest, Optional, Required
from portal.vocabulary import services as vocabulary
from portal.vocabulary.fields import LanguageRowForm, SkillRowForm, TermField, TermRows


class OccupationRowForm(PlainForm):
    code = TermField(_l("Work"), kind="occupation")


class MunicipalityRowForm(PlainForm):
    code = TermField(_l("Municipality"), kind="municipality")


class SectorRowForm(PlainForm):
    code = TermField(_l("Sector"), kind="industry")


class PersonRowForm(PlainForm):
    code = StringField(_l("Name"), validators=[Longest(100)])


class PersonRows(TermRows):
    """Names, not terms, of persons or companies: they show as they were written."""

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


class OutsideRowForm(PlainForm):
    code = StringField(_l("Business ID or name"), validators=[Longest(100)])


class SafetyForm(Form):
    companies = Ticks(_l("Blocked companies"), validators=[Optional()])
    groups = Ticks(_l("Blocked owner groups"), validators=[Optional()])
    find = StringField(
        _l("Find a company"), validators=[Optional(), Longest(100)],
        description=_l("By name or Business ID. Tick it in the list, then save."),
    )  # fmt: skip
    outside = PersonRows(
        FormField(OutsideRowForm), _l("Blocked companies that are not here"), max_entries=20,
        description=_l(
            "Kept away if the company registers, or if work is done for it: an agency’s client, for example. A "
            "Business ID is surest; names are compared loosely."
        ),
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
            leave_blank(self.outside, 1)
            leave_blank(self.persons, 1)
            leave_blank(self.sectors, 1)
