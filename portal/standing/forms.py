"""The form of a requirement: what is asked, of how many, from which day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, StringField

from portal.core import clock, languages
from portal.core.errors import N_, RuleBroken
from portal.core.fields import DayField, SelectChoice, Ticks, WholeField
from portal.core.forms import Between, Form, Longest, Optional, Required
from portal.standing.previews import Preview
from portal.trainings import rules
from portal.trainings.models import Training
from portal.trainings.required import TITLES, Listed, WrittenRequirement

UNREAD = N_("Read which companies gain or lose standing, and tick that you have.")


class RequirementForm(Form):
    """`seen` is the fingerprint of the preview that stands on the page with the tick."""

    title_fi = StringField(_l("Title in Finnish"), [Required(N_("Write the title in Finnish")), Longest(150)])
    title_sv = StringField(_l("Title in Swedish"), [Required(N_("Write the title in Swedish")), Longest(150)])
    title_en = StringField(_l("Title in English"), [Required(N_("Write the title in English")), Longest(150)])
    trainings = Ticks(
        _l("Trainings that fill it"), description=_l("Any one of those that you tick fills the requirement.")
    )
    holders = WholeField(
        _l("How many current members must hold one"),
        [Required(N_("Write the number of members")), Between(1, rules.MOST_HOLDERS)],
    )
    starts_on = DayField(_l("It counts from"), [Required(N_("Write the first day"))])
    ends_on = DayField(_l("It counts until"), [Optional()], description=_l("Only when it ends. That day still counts."))
    read = BooleanField(_l("I have read which companies gain or lose standing"))
    seen = HiddenField()

    def __init__(self, offered: list[Training], *args: Any, of: Listed | None = None, **kwargs: Any) -> None:
        chosen = [str(each.id) for each in of.trainings] if of else []
        data = {"trainings": chosen} if of else {"holders": 1, "starts_on": clock.today()}
        super().__init__(*args, obj=of.row if of else None, data=data, **kwargs)
        language = languages.current()
        self.trainings.choices = [
            SelectChoice(str(each.id), each.title(language))
            for each in offered
            if not each.retired or str(each.id) in chosen
        ]

    def written(self) -> WrittenRequirement:
        return WrittenRequirement(
            titles={name: self._fields[name].data or "" for name in TITLES},
            trainings=frozenset(UUID(value) for value in self.trainings.data or ()),
            holders=self.holders.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
        )

    def check_read(self, preview: Preview) -> None:
        """What is saved is what was read. Raises `RuleBroken`, and shows the preview of today with an empty box."""
        read = bool(self.read.data) and self.seen.data == preview.fingerprint
        self.show(preview)
        if preview.effects and not read:
            raise RuleBroken(UNREAD, field="read")

    def show(self, preview: Preview) -> None:
        if self.seen.data != preview.fingerprint:
            self.read.data = False
        self.seen.data = preview.fingerprint
