"""The company's forms, one a step. A draft may be incomplete, so nearly everything is optional here; what is missing
is said on the last step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField, StringField, TextAreaField
from wtforms import Form as PlainForm

from portal.accounts.models import Account
from portal.core.errors import N_
from portal.core.fields import CentsField, DayField, OneOf, OneOfRadios, Ticks, WholeField, offer
from portal.core.forms import Between, Form, Longest, NotPast, Optional, Required, Said
from portal.vacancies import words
from portal.vacancies.fields import AskedLater, ClientRowForm, ClientRows, NeedField, YesNoField
from portal.vacancies.readings import Point
from portal.vocabulary import services as vocabulary
from portal.vocabulary.fields import LanguageRowForm, SkillRowForm, TermField, TermRows

MOST_POSTS, MOST_WEEK, MOST_MONTHS = 99, 80, 60
PAY_BOUNDS = {"hour": (100, 20_000), "month": (10_000, 2_000_000)}  # cents; outside them somebody slipped
LONGEST_DESCRIPTION, LONGEST_ANSWER = 5000, 2000


class JobForm(Form):
    title = StringField(
        _l("Title"), [Required(N_("Write the title")), Longest(120)], description=_l("As you would say it to a friend.")
    )
    occupation = TermField(
        _l("Occupation"), [AskedLater()], kind="occupation",
        description=_l("Write a word in any language; we propose its usual skills on the next step."),
    )  # fmt: skip
    description = TextAreaField(
        _l("What the work is"), [AskedLater(), Longest(LONGEST_DESCRIPTION)], render_kw={"rows": 8},
        description=_l("Tasks, place, team, and who helps in the beginning. Leave out who you imagine doing it."),
    )  # fmt: skip
    posts = WholeField(_l("How many people you look for"), [Required(N_("Write how many")), Between(1, MOST_POSTS)])


class AskedLanguageForm(LanguageRowForm):
    must = NeedField(_l("Need"), default=False)


class DemandsForm(Form):
    essential_skills = TermRows(
        FormField(SkillRowForm), _l("Essential skills"), min_entries=1,
        description=_l(
            "Only what a person must know on the first day. Three to five is usual; everything else can be learned at "
            "work. A licence or a card needs no level."
        ),
    )  # fmt: skip
    optional_skills = TermRows(
        FormField(SkillRowForm), _l("Good to have"), min_entries=1,
        description=_l("These help, but nobody is left out for lacking them."),
    )  # fmt: skip
    languages = TermRows(
        FormField(AskedLanguageForm), _l("Languages"), min_entries=1, kind="language",
        description=_l("Choose “must” only if the work cannot be done or learned safely without it."),
    )  # fmt: skip


class HoursForm(Form):
    municipality = TermField(_l("Municipality"), [AskedLater()], kind="municipality")
    work_site = StringField(
        _l("Workplace"), [Optional(), Longest(200)], description=_l("The address, or where the work moves.")
    )
    bands = Ticks(_l("When the work is done"), [AskedLater()])
    hours_min = WholeField(_l("Hours a week, at least"), [AskedLater(), Between(0, MOST_WEEK)])
    hours_max = WholeField(_l("Hours a week, at most"), [AskedLater(), Between(1, MOST_WEEK)])
    contract = OneOfRadios(_l("Contract"), [AskedLater()])
    contract_months = WholeField(
        _l("Length of a fixed term, in months"), [Optional(), Between(1, MOST_MONTHS)],
        description=_l("Only for a fixed term."),
    )  # fmt: skip
    starts_on = DayField(_l("First day at work"), [AskedLater(), NotPast()])
    last_day = DayField(
        _l("Open until"), [AskedLater(), NotPast()], description=_l("After this day the vacancy closes by itself.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bands.choices = offer(vocabulary.BANDS)
        self.contract.choices = offer(words.CONTRACTS)

    def validate_hours_max(self, field: WholeField) -> None:
        if field.data is not None and self.hours_min.data is not None and field.data < self.hours_min.data:
            raise Said(N_("The most hours are fewer than the least. Write a higher number."))


class PayForm(Form):
    pay_from_cents = CentsField(_l("Pay, from"), [AskedLater()])
    pay_to_cents = CentsField(_l("Pay, to"), [Optional()], description=_l("Leave empty if it is the same."))
    pay_unit = OneOfRadios(_l("The pay is"), [Required(N_("Choose an hour or a month"))])
    agreement = OneOf(_l("Collective agreement"), [AskedLater()])
    other_agreement = StringField(
        _l("Another agreement, or what the terms rest on"), [Optional(), Longest(200)],
        description=_l("Only if yours is not on the list."),
    )  # fmt: skip
    housing = OneOfRadios(_l("Housing"), [Required(N_("Choose how the person lives"))])
    deductions = Ticks(_l("What you deduct from the pay"), [Optional()])
    equipment = OneOfRadios(
        _l("Tools, work clothes and protective equipment"), [Required(N_("Choose who provides it"))]
    )
    chain = OneOfRadios(_l("How the work is arranged"), [Required(N_("Choose how the work is arranged"))])
    for_client = YesNoField(
        _l("Does the work have a client?"), [AskedLater()],
        description=_l("Yes, if you lease the person out or work for a client: cleaning in somebody’s shop, say."),
    )  # fmt: skip
    clients = ClientRows(
        FormField(ClientRowForm), _l("Whom the work is done for"), min_entries=1, max_entries=10,
        description=_l(
            "Only if you answered yes. Once the vacancy is published this cannot change: work for another client is "
            "another vacancy."
        ),
    )  # fmt: skip
    fees = BooleanField(_l("The person pays a fee or a deposit, to us or to somebody else"))
    cash_pay = BooleanField(_l("We pay in cash"))
    live_in = BooleanField(_l("The person lives where they work"))
    remote_site = BooleanField(_l("The workplace cannot be reached without a car or a lift"))
    keeps_documents = BooleanField(_l("We keep the person’s passport, permit or bank card"))

    def __init__(self, *args: Any, obj: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, obj=obj, **kwargs)
        self.pay_unit.choices = offer(words.PAY_UNITS)
        agreements = [*words.AGREEMENTS.items(), (words.OTHER_AGREEMENT, N_("Another agreement"))]
        self.agreement.choices = offer(agreements, blank=N_("Choose the agreement"))
        self.housing.choices = offer(words.HOUSING)
        self.deductions.choices = offer(words.DEDUCTIONS)
        self.equipment.choices = offer(words.EQUIPMENT)
        self.chain.choices = offer(words.CHAIN)
        if not self.is_submitted() and obj is not None and obj.agreement and obj.agreement not in words.AGREEMENTS:
            self.agreement.data, self.other_agreement.data = words.OTHER_AGREEMENT, obj.agreement

    @property
    def works_for_client(self) -> bool | None:
        return {"yes": True, "no": False}.get(str(self.for_client.data))

    @property
    def named_agreement(self) -> str:
        """What is stored: a code of the list, or the name that was written."""
        chosen = self.agreement.data or ""
        return (self.other_agreement.data or "") if chosen in ("", words.OTHER_AGREEMENT) else chosen

    def validate_agreement(self, field: OneOf) -> None:
        if field.data == words.OTHER_AGREEMENT and not self.other_agreement.data:
            raise Said(N_("Write the name of the other agreement below."))

    def validate_for_client(self, field: YesNoField) -> None:
        if field.data == "no" and (self.chain.data or "own") != "own":
            raise Said(N_("You lease the person out or work as a subcontractor. Answer yes, and name the client."))
        if field.data == "no" and self.clients.data:
            raise Said(N_("You named a client below. Answer yes, or take the client away."))

    def validate_pay_from_cents(self, field: CentsField) -> None:
        self._check_bounds(field)

    def validate_pay_to_cents(self, field: CentsField) -> None:
        self._check_bounds(field)
        if field.data is not None and self.pay_from_cents.data is not None and field.data < self.pay_from_cents.data:
            raise Said(N_("The highest pay is below the lowest. Write a higher sum."))

    def _check_bounds(self, field: CentsField) -> None:
        bounds = PAY_BOUNDS.get(str(self.pay_unit.data))
        if field.data is not None and bounds and not bounds[0] <= field.data <= bounds[1]:
            raise Said(
                N_("Write a sum from %(least)s to %(most)s €, or choose the other unit."),
                least=bounds[0] // 100, most=bounds[1] // 100,
            )  # fmt: skip


class RecipientsForm(Form):
    """Boxes for the members of today; `data` are account ids."""

    recipients = Ticks(
        _l("Who reads the cards"), [AskedLater()], coerce=str,
        description=_l("Only these people see a card. A liaison confirms each of them with you first."),
    )  # fmt: skip

    def __init__(self, *args: Any, members: list[Account], chosen: set[UUID], **kwargs: Any) -> None:
        super().__init__(*args, data={"recipients": sorted(str(each) for each in chosen)}, **kwargs)
        self.recipients.choices = offer([(str(member.id), member.display_name) for member in members])

    @property
    def chosen_ids(self) -> list[UUID]:
        return [UUID(each) for each in self.recipients.data or ()]


class CheckForm(RecipientsForm):
    public = BooleanField(
        _l("Show this vacancy on the public list too"),
        description=_l("Otherwise only our staff see it. Your company’s name stands beside it."),
    )


class ActForm(Form):
    """A page of verbs: one button each."""


class AnswerRow(PlainForm):
    rule = HiddenField()
    fingerprint = HiddenField()
    answer = TextAreaField(_l("Your answer"), [AskedLater(), Longest(LONGEST_ANSWER)])


class AnswersForm(Form):
    """One row for each point; an answer left empty says nothing."""

    points = FieldList(FormField(AnswerRow), _l("Point"))

    def __init__(self, *args: Any, points: list[Point], **kwargs: Any) -> None:
        rows = [
            {"rule": p.flag.rule.code, "fingerprint": p.flag.fingerprint, "answer": p.row.answer if p.row else ""}
            for p in points
        ]
        super().__init__(*args, data={"points": rows}, **kwargs)


def prefilled(form: DemandsForm, usual: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> None:
    """Add the occupation's usual skills that are not among the rows yet; nothing is saved."""
    present = {row["code"] for row in (*form.essential_skills.data, *form.optional_skills.data)}
    for rows, proposed in zip((form.essential_skills, form.optional_skills), usual, strict=True):
        kept = [*rows.data, *(row for row in proposed if row["code"] not in present)]
        while rows.entries:
            rows.pop_entry()
        rows.last_index = -1
        for row in kept[: rows.max_entries]:
            rows.append_entry(row)
