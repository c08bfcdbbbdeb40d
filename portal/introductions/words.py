"""Introductions in words: states for staff, what a company sees, and the lines of a card."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.core import pages
from portal.core.errors import N_
from portal.introductions import card as cards
from portal.introductions.card import FEW, Card, Coarseness
from portal.introductions.company_view import Seen
from portal.introductions.models import Introduction, IntroductionStatus
from portal.vacancies import words as vacancy_words
from portal.vocabulary import services as vocabulary

S = IntroductionStatus
STATUSES = {
    S.DRAFTED: N_("Drafted"),
    S.ASKED: N_("Asked"),
    S.OFFERED: N_("Offered"),
    S.ACCEPTED: N_("Accepted"),
    S.CONSENTED: N_("Waits for release"),
    S.RELEASED: N_("Released"),
    S.MET: N_("They have met"),
    S.HIRED: N_("Hired"),
    S.NOT_HIRED: N_("Not hired"),
    S.REFUSED: N_("Refused"),
    S.DECLINED: N_("Declined"),
    S.LAPSED: N_("Lapsed"),
    S.REVOKED: N_("Ended"),
    S.EXPIRED: N_("Expired"),
}
WAITING = frozenset({S.DRAFTED, S.ASKED, S.ACCEPTED, S.CONSENTED})
GOOD = frozenset({S.RELEASED, S.MET, S.HIRED})

SEEN = {
    Seen.OPEN: (N_("Waits for your answer"), "wait"),
    Seen.DECLINED: (N_("You declined"), ""),
    Seen.UNANSWERED: (N_("Not answered"), ""),
    Seen.WAITING: (N_("You accepted"), "info"),
    Seen.NOT_AHEAD: (N_("Does not go ahead"), ""),
    Seen.RELEASED: (N_("Details shown"), "good"),
    Seen.ENDED: (N_("Ended"), ""),
    Seen.HIRED: (N_("Hired"), "good"),
}
CARDS = {
    Coarseness.EXACT: N_("The exact card"),
    Coarseness.WITHOUT_HOURS: N_("Without hours"),
    Coarseness.ONE_SKILL: N_("One skill named"),
    Coarseness.ANY_SKILL: N_("At least one asked skill"),
}
HOW = {"spoken": N_("Said aloud"), "paper": N_("On paper")}


ON_SHEETS = (
    N_("Skills asked for"), N_("One of the skills asked for"), N_("At least one of them"),
    N_("None of them yet"), N_("%(language)s, at least %(level)s"), N_("Available"),
    *vocabulary.BANDS.values(), *vacancy_words.PAY_UNITS.values(),
)  # fmt: skip
"""Words that are filled into the sheets and are no terms of the vocabulary."""


def status_kind(status: str) -> str:
    if status in WAITING:
        return "wait"
    if status in GOOD:
        return "good"
    return "info" if status == S.OFFERED else ""


# --- the card ------------------------------------------------------------------


@dataclass(frozen=True)
class CardShown:
    """As the card's macro takes it."""

    code: str
    vacancy_title: str
    lines: list[tuple[str, list[str], bool | None]]


def card_shown(introduction: Introduction, vacancy_title: str, *, card: Card | None = None) -> CardShown:
    card = card or cards.from_json(introduction.card)
    lines = card_lines(card)
    if introduction.answer_by is not None and introduction.answered_at is None:
        lines.append((_("Answer by"), [pages.show_datetime(introduction.answer_by)], None))
    return CardShown(introduction.card_code or _("The code comes with the offer"), vacancy_title, lines)


def card_lines(card: Card) -> list[tuple[str, list[str], bool | None]]:
    """Every line a company reads, in the page's language; each label says how much the line tells."""
    lines = [line for line in (skill_line(card),) if line]
    for language in card.languages:
        label = _(
            "%(language)s, at least %(level)s",
            language=_capital(vocabulary.label("language", language.code)),
            level=vocabulary.CEFR[language.level],
        )
        lines.append((label, [], language.met))
    if card.bands:
        lines.append((_("Available"), [_(vocabulary.BANDS[band]) for band in card.bands], None))
    return lines


def skill_line(card: Card) -> tuple[str, list[str], bool | None] | None:
    if card.coarseness == Coarseness.ANY_SKILL:
        return _("Skills asked for"), [_("At least one of them")], True
    names = [_capital(vocabulary.label("skill", code)) for code in card.skills]
    if card.coarseness == Coarseness.ONE_SKILL:
        return _("One of the skills asked for"), names, True
    if not names:
        return _("Skills asked for"), [_("None of them yet")], False
    return _("Skills asked for"), names, True


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def card_summary(card: Card) -> str:
    """One sentence for the choice of cards."""
    if card.coarseness == Coarseness.ANY_SKILL:
        parts = [_("No skill named")]
    else:
        names = [vocabulary.label("skill", code) for code in card.skills]
        parts = [", ".join(names) or _("No asked skill")]
    for language in card.languages:
        name = vocabulary.label("language", language.code)
        parts.append(_("%(language)s met", language=name) if language.met else _("%(language)s not met", language=name))
    parts += [_(vocabulary.BANDS[band]).lower() for band in card.bands]
    return _capital("; ".join(parts)) + "."


def k_text(k: int) -> str:
    return ngettext("fits %(num)d person", "fits %(num)d people", k)


def choices(options: list[tuple[Card, int]], checked: str) -> list[dict[str, object]]:
    """As the macro `card_choices` takes them."""
    return [
        {
            "value": str(card.coarseness),
            "label": _(CARDS[card.coarseness]),
            "text": card_summary(card),
            "k_text": k_text(k),
            "few": k < FEW,
            "checked": str(card.coarseness) == checked,
        }
        for card, k in options
    ]
