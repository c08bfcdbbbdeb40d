"""The form in which an event is written, copied and changed."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, Field, StringField, TextAreaField
from wtforms.widgets import TimeInput

from portal.accounts.rules import check_email
from portal.companies import services as companies
from portal.core import clock
from portal.core.errors import N_, RuleBroken
from portal.core.fields import DayField, OneOf, SelectChoice, Ticks, Typed, WholeField, offer
from portal.core.forms import Between, Form, Longest, Optional, Required, Said
from portal.events import certificates, choices, rules, sealed
from portal.events.models import Event
from portal.events.services import Plan


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


def is_contact_email(form: Any, field: Field) -> None:
    try:
        field.data = check_email(field.data or "")
    except RuleBroken as refusal:
        raise Said(refusal.message) from None


class EventForm(Form):
    """The event itself. Its other texts have a page of their own for each language, `TextsForm`."""

    kind = OneOf(_l("Kind"), [Required(N_("Choose the kind of event"))])
    company_id = OneOf(
        _l("Company"),
        [Optional()],
        description=_l("Only for a tailored training. Then its members see it, and nobody else."),
    )
    training_id = OneOf(
        _l("Training it gives"), [Optional()], description=_l("Those who attend get a certificate of this training.")
    )
    title_fi = StringField(_l("Title in Finnish"), [Required(N_("Write the title in Finnish")), Longest(150)])
    summary_fi = TextAreaField(_l("Summary in Finnish"), [Required(N_("Write a summary in Finnish"))])
    audience = Ticks(_l("For whom"), [Optional()], description=_l("Tick nothing when it is for everyone."))
    event_language = Ticks(_l("Languages of the event"), [Required(N_("Choose the language of the event"))])
    interpretation = Ticks(_l("Interpretation"), [Optional()])
    starts_on = DayField(_l("Day"), [Required(N_("Write the day of the event"))])
    starts = WallField(_l("Starts at"), [Required(N_("Write when the event starts"))])
    ends = WallField(_l("Ends at"), [Required(N_("Write when the event ends"))])
    ends_on = DayField(_l("Last day"), [Optional()], description=_l("Only when it ends on another day."))
    place = StringField(
        _l("Place"), [Optional()], description=_l("Name, street and town. Leave it empty when the event is online.")
    )
    join_link = StringField(
        _l("Join link"),
        [Optional(), is_web_address],
        description=_l("Shown to confirmed people only: in their mail and on their own page."),
    )
    access = Ticks(_l("Accessibility"), [Optional()])
    opens_on = DayField(_l("Sign-up opens on"), [Required(N_("Write the first day of sign-up"))])
    closes_on = DayField(_l("Sign-up closes after"), [Required(N_("Write the last day of sign-up"))])
    capacity = WholeField(_l("Seats"), [Required(N_("Write the number of seats")), Between(1, 100000)])
    push_out = BooleanField(_l("Lower the number of seats all the same"))
    contact_name = StringField(_l("Name"), [Optional(), Longest(120)])
    contact_email = EmailField(_l("E-mail"), [Optional(), is_contact_email])
    contact_phone = StringField(_l("Phone"), [Optional(), Longest(40)])
    in_series = BooleanField(_l("Name the dates of the series on each other’s pages"))

    def __init__(self, *args: Any, obj: Event | None = None, copied: Event | None = None, **kwargs: Any) -> None:
        row = SimpleNamespace(version=obj.version, starts_at=obj.starts_at, **filled(obj)) if obj else None
        super().__init__(*args, obj=row, data=for_copy(copied) if copied else None, **kwargs)
        self.source = obj or copied
        self.kind.choices = offer(choices.KINDS, blank=N_("Choose"))
        self.event_language.choices = offer(choices.SPOKEN)
        self.audience.choices = offer(choices.AUDIENCES)
        self.interpretation.choices = offer(choices.INTERPRETATION)
        self.access.choices = offer(choices.ACCESS)
        self.training_id.choices = [
            *offer({}, blank=N_("No training")),
            *(SelectChoice(*each) for each in certificates.provided().options()),
        ]
        self.company_id.choices = [*offer({}, blank=N_("No company")), *companies_for(self.source)]
        self.asks_push_out = False

    @property
    def asks_series(self) -> bool:
        return (self.row is None and self.source is not None) or bool(self.source and self.source.series_id)

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
        texts = {name: getattr(self.source, name, "") or "" for name in TEXTS}
        return Plan(
            training_id=UUID(self.training_id.data) if self.training_id.data else None,
            company_id=UUID(self.company_id.data) if self.company_id.data else None,
            series_id=self.source.series_id if self.source and self.in_series.data else None,
            starts_at=starts_at,
            ends_at=ends_at,
            sign_up_opens_at=opens_at,
            sign_up_closes_at=closes_at,
            capacity=self.capacity.data,
            **texts | {name: getattr(self, name).data or "" for name in LINES},
            **{name: choices.joined(getattr(self, name).data or ()) for name in CODES},
        )

    def is_new_time(self, starts_at: datetime) -> bool:
        """A past event may still be put right, but none is moved into the past."""
        return self.row is None or self.row.starts_at != starts_at


TEXTS = tuple(f"{part}_{language}" for part in rules.PARTS for language in rules.LANGUAGES)
LINES = (
    "kind", "title_fi", "summary_fi", "place", "join_link", "contact_name", "contact_email", "contact_phone"
)  # fmt: skip
CODES = ("event_language", "interpretation", "audience", "access")


def companies_for(event: Event | None) -> list[Any]:
    """The approved ones, and the one that the event has already."""
    found = {each.id: each for each in companies.approved()}
    if event is not None and event.company_id is not None and event.company_id not in found:
        found[event.company_id] = companies.by_id(event.company_id)
    return [SelectChoice(str(each.id), each.name) for each in found.values()]


def for_copy(event: Event) -> dict[str, Any]:
    """The same again: words, hours and seats. It asks for its own days and link."""
    starts, ends = clock.local(event.starts_at), clock.local(event.ends_at)
    values: dict[str, Any] = {name: getattr(event, name) for name in LINES if name != "join_link"}
    values |= {name: choices.codes(getattr(event, name)) for name in CODES}
    return values | {
        "kind": event.kind,
        "training_id": str(event.training_id or ""),
        "company_id": str(event.company_id or ""),
        "capacity": event.capacity,
        "starts": starts.time(),
        "ends": ends.time(),
        "in_series": True,
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
        "in_series": event.series_id is not None,
    }


def last_day(closes_at: datetime, starts_at: datetime) -> date:
    """The day whose end closes the sign-up; at midnight that is the day before."""
    if closes_at >= starts_at:
        return clock.local_date(starts_at)
    return clock.local_date(closes_at - datetime.resolution)
