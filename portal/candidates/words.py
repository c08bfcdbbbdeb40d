"""Codes and their words: what an officer chooses from."""

from __future__ import annotations

from datetime import time

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

OUTCOMES = {
    "spoke": N_("I called, and we spoke"),
    "not_reached": N_("I called, and did not reach the person"),
    "met": N_("We met"),
}
WEEKDAYS = {
    0: N_("Monday"),
    1: N_("Tuesday"),
    2: N_("Wednesday"),
    3: N_("Thursday"),
    4: N_("Friday"),
    5: N_("Saturday"),
    6: N_("Sunday"),
}
TEXTS = {
    "call_me": N_("Call me"),
    "call_again": N_("I tried to call and will call again"),
    "as_agreed": N_("We meet as agreed"),
    "not_as_agreed": N_("We cannot meet as agreed; I will call"),
    "agreed": N_("The words you agreed on"),
}
AGREED = "agreed"
MESSAGE_LANGUAGES = ("fi", "sv", "en")
NOT_SENT = {
    "plan": N_("The contact plan changed."),
    "address": N_("Name and contact changed."),
    "closed": N_("The file was closed."),
    "hours": N_("The hours of the plan were over."),
    "server": N_("The mail server did not take it."),
}
"""Why a message did not leave."""

GENDERS = {
    "": N_("Does not wish to answer"),
    "woman": N_("Woman"),
    "man": N_("Man"),
    "other": N_("Other"),
}
BY_HAND = frozenset({"active", "paused", "closed"})
"""States an officer chooses; work begins with a placement, and erasing has a page of its own."""


def clock_words(wall: time) -> str:
    """9.00, as times are written here in every language."""
    return f"{wall.hour}.{wall.minute:02}"
