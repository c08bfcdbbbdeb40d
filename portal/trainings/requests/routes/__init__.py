"""The pages of training requests: a company's, the programme's, and that of an invited person."""

from portal.trainings.requests.routes import attendee, company, guests, keeping, letter

__all__ = ["attendee", "company", "guests", "keeping", "letter"]
