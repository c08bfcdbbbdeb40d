"""The pages of events: for everyone, for one attendee, and for those who keep them."""

from portal.events.routes import attendee, keeping, materials, public, writing

__all__ = ["attendee", "keeping", "materials", "public", "writing"]
