"""The pages of events: for everyone, for one attendee, and for those who keep them."""

from portal.events.routes import asking, attendee, keeping, materials, public, writing

__all__ = ["asking", "attendee", "keeping", "materials", "public", "writing"]
