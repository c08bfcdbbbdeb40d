"""Standing: whether a company is a responsible employer today, and why."""

from portal.core.registry import Feature
from portal.standing import departures, routes, tasks

feature = Feature(
    name="standing", blueprints=(routes.bp,), waiting=tasks.waiting, deactivation_warnings=departures.warnings
)
