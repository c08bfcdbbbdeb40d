"""A training request in words: its state, its wishes, and its story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup, escape

from portal.core import clock, pages
from portal.core.errors import N_
from portal.events.models import Event, EventStatus, SignUpStatus
from portal.events.rules import LANGUAGE_NAMES
from portal.trainings.requests import rules
from portal.trainings.requests.models import OPEN, HeldAs, RequestMessage, RequestStatus, Topic, TrainingRequest, Turn

TOPICS = {
    Topic.PROCUREMENT: N_("Responsible procurement"),
    Topic.RECRUITMENT: N_("Fair recruitment"),
    Topic.SUBCONTRACTING: N_("Subcontracting chains"),
    Topic.EXPLOITATION: N_("Recognising labour exploitation"),
    Topic.OTHER: N_("Another topic"),
}
HELD = {HeldAs.SITE: N_("On site"), HeldAs.ONLINE: N_("Online")}
STATUS = {
    RequestStatus.REQUESTED: (N_("Asked for"), "wait"),
    RequestStatus.AGREED: (N_("Day agreed"), "info"),
    RequestStatus.SCHEDULED: (N_("Scheduled"), "info"),
    RequestStatus.DELIVERED: (N_("Held"), "good"),
    RequestStatus.DECLINED: (N_("Not held"), ""),
}
"""A label and the kind of its tag."""
INVITED = {
    SignUpStatus.CONFIRMED: (N_("Signed up"), "good"),
    SignUpStatus.WAITING: (N_("Waiting list"), "info"),
    SignUpStatus.OFFERED: (N_("Seat offered"), "wait"),
    SignUpStatus.CANCELLED: (N_("Has cancelled"), ""),
}


def state_options() -> list[tuple[str, str]]:
    """For a filter."""
    return [(str(state), _(label)) for state, (label, _kind) in STATUS.items()]


def topic(request: TrainingRequest) -> str:
    return request.topic_words or _(TOPICS[Topic(request.topic)])


def language_of(request: TrainingRequest) -> str:
    return _(LANGUAGE_NAMES[request.training_language])


def where(request: TrainingRequest) -> str:
    held = _(HELD[HeldAs(request.held_as)])
    return f"{held}, {request.site}" if request.site and request.held_as == HeldAs.SITE else held


def wishes(request: TrainingRequest) -> str:
    """The wished days, then the period."""
    said = [pages.show_date(date.fromisoformat(day)) for day in request.wished_days]
    if request.wished_from is not None:
        said.append(f"{pages.show_date(request.wished_from)} – {pages.show_date(request.wished_until)}")
    return _(" or ").join(said)


def span(starts_at: datetime, ends_at: datetime) -> str:
    """3 December 2026 at 9.00–11.30; both days when it lasts over midnight."""
    if clock.local_date(starts_at) == clock.local_date(ends_at):
        return f"{pages.show_datetime(starts_at)}–\u2060{pages.show_time(ends_at)}"
    return f"{pages.show_datetime(starts_at)} – {pages.show_datetime(ends_at)}"


def length(starts_at: datetime, ends_at: datetime) -> str:
    """2 hours 30 minutes"""
    hours, minutes = divmod(round((ends_at - starts_at).total_seconds() / 60), 60)
    said = [ngettext("%(num)d hour", "%(num)d hours", hours)] if hours else []
    if minutes or not hours:
        said.append(ngettext("%(num)d minute", "%(num)d minutes", minutes))
    return " ".join(said)


def lines(text: str) -> Markup:
    """What a person wrote, its lines kept."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())


def goals(request: TrainingRequest) -> Markup:
    """As the company wrote them, in its language."""
    return Markup('<span lang="{}">{}</span>').format(request.words_language, lines(request.goals))


# --- the story -----------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """One thing of the story; `state` is done, now or ahead."""

    state: str
    title: str
    text: str | Markup = ""
    by: str = ""


def story(
    request: TrainingRequest,
    messages: Sequence[RequestMessage],
    names: Mapping[UUID, str],
    event: Event | None,
    for_company: bool,
) -> list[Told]:
    """What has happened in its order, what happens now, and what is still to come."""
    steps = sorted([*_steps(request, names, event), *_said(messages, names)], key=lambda pair: pair[0])
    return [told for _at, told in steps] + _now(request, event, for_company) + _ahead(request)


def _by(names: Mapping[UUID, str], who: UUID | None, at: datetime) -> str:
    return ", ".join(part for part in (names.get(who) if who else None, pages.show_datetime(at)) if part)


def _said(messages: Sequence[RequestMessage], names: Mapping[UUID, str]) -> list[tuple[datetime, Told]]:
    return [
        (
            each.at,
            Told(
                "done",
                _("The company wrote") if each.from_company else _("The programme wrote"),
                lines(each.text),
                _by(names, each.by_id, each.at),
            ),
        )
        for each in messages
    ]


def _steps(request: TrainingRequest, names: Mapping[UUID, str], event: Event | None) -> list[tuple[datetime, Told]]:
    """What was done with the request, each step that was taken with its instant."""
    r, agreed, held = request, "", ""
    if r.starts_at and r.ends_at:
        agreed = span(r.starts_at, r.ends_at)
    if event is not None:
        held = span(event.starts_at, event.ends_at)
    took_part = ngettext("One person took part.", "%(num)d people took part.", r.attended or 0)
    taken: list[tuple[datetime | None, str, str | Markup, UUID | None]] = [
        (r.asked_at, _("Training asked for"), "", r.asked_by_id),
        (r.agreed_at, _("Content and day agreed"), agreed, r.agreed_by_id),
        (r.scheduled_at, _("Sign-up opened"), held, None),
        (r.delivered_at, _("The training was held"), took_part, r.delivered_by_id),
        (r.declined_at, _("The programme declined"), lines(r.declined_reason), r.declined_by_id),
    ]
    return [(at, Told("done", title, text, _by(names, who, at))) for at, title, text, who in taken if at is not None]


def _now(request: TrainingRequest, event: Event | None, for_company: bool) -> list[Told]:
    if request.status in OPEN and request.turn == (Turn.COMPANY if for_company else Turn.PROGRAMME):
        return [Told("now", _("Answer the last message"))]
    if request.status == RequestStatus.REQUESTED:
        text = _("You usually hear within %(days)d working days.", days=rules.ANSWER_DAYS)
        return [Told("now", _("We read your request"), text) if for_company else Told("now", _("Agree or decline"))]
    if request.status == RequestStatus.AGREED:
        return [Told("now", _("We open the sign-up") if for_company else _("Make the event"))]
    if request.status == RequestStatus.SCHEDULED and event is not None:
        return [_now_scheduled(event, for_company)]
    return []


def _now_scheduled(event: Event, for_company: bool) -> Told:
    if event.status == EventStatus.CANCELLED:
        return Told("now", _("The day was cancelled"), _("A new day is agreed in messages."))
    if event.ends_at > clock.now():
        return Told("now", _("Invite those who take part") if for_company else _("The company invites"))
    return Told("now", _("We record who was there") if for_company else _("Mark attendance and delivery"))


def _ahead(request: TrainingRequest) -> list[Told]:
    titles = (_("Content and day agreed"), _("Sign-up opens"), _("The training and its summary letter"))
    left = {RequestStatus.REQUESTED: titles, RequestStatus.AGREED: titles[2:], RequestStatus.SCHEDULED: ()}
    return [Told("ahead", title) for title in left.get(RequestStatus(request.status), ())]
