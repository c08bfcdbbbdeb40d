"""The pages of events: for everyone, for one attendee, and for those who keep them."""

from portal.events.routes import (
    arrivals,
    asking,
    attendee,
    exports,
    feedback,
    imports,
    keeping,
    materials,
    public,
    writing,
)

__all__ = [
    "arrivals", "asking", "attendee", "exports", "feedback", "imports", "keeping", "materials", "public", "writing",
]  # fmt: skip
