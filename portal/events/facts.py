"""An event in brief: what its page says of it, and what those who keep it see besides."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _
from markupsafe import Markup

from portal.companies import services as companies
from portal.core import languages, pages
from portal.core.errors import N_
from portal.events import certificates, choices, rules
from portal.events.models import Event
from portal.events.words import kind_of, labels, language_of, marked, place, sign_up_by

Facts = list[tuple[str, object]]
PARTS = {
    "title": N_("Title"),
    "summary": N_("Summary"),
    "programme": N_("Programme"),
    "speakers": N_("Speakers"),
    "organisers": N_("Organisers"),
    "partners": N_("Partners"),
    "accessibility": N_("Accessibility"),
}


def public(event: Event) -> Facts:
    """The event in brief; what is not said of it is left out."""
    found: Facts = [
        (_("Kind"), kind_of(event)),
        (_("Language"), language_of(event)),
        (_("Interpretation"), labels(choices.INTERPRETATION, event.interpretation)),
        (_("Place"), place(event)),
        (_("Accessibility"), accessibility(event)),
        (_("For whom"), labels(choices.AUDIENCES, event.audience)),
        (_("Price"), _("Free of charge")),
    ]
    if event.training_id and (promise := certificates.provided().promise(event.training_id)):
        found.append((_("Certificate"), promise))
    return [(term, value) for term, value in found if value]


def accessibility(event: Event) -> Markup:
    """What was ticked, and what was written besides."""
    parts = [labels(choices.ACCESS, event.access), text_lines(event, "accessibility")]
    return Markup("<br>").join(part for part in parts if part)


def text_lines(event: Event, part: str) -> Markup:
    """A text of several lines, with a visible mark when it is in another language than the page."""
    spoken = event.spoken(part, languages.current())
    lines = [line.strip() for line in spoken.text.splitlines() if line.strip()]
    if not lines:
        return Markup("")
    text = Markup("<br>").join(lines)
    return marked(rules.Spoken(text, spoken.language, spoken.falls_back))


def people(event: Event) -> list[tuple[str, Markup]]:
    """Who speaks, arranges and takes part."""
    named = (("speakers", _("Speakers")), ("organisers", _("Organisers")), ("partners", _("Partners")))
    return [(label, lines) for part, label in named if (lines := text_lines(event, part))]


def contact(event: Event) -> Markup:
    """Whom to ask; nothing where the office answers, which stands on every page."""
    parts: list[str] = [event.contact_name] if event.contact_name else []
    if event.contact_email:
        parts.append(Markup('<a href="mailto:{0}">{0}</a>').format(event.contact_email))
    if event.contact_phone:
        parts.append(
            Markup('<a href="tel:{}">{}</a>').format(event.contact_phone.replace(" ", ""), event.contact_phone)
        )
    return Markup("<br>").join(parts)


def part_names(parts: Iterable[str]) -> str:
    return ", ".join(_(PARTS[part]).lower() for part in parts)


def kept(event: Event, join_link: str) -> Facts:
    """The event in brief for those who keep it; what is not said of it is left out."""
    found: Facts = [
        (_("Kind"), kind_of(event)),
        (_("Only for"), companies.by_id(event.company_id).name if event.company_id else ""),
        (_("For whom"), labels(choices.AUDIENCES, event.audience) or _("Everyone")),
        (_("Language"), language_of(event)),
        (_("Interpretation"), labels(choices.INTERPRETATION, event.interpretation)),
        (_("Place"), place(event)),
        (_("Join link"), join_link),
        (_("Sign-up opens on"), pages.show_date(event.sign_up_opens_at)),
        (_("Sign-up closes after"), sign_up_by(event)),
        (_("Contact"), contact(event)),
    ]
    return [(term, value) for term, value in found if value]
