"""A plan that repeats an event with some of it changed."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from portal.events import sealed
from portal.events.models import Event
from portal.events.services import Plan


def plan_of(event: Event, **changes: Any) -> Plan:
    values = {field.name: getattr(event, field.name) for field in fields(Plan) if field.name != "join_link"}
    return Plan(**(values | {"join_link": sealed.link(event)} | changes))
