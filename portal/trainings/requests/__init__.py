"""Trainings inside a company: asked for, agreed, held, and summed up."""

from portal.core.errors import N_
from portal.core.registry import Feature, Retention
from portal.core.retention import days
from portal.core.settings import number
from portal.events import bound
from portal.trainings.requests import invitations, routes, tasks
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
    ),
)
