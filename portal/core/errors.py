"""What can go wrong, in the field's words. The edge turns each into a page or a sentence beside a field."""

from __future__ import annotations

from typing import Any


def N_(message: str) -> str:  # noqa: N802 - the customary name of the marker
    """Mark a text for translation where it stands; the edge translates it."""
    return message


class RuleBroken(Exception):
    """A rule says no. `message` is a marked sentence for the person, `params` fill its %(name)s.

    `field` names the form field it concerns, when there is one.
    """

    def __init__(self, message: str, field: str | None = None, **params: Any) -> None:
        super().__init__(message)
        self.message, self.field, self.params = message, field, params

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


class NotFound(Exception):
    """There is no such thing for this person: absent and foreign look the same."""


class Denied(Exception):
    """Signed in, but the role may not do this."""


class AlreadyDone(Exception):
    """The same form came twice; `location` is where the first one led."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class Stale(RuleBroken):
    """The row changed since the form was opened."""

    def __init__(self) -> None:
        super().__init__(N_("Someone changed this while you were writing. Look at both versions and save again."))
