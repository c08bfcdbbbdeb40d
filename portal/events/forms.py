"""The sign-up form, an attendee's own page, and the list of those who were there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import (
    BooleanField,
    EmailField,
    Field,
    StringField,
    TextAreaField,
)

from portal.accounts.rules import check_email
from portal.companies import services as companies
from portal.core.errors import N_, RuleBroken
from portal.core.fields import OneOf, OneOfRadios, SelectChoice, Ticks, offer
from portal.core.forms import Form, Longest, Optional, Required, Said
from portal.events import attendance, newsletter, question_fields, rules
from portal.events.models import SignUp
from portal.events.sign_up_models import Question
from portal.events.sign_ups import Details

OWN_LANGUAGES = {
    "fi": Markup('<span lang="fi">Suomi</span>'),
    "sv": Markup('<span lang="sv">Svenska</span>'),
    "en": Markup('<span lang="en">English</span>'),
}


def is_email(form: Any, field: Field) -> None:
    try:
        field.data = check_email(field.data or "")
    except RuleBroken as refusal:
        raise Said(refusal.message) from None


def is_business_id(form: Any, field: Field) -> None:
    try:
        field.data = companies.valid_business_id(field.data or "")
    except RuleBroken as refusal:
        raise Said(refusal.message, **refusal.params) from None


class PersonForm(Form):
    """What a person tells of themselves. The questions of the event follow by `questioning`."""

    name = StringField(_l("Name"), [Required(N_("Write your name")), Longest(120)])
    email = EmailField(
        _l("E-mail"),
        [Required(N_("Write your e-mail address")), is_email],
        description=_l("We send the link that confirms your seat to this address."),
    )
    organisation = StringField(_l("Organisation"), [Optional(), Longest(200)])
    business_id = StringField(
        _l("Business ID"),
        [Optional(), is_business_id],
        description=_l("With it the training can count for your company. For example 0012345-7."),
    )
    attendee_role = OneOf(_l("Your role"), [Required(N_("Choose your role"))])
    language = OneOfRadios(_l("In which language do we write to you?"), [Required(N_("Choose a language"))])
    needs = TextAreaField(
        _l("What do you need to take part?"),
        [Optional(), Longest(1000)],
        description=_l("For example captions or sign language interpreting."),
    )
    diet = TextAreaField(
        _l("Diet and allergies"),
        [Optional(), Longest(500)],
        description=_l("For example gluten-free or vegan."),
    )
    questions: tuple[Question, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attendee_role.choices = offer(rules.ATTENDEE_ROLES, blank=N_("Choose"))
        self.language.choices = [SelectChoice(code, name) for code, name in OWN_LANGUAGES.items()]
        for question in self.questions:
            question_fields.offer_options(question, self.asked(question))

    def asked(self, question: Question) -> Any:
        """The field of one question."""
        return self[question_fields.name_of(question)]

    def details(self) -> Details:
        return Details(
            name=self.name.data or "",
            email=(self.email.data if self.email else None) or "",
            language=self.language.data,
            organisation=self.organisation.data or "",
            business_id=self.business_id.data or "",
            attendee_role=self.attendee_role.data,
            needs=self.needs.data or "",
            diet=(self.diet.data if self.diet else None) or "",
            answers={question.id: self.asked(question).data or "" for question in self.questions},
        )


class SignUpForm(PersonForm):
    newsletter = BooleanField(_l(newsletter.WORDS), description=_l("You confirm it apart, and can end it at any time."))

    def details(self) -> Details:
        return replace(super().details(), newsletter=bool(self.newsletter.data))


class ChangeForm(PersonForm):
    """The same on one's own page. The address stays: it is what was confirmed."""

    email = None  # type: ignore[assignment]  # how a form drops a field


def questioning(form: type[PersonForm], questions: Sequence[Question], with_diet: bool) -> type[PersonForm]:
    """The form with the questions of one event; without the diet where nothing is eaten."""
    fields: dict[str, Any] = {question_fields.name_of(row): question_fields.make(row) for row in questions}
    dropped = {} if with_diet else {"diet": None}
    return type(form.__name__, (form,), {**fields, **dropped, "questions": tuple(questions)})


class ButtonForm(Form):
    """A page whose only input is the button pressed."""


class AttendanceForm(Form):
    present = Ticks(_l("Who was there"))

    def __init__(self, people: list[SignUp], **kwargs: Any) -> None:
        super().__init__(data={"present": [str(each.id) for each in people if attendance.is_seen(each)]}, **kwargs)
        self.present.choices = [SelectChoice(str(each.id), each.name) for each in people]

    def ids(self, people: list[SignUp]) -> set[UUID]:
        """Those ticked; all of them with the button for all."""
        if self.pressed == "all":
            return {each.id for each in people}
        return {UUID(value) for value in self.present.data or ()}
