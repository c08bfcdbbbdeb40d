"""The forms in which the programme agrees to a training, declines one, and makes its event."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from portal.companies import services as companies
from portal.core import clock, languages
from portal.core.errors import N_
from portal.core.fields import DayField, OneOf, OneOfRadios, SelectChoice, WholeField, offer
from portal.core.forms import Between, Form, Longest, Optional, Required
from portal.events import certificates
from portal.events import rules as event_rules
from portal.events.choices import KINDS
from portal.events.event_forms import EventForm, WallField
from portal.events.models import EventKind
from portal.events.services import Plan
from portal.trainings import services as trainings
from portal.trainings.requests import words
from portal.trainings.requests.models import HeldAs, TrainingRequest
from portal.trainings.requests.services import Agreement


class AgreeForm(Form):
    content = TextAreaField(
        _l("What is taught"),
        [Required(N_("Write what is taught")), Longest(3000)],
        description=_l("The company reads it, and the event begins with these words."),
    )
    training_id = OneOf(
        _l("Training it gives"), [Optional()], description=_l("Those who are there get a certificate of this training.")
    )
    starts_on = DayField(_l("Day"), [Required(N_("Write the day of the training"))])
    starts = WallField(_l("Starts at"), [Required(N_("Write when the training starts"))])
    ends = WallField(_l("Ends at"), [Required(N_("Write when the training ends"))])
    training_language = OneOf(_l("Language of the training"), [Required(N_("Choose the language of the training"))])
    headcount = WholeField(_l("How many people take part?"), [Required(N_("Write the number")), Between(1, 1000)])
    held_as = OneOfRadios(_l("Where is it held?"), [Required(N_("Choose where the training is held"))])
    site = StringField(_l("Address of the site"), [Optional(), Longest(200)])

    def __init__(self, request: TrainingRequest, **kwargs: Any) -> None:
        super().__init__(obj=SimpleNamespace(version=request.version, **agreed(request)), **kwargs)
        self.training_id.choices = [
            *offer({}, blank=N_("No training")),
            *(SelectChoice(*each) for each in certificates.provided().options()),
        ]
        self.training_language.choices = offer(event_rules.LANGUAGE_NAMES)
        self.held_as.choices = offer(words.HELD)

    def agreement(self) -> Agreement:
        """Raises `RuleBroken` for a time that does not exist or comes twice."""
        return Agreement(
            training_id=UUID(self.training_id.data) if self.training_id.data else None,
            content=self.content.data or "",
            starts_at=event_rules.instant_of(self.starts_on.data, self.starts.data, "starts"),
            ends_at=event_rules.instant_of(self.starts_on.data, self.ends.data, "ends"),
            training_language=self.training_language.data,
            headcount=self.headcount.data,
            held_as=self.held_as.data,
            site=(self.site.data or "") if self.held_as.data == HeldAs.SITE else "",
        )


def agreed(request: TrainingRequest) -> dict[str, Any]:
    """What was agreed so far, else what was asked."""
    starts = clock.local(request.starts_at) if request.starts_at else None
    return {
        "content": request.content,
        "training_id": str(request.training_id or ""),
        "starts_on": starts.date() if starts else None,
        "starts": starts.time() if starts else None,
        "ends": clock.local(request.ends_at).time() if request.ends_at else None,
        "training_language": request.training_language,
        "headcount": request.headcount,
        "held_as": request.held_as,
        "site": request.site,
    }


class DeclineForm(Form):
    reason = TextAreaField(
        _l("Why is the training not held?"),
        [Required(N_("Write the reason")), Longest(2000)],
        description=_l("The company reads these words."),
    )


class RequestEventForm(EventForm):
    """The event form, filled in with what was agreed; kind, company and training are given."""

    def __init__(self, request: TrainingRequest) -> None:
        super().__init__()
        self.request = request
        company = companies.by_id(request.company_id)
        self.company_id.choices = [SelectChoice(str(company.id), company.name)]
        self.kind.choices = offer({EventKind.TAILORED_TRAINING: KINDS[EventKind.TAILORED_TRAINING]})
        self.training_id.choices = offer({}, blank=N_("No training"))
        if request.training_id is not None:
            title = trainings.get(request.training_id).title(languages.current())
            self.training_id.choices = [SelectChoice(str(request.training_id), title)]
        if not self.is_submitted():
            for name, value in (filled(request) | given(request)).items():
                if name in self:
                    self[name].data = value

    def plan(self, now: datetime) -> Plan:
        """With the title in every language, and the content in the company's own. Raises `RuleBroken`."""
        plan = super().plan(now)
        lacking: dict[str, Any] = {n: text for n, text in filled(self.request).items() if not getattr(plan, n)}
        return replace(plan, **lacking)


def filled(request: TrainingRequest) -> dict[str, str]:
    """Title in every language, and the content in the company's own."""
    values: dict[str, str] = {}
    for language in event_rules.LANGUAGES:
        with languages.speaking(language):
            values[f"title_{language}"] = words.topic(request)
    return values | {"summary_fi": request.content, f"summary_{request.words_language}": request.content}


def given(request: TrainingRequest) -> dict[str, Any]:
    """What was agreed; sign-up from today to the day itself."""
    values: dict[str, Any] = {
        "kind": str(EventKind.TAILORED_TRAINING),
        "training_id": str(request.training_id or ""),
        "company_id": str(request.company_id),
    }
    if request.starts_at is not None and request.ends_at is not None:
        starts = clock.local(request.starts_at)
        values |= {
            "starts_on": starts.date(),
            "starts": starts.time(),
            "ends": clock.local(request.ends_at).time(),
            "closes_on": starts.date(),
        }
    return values | {
        "opens_on": clock.today(),
        "event_language": [request.training_language],
        "place": request.site if request.held_as == HeldAs.SITE else "",
        "capacity": request.headcount,
    }
