"""The pages of events: for everyone, for one attendee, and for those who keep them."""

from portal.events.routes import arrivals, attendee, exports, feedback, imports, keeping, public

__all__ = ["arrivals", "attendee", "exports", "feedback", "imports", "keeping", "public"]
