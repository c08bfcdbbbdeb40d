"""The form in which an event is written, copied and changed."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.widgets import TimeInput

from portal.core import clock
from portal.core.errors import N_, RuleBroken
from portal.core.fields import DayField, OneOf, SelectChoice, Typed, WholeField, offer
from portal.core.forms import Between, Form, Longest, Optional, Required, Said
from portal.events import certificates, rules, sealed
from portal.events.models import Event, EventKind
from portal.events.services import Plan

KINDS = {
    EventKind.WEBINAR: N_("Webinar"),
    EventKind.THEME_SEMINAR: N_("Theme seminar"),
    EventKind.CLOSING_SEMINAR: N_("Closing seminar"),
    EventKind.NATIONAL_TRAINING: N_("National training"),
    EventKind.TAILORED_TRAINING: N_("Tailored training"),
    EventKind.INFO_SESSION: N_("Info session"),
}


class WallField(Typed):
    """A wall time; the browser's own control, or 9.00 where a person types."""

    widget = TimeInput()

    def read(self, text: str) -> time | None:
        found = re.fullmatch(r"(\d{1,2})[.:](\d{2})(?:[.:]00)?", text)
        hour, minute = (int(found[1]), int(found[2])) if found else (24, 0)
        return time(hour, minute) if hour < 24 and minute < 60 else None

    def write(self, value: time) -> str:
        return value.strftime("%H:%M")

    def complaint(self) -> str:
        return gettext(N_("Write the time as hours and minutes, for example 9.00."))


def is_web_address(form: Any, field: Field) -> None:
    if not re.fullmatch(r"https://[^\s/]+\.[^\s]+", field.data or ""):
        raise Said(N_("Write the whole address; it begins with https://"))


class EventForm(Form):
    kind = OneOf(_l("Kind"), [Required(N_("Choose the kind of event"))])
    training_id = OneOf(
        _l("Training it gives"), [Optional()], description=_l("Those who attend get a certificate of this training.")
    )
    title_fi = StringField(_l("Title in Finnish"), [Required(N_("Write the title in Finnish")), Longest(150)])
    title_sv = StringField(_l("Title in Swedish"), [Optional(), Longest(150)])
    title_en = StringField(_l("Title in English"), [Optional(), Longest(150)])
    summary_fi = TextAreaField(_l("Summary in Finnish"), [Required(N_("Write a summary in Finnish"))])
    summary_sv = TextAreaField(_l("Summary in Swedish"), [Optional()])
    summary_en = TextAreaField(_l("Summary in English"), [Optional()])
    programme_fi = TextAreaField(_l("Programme in Finnish"), [Optional()], description=_l("One line for each part."))
    programme_sv = TextAreaField(_l("Programme in Swedish"), [Optional()])
    programme_en = TextAreaField(_l("Programme in English"), [Optional()])
    speakers = StringField(_l("Speakers"), [Optional()])
    event_language = OneOf(_l("Language of the event"), [Required(N_("Choose the language of the event"))])
    accessibility = StringField(
        _l("Accessibility"), [Optional()], description=_l("For example captions, step-free access, induction loop.")
    )
    place = StringField(_l("Place"), [Optional()], description=_l("Leave it empty when the event is online."))
    join_link = StringField(
        _l("Join link"),
        [Optional(), is_web_address],
        description=_l("Shown to confirmed people only: in their mail and on their own page."),
    )
    starts_on = DayField(_l("Day"), [Required(N_("Write the day of the event"))])
    starts = WallField(_l("Starts at"), [Required(N_("Write when the event starts"))])
    ends = WallField(_l("Ends at"), [Required(N_("Write when the event ends"))])
    ends_on = DayField(_l("Last day"), [Optional()], description=_l("Only when it ends on another day."))
    opens_on = DayField(_l("Sign-up opens on"), [Required(N_("Write the first day of sign-up"))])
    closes_on = DayField(_l("Sign-up closes after"), [Required(N_("Write the last day of sign-up"))])
    capacity = WholeField(_l("Seats"), [Required(N_("Write the number of seats")), Between(1, 100000)])
    push_out = BooleanField(_l("Lower the number of seats all the same"))

    def __init__(self, *args: Any, obj: Event | None = None, copied: Event | None = None, **kwargs: Any) -> None:
        row = SimpleNamespace(version=obj.version, starts_at=obj.starts_at, **filled(obj)) if obj else None
        super().__init__(*args, obj=row, data=for_copy(copied) if copied else None, **kwargs)
        self.kind.choices = offer(KINDS, blank=N_("Choose"))
        self.event_language.choices = offer(rules.LANGUAGE_NAMES)
        self.training_id.choices = [
            *offer({}, blank=N_("No training")),
            *(SelectChoice(*each) for each in certificates.provided().options()),
        ]
        self.asks_push_out = False

    def refuse(self, refusal: RuleBroken) -> None:
        super().refuse(refusal)
        self.asks_push_out = "out" in refusal.params

    def plan(self, now: datetime) -> Plan:
        """Raises `RuleBroken` for times that do not exist, come twice, or are in the wrong order."""
        starts_at = rules.instant_of(self.starts_on.data, self.starts.data, "starts")
        ends_at = rules.instant_of(self.ends_on.data or self.starts_on.data, self.ends.data, "ends")
        if self.is_new_time(starts_at):
            rules.check_future(starts_at, now)
        opens_at, closes_at = rules.sign_up_window(self.opens_on.data, self.closes_on.data, starts_at)
        words: dict[str, Any] = {name: getattr(self, name).data or "" for name in TEXTS}
        return Plan(
            kind=self.kind.data,
            training_id=UUID(self.training_id.data) if self.training_id.data else None,
            starts_at=starts_at,
            ends_at=ends_at,
            sign_up_opens_at=opens_at,
            sign_up_closes_at=closes_at,
            capacity=self.capacity.data,
            **words,
        )

    def is_new_time(self, starts_at: datetime) -> bool:
        """A past event may still be put right, but none is moved into the past."""
        return self.row is None or self.row.starts_at != starts_at


TEXTS = (
    "title_fi", "title_sv", "title_en", "summary_fi", "summary_sv", "summary_en", "programme_fi", "programme_sv",
    "programme_en", "speakers", "event_language", "accessibility", "place", "join_link",
)  # fmt: skip


def for_copy(event: Event) -> dict[str, Any]:
    """The same again: words, hours and seats. It asks for its own days and link."""
    starts, ends = clock.local(event.starts_at), clock.local(event.ends_at)
    values: dict[str, Any] = {name: getattr(event, name) for name in TEXTS if name != "join_link"}
    return values | {
        "kind": event.kind,
        "training_id": str(event.training_id or ""),
        "capacity": event.capacity,
        "starts": starts.time(),
        "ends": ends.time(),
    }


def filled(event: Event) -> dict[str, Any]:
    """The fields of an event as its form shows them."""
    first, last = clock.local_date(event.starts_at), clock.local_date(event.ends_at)
    return for_copy(event) | {
        "join_link": sealed.link(event),
        "starts_on": first,
        "ends_on": last if last != first else None,
        "opens_on": clock.local_date(event.sign_up_opens_at),
        "closes_on": last_day(event.sign_up_closes_at, event.starts_at),
    }


def last_day(closes_at: datetime, starts_at: datetime) -> date:
    """The day whose end closes the sign-up; at midnight that is the day before."""
    if closes_at >= starts_at:
        return clock.local_date(starts_at)
    return clock.local_date(closes_at - datetime.resolution)
