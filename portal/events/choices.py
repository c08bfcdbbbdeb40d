"""What can be chosen of an event, in words. Several of one list are kept as their codes with blanks between them."""

from __future__ import annotations

from collections.abc import Iterable

from portal.core.errors import N_
from portal.events.models import EventKind

KINDS = {
    EventKind.WEBINAR: N_("Webinar"),
    EventKind.THEME_SEMINAR: N_("Theme seminar"),
    EventKind.CLOSING_SEMINAR: N_("Closing seminar"),
    EventKind.NATIONAL_TRAINING: N_("National training"),
    EventKind.TAILORED_TRAINING: N_("Tailored training"),
    EventKind.INFO_SESSION: N_("Info session on coaching"),
}
SPOKEN = {"fi": N_("Finnish"), "sv": N_("Swedish"), "en": N_("English")}
AUDIENCES = {
    "employers": N_("Employers"),
    "procurement": N_("Public procurement"),
    "employment_services": N_("Employment services"),
    "partners": N_("Partner organisations"),
}
INTERPRETATION = {
    "fi": N_("Into Finnish"),
    "sv": N_("Into Swedish"),
    "en": N_("Into English"),
    "fse": N_("Finnish Sign Language"),
    "fss": N_("Finland-Swedish Sign Language"),
    "text": N_("Speech-to-text"),
}
ACCESS = {
    "step_free": N_("Step-free access"),
    "toilet": N_("Accessible toilet"),
    "parking": N_("Accessible parking"),
    "loop": N_("Induction loop"),
    "captions": N_("Captions"),
    "quiet": N_("Quiet room"),
}
ONLINE, AT_A_PLACE = "online", "place"
WHERE = {ONLINE: N_("Online"), AT_A_PLACE: N_("At a place")}
OPEN_TO = {
    "attended": N_("Those who attended"),
    "confirmed": N_("Those who have a seat"),
    "everyone": N_("Everyone who sees the event"),
}
MATERIAL_KINDS = {"recording": N_("Recording"), "material": N_("Material")}


def codes(kept: str) -> list[str]:
    return kept.split()


def joined(chosen: Iterable[str]) -> str:
    return " ".join(chosen)
