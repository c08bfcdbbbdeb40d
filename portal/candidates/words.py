"""Codes and their words: what an officer chooses from."""

from __future__ import annotations

from portal.core.errors import N_

ANSWERS = {"given": N_("Agreed"), "refused": N_("Said no")}
HOW = {"spoken": N_("Said aloud"), "paper": N_("On paper")}
OWN_CONSENTS = {
    "matching": N_("Looking for matches"),
    "statistics": N_("Statistics"),
}
CONSENT_KINDS = {
    **OWN_CONSENTS,
    "card": N_("Introduction card"),
    "release": N_("Giving name and contact to a company"),
}
STATUSES = {
    "intake": N_("Being opened"),
    "active": N_("Active"),
    "paused": N_("Paused"),
    "placed": N_("In work"),
    "closed": N_("Closed"),
    "erased": N_("Erased"),
}
CLOSE_REASONS = {
    "work": N_("Found work"),
    "study": N_("Started to study"),
    "asked": N_("Asked us to close the file"),
    "moved": N_("Moved away"),
    "not_reached": N_("Has not been reached"),
    "other": N_("Another reason"),
}
LOOK_REASONS = {
    "meeting": N_("Meeting with the candidate"),
    "introduction": N_("Agreeing on an introduction"),
    "contact": N_("Contact as the plan says"),
    "correcting": N_("Correcting the details"),
}
GLASS_REASONS = {
    "away": N_("The case officer is away and something cannot wait"),
    "safety": N_("The candidate's safety is at stake"),
    "asked": N_("The candidate asked me for help"),
    "authority": N_("An authority has a right to know"),
}
CHANNELS = {
    "call": N_("A call"),
    "text": N_("A text message"),
    "email": N_("An e-mail"),
    "meeting": N_("Only face to face"),
}

GENDERS = {
    "": N_("Does not wish to answer"),
    "woman": N_("Woman"),
    "man": N_("Man"),
    "other": N_("Other"),
}
BY_HAND = frozenset({"active", "paused", "closed"})
"""States an officer chooses; work begins with a placement, and erasing has a page of its own."""
