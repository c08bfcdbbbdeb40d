"""A training in words: how long, in which languages, for whom, and for how long it counts."""

from __future__ import annotations

from collections.abc import Iterable

from babel import Locale
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.core import languages, pages
from portal.events import words as event_words
from portal.trainings.models import Training


def validity(months: int) -> str:
    if months % 12 == 0:
        return ngettext("One year", "%(num)d years", months // 12)
    return ngettext("One month", "%(num)d months", months)


def duration(minutes: int | None) -> str:
    """45 minutes, 1 h 30 min, 2 hours."""
    if not minutes:
        return ""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return ngettext("One minute", "%(num)d minutes", minutes)
    whole = ngettext("One hour", "%(num)d hours", hours)
    return _("%(hours)d h %(minutes)d min", hours=hours, minutes=rest) if rest else whole


def languages_of(training: Training) -> str:
    """Finnish, Swedish: in the words of the reader."""
    here = languages.current()
    names = [Locale.parse(code).get_language_name(here) or code for code in training.languages.split()]
    return ", ".join(names)


def facts(training: Training) -> list[tuple[str, object]]:
    """The training in brief."""
    audience = training.audience(languages.current())
    found: list[tuple[str, object]] = [(_("For whom"), event_words.marked(audience))] if audience.text else []
    if training.duration_minutes:
        found.append((_("It takes"), duration(training.duration_minutes)))
    return [
        *found,
        (_("Languages"), languages_of(training)),
        (_("A completion is valid for"), validity(training.valid_months)),
        (_("Version of the content"), training.content_version),
    ]


def fills(titles: Iterable[tuple[str, object]]) -> str:
    """What of a responsible employer it fills: titles, with the day from which one counts that is still to come."""
    return ", ".join(
        _("%(title)s (from %(day)s)", title=title, day=pages.show_date(day)) if day else title  # type: ignore[arg-type]
        for title, day in titles
    )
