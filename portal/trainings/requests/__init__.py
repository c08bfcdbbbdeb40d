"""Trainings inside a company: asked for, agreed, held, and summed up."""

from portal.core.errors import N_
from portal.core.registry import Feature, Retention
from portal.core.retention import days, months
from portal.core.settings import number
from portal.events import bound, forgetting
from portal.events.models import EventKind
from portal.trainings.requests import invitations, letters, routes, tasks
from portal.trainings.requests.blueprint import bp

__all__ = ["feature", "routes"]

bound.provide(invitations.InvitedGuests())

feature = Feature(
    name="requests",
    blueprints=(bp,),
    waiting=tasks.waiting,
    retention=(
        Retention(
            "trainings.invitations",
            N_("Invitations to tailored trainings, after the event"),
            lambda: days(number(invitations.KEPT_DAYS)),
            invitations.forget_old,
        ),
        Retention(
            "trainings.letter_names",
            N_("Names in summary letters, after the event"),
            lambda: months(number(forgetting.MONTHS[EventKind.TAILORED_TRAINING])),
            letters.forget_names,
        ),
    ),
)
