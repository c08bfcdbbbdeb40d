"""The form in which a question of an event is written, and the one in which a member names colleagues."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, FieldList, FormField, StringField, TextAreaField
from wtforms import Form as PlainForm

from portal.core import languages
from portal.core.errors import N_
from portal.core.fields import OneOf, OneOfRadios, SelectChoice, WholeField, offer
from portal.core.forms import Between, Form, Longest, Optional, Required, complain, tidy
from portal.events import colleagues, question_rules
from portal.events.colleagues import Named
from portal.events.forms import OWN_LANGUAGES, is_email
from portal.events.questions import Wording
from portal.events.sign_up_models import Question, QuestionKind

KINDS = {
    QuestionKind.TEXT: N_("Text in own words"),
    QuestionKind.CHOICE: N_("One of several choices"),
    QuestionKind.CHOICES: N_("Any number of several choices"),
}


class QuestionForm(Form):
    text_fi = StringField(_l("Question in Finnish"), [Required(N_("Write the question in Finnish")), Longest(200)])
    text_sv = StringField(_l("Question in Swedish"), [Optional(), Longest(200)])
    text_en = StringField(_l("Question in English"), [Optional(), Longest(200)])
    kind = OneOfRadios(_l("How is it answered?"), [Required(N_("Choose how it is answered"))])
    options_fi = TextAreaField(
        _l("Choices in Finnish"), [Optional()], description=_l("One on each line. Only where something is chosen.")
    )
    options_sv = TextAreaField(
        _l("Choices in Swedish"), [Optional()], description=_l("A line for each, in the order of the Finnish ones.")
    )
    options_en = TextAreaField(
        _l("Choices in English"), [Optional()], description=_l("A line for each, in the order of the Finnish ones.")
    )
    required = BooleanField(_l("It must be answered"))
    kept_days = WholeField(
        _l("Answers are deleted, days after the event"),
        [Required(N_("Write the number of days")), Between(0, question_rules.LONGEST_KEPT_DAYS)],
        description=_l("As few as you can do with. The sign-up form says it beside the question."),
    )

    def __init__(self, *args: Any, obj: Question | None = None, **kwargs: Any) -> None:
        lines = {f"options_{code}": lines_of(obj, code) for code in ("fi", "sv", "en")} if obj else {}
        super().__init__(*args, obj=obj, data={"kept_days": 30, "kind": QuestionKind.TEXT, **lines}, **kwargs)
        self.kind.choices = offer(KINDS)

    def wording(self) -> Wording:
        """Raises `RuleBroken` for choices that do not fit together."""
        texts = [getattr(self, f"options_{code}").data or "" for code in ("fi", "sv", "en")]
        return Wording(
            kind=self.kind.data,
            text_fi=self.text_fi.data or "",
            text_sv=self.text_sv.data or "",
            text_en=self.text_en.data or "",
            options=question_rules.read_options(*texts) if self.kind.data != QuestionKind.TEXT else [],
            required=bool(self.required.data),
            kept_days=self.kept_days.data,
        )


def lines_of(question: Question, language: str) -> str:
    texts = [str(option.get(language, "")) for option in question.offered()]
    return "\n".join(texts) if any(texts) else ""


class ColleagueRow(PlainForm):
    name = StringField(_l("Name"), [Required(N_("Write the name")), Longest(120)], filters=[tidy])
    email = EmailField(_l("E-mail"), [Required(N_("Write the e-mail address")), is_email], filters=[tidy])
    language = OneOf(_l("Language of the mails"), [Required(N_("Choose a language"))], default=languages.current)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = [SelectChoice(code, name.striptags()) for code, name in OWN_LANGUAGES.items()]


class ColleaguesForm(Form):
    colleagues = FieldList(FormField(ColleagueRow), _l("Colleague"), min_entries=1, max_entries=colleagues.MOST_AT_ONCE)

    def validate(self, extra_validators: Any = None) -> bool:
        sound, seen = super().validate(extra_validators), set()
        for entry in self.colleagues.entries:
            email = entry.form.email
            if email.data and email.data in seen:
                complain(email, N_("This address stands here twice. Remove one of the rows."))
                sound = False
            seen.add(email.data)
        return sound

    def named(self) -> list[Named]:
        rows = [entry.form for entry in self.colleagues.entries]
        return [Named(row.name.data or "", row.email.data or "", row.language.data) for row in rows]
