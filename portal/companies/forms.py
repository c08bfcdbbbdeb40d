"""The forms of companies. Rules that need more than the field itself stand in `rules`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from markupsafe import escape
from wtforms import (  # type: ignore[attr-defined]  # SelectChoice is newer than its stubs
    BooleanField,
    EmailField,
    Field,
    HiddenField,
    SelectChoice,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.widgets import Select

from portal.accounts.rules import check_email
from portal.companies import rules, texts
from portal.companies.models import Company
from portal.core.access import Role
from portal.core.errors import N_, RuleBroken
from portal.core.fields import DayField, OneOf, OneOfRadios, Ticks, offer
from portal.core.forms import Form, Longest, NotPast, Optional, Required, Said, shown
from portal.core.languages import LANGUAGES, current
from portal.vocabulary import services as vocabulary

REASON = 300  # what an entry of the audit trail holds
MOST_TEXT = 20000
ROLES = {Role.OWNER: N_("Owner: edits the company, invites colleagues, signs"), Role.RECRUITER: N_("Recruiter")}


def said(field: Field) -> str:
    """What a text field or a choice holds, '' when it was left out."""
    return str(field.data or "")


class Keeps:
    """The field keeps what the rule makes of it; the rule's refusal stands beside it."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        self.rule = rule

    def __call__(self, form: Any, field: Field) -> None:
        try:
            field.data = self.rule(field.data or "")
        except RuleBroken as refusal:
            raise Said(refusal.message, **refusal.params) from None


class BusinessIdForm(Form):
    business_id = StringField(
        _l("Business ID"), [Required(N_("Write the Business ID")), Keeps(rules.valid_business_id)]
    )


class LongList(OneOf):
    """A list of hundreds of terms, whose labels are in the page's language already; written out without detours."""

    class Plain(Select):
        @classmethod
        def render_option(cls, choice: Any, **kwargs: Any) -> str:  # type: ignore[override]  # newer than its stubs
            mark = " selected" if choice.selected else ""
            return f'<option{mark} value="{escape(choice.value)}">{escape(choice.label)}</option>'

    widget = Plain()

    def offer(self, terms: Iterable[tuple[str, str]], blank: str) -> None:
        """`terms` are (code, label); `blank` is the marked label of "nothing chosen"."""
        self.choices = [SelectChoice("", gettext(blank)), *(SelectChoice(code, label) for code, label in terms)]


class CompanyForm(Form):
    name = StringField(_l("Name of the company"), [Required(N_("Write the name of the company"))])
    industry = LongList(_l("Industry"), [Required(N_("Choose the industry"))])
    municipality = LongList(_l("Municipality"), [Required(N_("Choose the municipality"))])
    contact_name = StringField(_l("Contact person"), [Required(N_("Write the contact person's name"))])
    contact_email = EmailField(_l("E-mail"), [Required(N_("Write your e-mail address")), Keeps(check_email)])
    phone = TelField(_l("Telephone"), [Optional(), Keeps(rules.valid_phone)])
    website = StringField(_l("Website"), [Optional(), Keeps(rules.valid_website)])
    language = OneOfRadios(_l("Language of our messages"), [Required(N_("Choose the language"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.industry.offer(vocabulary.options("industry"), N_("Choose the industry"))
        self.municipality.offer(vocabulary.options("municipality"), N_("Choose the municipality"))
        self.language.choices = offer(LANGUAGES)

    @property
    def details(self) -> dict[str, str]:
        """What was written, by the names of the company's columns."""
        names = ("name", "industry", "municipality", "contact_name", "contact_email", "phone", "website", "language")
        return {name: said(self[name]) for name in names}


class EditForm(CompanyForm):
    """`saved` is what the company last wrote: what waits for a liaison's check stands in place of what holds."""

    def __init__(self, company: Company, saved: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, obj=company, **kwargs)
        self.saved = saved
        if not self.is_submitted():
            for name, value in saved.items():
                self[name].data = value

    def check_current(self) -> bool:
        if super().check_current():
            return True
        self.stale_rows = [
            (str(field.label.text), in_words(self.saved[name]), in_words(field.data))
            for name, field in ((name, self[name]) for name in self.details)
            if self.saved[name] != field.data and (in_words := getattr(field, "shown", shown))
        ]
        return False


class RegisterForm(BusinessIdForm, CompanyForm):
    """What a visitor writes; the choices are public, so nothing here asks who is asking.

    The language of our messages follows the page's when that is switched, unless another one was chosen.
    """

    page_language = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_submitted() or self.language.data == self.page_language.data:
            self.language.data = current()
        self.page_language.data = current()


class ConfirmForm(Form):
    """One button: the link in the mail acts only when it is pressed."""


class RemoveForm(Form):
    """The tick is shown, and asked for, when something ends with the account."""

    read = BooleanField(_l("I have read what the company loses"))


class InviteForm(Form):
    display_name = StringField(_l("Name"), [Required(N_("Write your colleague's name"))])
    email = EmailField(_l("E-mail"), [Required(N_("Write your colleague's e-mail address")), Keeps(check_email)])
    role = OneOfRadios(_l("Role"), [Required(N_("Choose the role"))])
    language = OneOfRadios(_l("Language of our messages"), [Required(N_("Choose the language"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.role.choices = offer(ROLES)
        self.language.choices = offer(LANGUAGES)


class DocumentForm(Form):
    kind = OneOf(_l("What it shows"), [Required(N_("Choose what the document shows"))])
    file = FileField(_l("Document"), [Required(N_("Choose the file"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = offer(texts.EVIDENCE, blank=N_("Choose one"))


class SignForm(Form):
    number = HiddenField()
    read = BooleanField(_l("I have read the commitment and sign it for the company"), [Required(N_("Tick the box"))])


class PublishForm(Form):
    """`after` is the number of the newest version when the form was opened."""

    after = HiddenField()
    text_fi = TextAreaField(_l("Text in Finnish"), [Required(N_("Write the text in Finnish")), Longest(MOST_TEXT)])
    text_sv = TextAreaField(_l("Text in Swedish"), [Required(N_("Write the text in Swedish")), Longest(MOST_TEXT)])
    text_en = TextAreaField(_l("Text in English"), [Required(N_("Write the text in English")), Longest(MOST_TEXT)])
    in_force_from = DayField(
        _l("In force from"), [Required(N_("Write the first day, for example 3.12.2026")), NotPast()]
    )

    @property
    def written(self) -> dict[str, str]:
        return {"fi": said(self.text_fi), "sv": said(self.text_sv), "en": said(self.text_en)}


class AnswerForm(Form):
    answer = TextAreaField(_l("Your answer"), [Required(N_("Write your answer"))])


class RightForm(Form):
    kind = OneOfRadios(_l("How it was shown"), [Required(N_("Choose how it was shown"))])
    note = StringField(_l("What you saw"), [Required(N_("Write what you saw and when"))])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = offer(texts.RIGHT)


class EvidenceForm(Form):
    kinds = Ticks(_l("What it shows"), [Required(N_("Choose what the document shows"))])
    seen_on = DayField(
        _l("Day of the document"), [Required(N_("Write the day on the document, for example 3.12.2026"))]
    )
    valid_until = DayField(_l("Holds until"), [Optional()])
    note = StringField(_l("Note"), [Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds.choices = offer(texts.EVIDENCE)


class TurnDownForm(Form):
    answer = StringField(_l("What is wrong with it"), [Required(N_("Write what is wrong and what to send instead"))])


class HearingForm(Form):
    reasons = TextAreaField(_l("What may follow, and why"), [Required(N_("Write the reasons"))])
    answer_by = DayField(
        _l("Last day to answer"), [Required(N_("Write the last day to answer, for example 3.12.2026")), NotPast()]
    )


class DecisionForm(Form):
    decision = OneOfRadios(_l("Decision"), [Required(N_("Choose the decision"))])
    reasons = TextAreaField(_l("Reasons"), [Required(N_("Write the reasons"))])

    def __init__(self, kind: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcomes = (texts.CARRIED_OUT, texts.DROPPED)
        self.decision.choices = offer([(outcome, texts.DECISION[kind, outcome]) for outcome in outcomes])


class ReasonForm(Form):
    reason = TextAreaField(_l("Reason"), [Required(N_("Write the reason")), Longest(REASON)])


class ChangeForm(Form):
    reason = TextAreaField(_l("Reason"), [Optional(), Longest(REASON)])


class HandOverForm(Form):
    liaison = OneOf(_l("Liaison"), [Required(N_("Choose the liaison"))])


class PersonForm(Form):
    name = StringField(_l("Name"), [Required(N_("Write the name"))])
    position = StringField(_l("Position"), [Optional()])
