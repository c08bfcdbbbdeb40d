"""The forms in which staff write a course, its sections and its questions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (  # type: ignore[attr-defined]  # SelectChoice is newer than its stubs
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    SelectChoice,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm

from portal.core.errors import N_
from portal.core.fields import OneOf, OneOfRadios, WholeField, offer
from portal.core.forms import Between, Form, Longest, Optional, Required, Said
from portal.events.rules import LANGUAGES
from portal.trainings.courses import rules, words
from portal.trainings.courses.models import Section
from portal.trainings.courses.services import Frame
from portal.trainings.courses.writing import QuestionText, SectionText

LONGEST = 8000


def is_web_address(form: Any, field: Field) -> None:
    if not re.fullmatch(r"https://[^\s/]+\.[^\s]+", field.data or ""):
        raise Said(N_("Write the whole address; it begins with https://"))


class CourseForm(Form):
    minutes = WholeField(
        _l("How long it takes, minutes"), [Required(N_("Write how many minutes it takes")), Between(1, 600)]
    )
    pass_percent = WholeField(
        _l("Right answers needed, per cent"),
        [Required(N_("Write how many per cent of the answers must be right")), Between(1, 100)],
        description=_l("Everyone may try as many times as they need."),
    )
    intro_fi = TextAreaField(_l("Introduction in Finnish"), [Required(N_("Write the introduction in Finnish"))])
    intro_sv = TextAreaField(_l("Introduction in Swedish"), [Optional()])
    intro_en = TextAreaField(_l("Introduction in English"), [Optional()])

    def frame(self) -> Frame:
        texts = {f"intro_{code}": self[f"intro_{code}"].data or "" for code in LANGUAGES}
        return Frame(minutes=self.minutes.data, pass_percent=self.pass_percent.data, **texts)


class SectionForm(Form):
    title_fi = StringField(_l("Title in Finnish"), [Required(N_("Write the title in Finnish")), Longest(150)])
    text_fi = TextAreaField(_l("Text in Finnish"), [Required(N_("Write the text in Finnish")), Longest(LONGEST)])
    title_sv = StringField(_l("Title in Swedish"), [Optional(), Longest(150)])
    text_sv = TextAreaField(_l("Text in Swedish"), [Optional(), Longest(LONGEST)])
    title_en = StringField(_l("Title in English"), [Optional(), Longest(150)])
    text_en = TextAreaField(_l("Text in English"), [Optional(), Longest(LONGEST)])
    video_url = StringField(
        _l("Address of a video"),
        [Optional(), is_web_address],
        description=_l("It opens on its own site. Choose one with captions."),
    )
    video_fi = TextAreaField(
        _l("The video in words, in Finnish"),
        [Longest(LONGEST)],
        description=_l("What is said and shown, for those who do not see, hear or open it."),
    )
    video_sv = TextAreaField(_l("The video in words, in Swedish"), [Optional(), Longest(LONGEST)])
    video_en = TextAreaField(_l("The video in words, in English"), [Optional(), Longest(LONGEST)])
    material_fi = StringField(
        _l("Name of a material, in Finnish"),
        [Longest(150)],
        description=_l("What it is, for example: Model of a contract of employment."),
    )
    material_sv = StringField(_l("Name of a material, in Swedish"), [Optional(), Longest(150)])
    material_en = StringField(_l("Name of a material, in English"), [Optional(), Longest(150)])
    material_url = StringField(_l("Address of the material"), [Optional(), is_web_address])
    file = FileField(_l("Or the material as a file"), [Optional()])
    drop_file = BooleanField(_l("Take the file away"))

    def validate_video_fi(self, field: Field) -> None:
        if self.video_url.data and not field.data:
            raise Said(N_("Write the video in words, so that everyone gets what it says"))
        if field.data and not self.video_url.data:
            raise Said(N_("Write the address of the video as well, or empty this field"))

    def validate_material_fi(self, field: Field) -> None:
        has = self.material_url.data or (self.file.data and self.file.data.filename) or self.kept_file
        if has and not field.data:
            raise Said(N_("Write what the material is"))
        if field.data and not has:
            raise Said(N_("Give the address or the file of the material, or empty this field"))

    def validate_material_url(self, field: Field) -> None:
        if field.data and self.file.data and self.file.data.filename:
            raise Said(N_("Give an address or a file, not both"))

    @property
    def kept_file(self) -> bool:
        return bool(isinstance(self.row, Section) and self.row.file_id and not self.drop_file.data)

    def text(self) -> SectionText:
        names = SectionText.__dataclass_fields__
        return SectionText(**{name: self[name].data or "" for name in names})


class OptionForm(PlainForm):
    id = HiddenField()
    fi = StringField(_l("In Finnish"))
    sv = StringField(_l("In Swedish"))
    en = StringField(_l("In English"))
    right = BooleanField(_l("Right"))

    def validate_fi(self, field: Field) -> None:
        if not (field.data or "").strip() and ((self.sv.data or "").strip() or (self.en.data or "").strip()):
            raise Said(N_("Write the answer in Finnish"))


class OptionRows(FieldList):
    def shown(self, value: Any) -> str:
        return ", ".join(option["fi"] for option in value or () if option.get("fi"))


class QuestionForm(Form):
    kind = OneOfRadios(_l("How many answers are right?"), [Required(N_("Choose how many answers are right"))])
    section_id = OneOf(
        _l("What to read again after a wrong answer"), [Optional()], description=_l("The section that teaches it.")
    )
    text_fi = TextAreaField(_l("Question in Finnish"), [Required(N_("Write the question in Finnish")), Longest(600)])
    text_sv = TextAreaField(_l("Question in Swedish"), [Optional(), Longest(600)])
    text_en = TextAreaField(_l("Question in English"), [Optional(), Longest(600)])
    options = OptionRows(
        FormField(OptionForm),
        _l("Answer"),
        min_entries=3,
        max_entries=rules.MOST_OPTIONS,
        description=_l("They stand in another order each time. Leave a row empty to leave it out."),
    )
    why_fi = TextAreaField(
        _l("Explanation in Finnish"),
        [Required(N_("Write the explanation in Finnish")), Longest(1500)],
        description=_l("Shown after the quiz, whatever was answered: why it is so."),
    )
    why_sv = TextAreaField(_l("Explanation in Swedish"), [Optional(), Longest(1500)])
    why_en = TextAreaField(_l("Explanation in English"), [Optional(), Longest(1500)])

    def __init__(self, sections: Sequence[Section], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = offer(words.KINDS)
        self.section_id.choices = [
            *offer({}, blank=N_("No section")),
            *(SelectChoice(str(each.id), words.plain(each, "title")) for each in sections),
        ]

    def text(self) -> QuestionText:
        texts = {f"{part}_{code}": self[f"{part}_{code}"].data or "" for part in ("text", "why") for code in LANGUAGES}
        section_id = UUID(self.section_id.data) if self.section_id.data else None
        return QuestionText(kind=self.kind.data, section_id=section_id, options=self.given(), **texts)

    def given(self) -> list[Mapping[str, Any]]:
        rows = [entry.form for entry in self.options.entries]
        return [
            {
                "id": known_id(row.id.data),
                **{code: (row[code].data or "").strip() for code in LANGUAGES},
                "right": bool(row.right.data),
            }
            for row in rows
            if (row.fi.data or "").strip()
        ]


def known_id(text: str | None) -> str:
    """The id of an answer that was there before; a new one is given where it is written."""
    return text if text and re.fullmatch(r"[0-9a-f]{8}", text) else ""
