"""The verbs of the sheets' own languages: added, written, checked by a second person, taken out of use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from uuid import UUID

from babel import Locale, localedata
from sqlalchemy import select

from portal.core import audit, clock, languages
from portal.core.db import db, sort_key
from portal.core.errors import N_, NotFound, RuleBroken
from portal.sheets import rules, texts
from portal.sheets.models import SheetLanguage, SheetLine


def all_languages() -> list[SheetLanguage]:
    return sorted(db.session.scalars(select(SheetLanguage)), key=lambda each: sort_key(name_of(each.code)))


def get(language_id: UUID, to_change: bool = False) -> SheetLanguage:
    """Raises `NotFound`. `to_change` locks the row until the commit."""
    query = select(SheetLanguage).where(SheetLanguage.id == language_id)
    language = db.session.scalar(query.with_for_update() if to_change else query)
    if language is None:
        raise NotFound
    return language


def in_use() -> list[SheetLanguage]:
    return [each for each in all_languages() if each.checked_at is not None]


def codes_in_use() -> frozenset[str]:
    return frozenset(db.session.scalars(select(SheetLanguage.code).where(SheetLanguage.checked_at.is_not(None))))


def lines_of(code: str) -> dict[str, str]:
    query = select(SheetLine).join(SheetLanguage).where(SheetLanguage.code == code)
    return {line.source: line.text for line in db.session.scalars(query)}


def name_of(code: str) -> str:
    """In the language of the page, with the language's own name where Babel knows it."""
    locale = Locale.parse(code)
    return str(locale.get_display_name(languages.current()) or code)


def own_name(code: str) -> str:
    """As its speakers write it; empty where Babel does not know."""
    return str(Locale.parse(code).get_display_name(code) or "")


def direction(code: str) -> str:
    """`ltr` or `rtl`."""
    return str(Locale.parse(code).text_direction)


def choices() -> list[tuple[str, str]]:
    """Every language Babel has rules for and no sheet speaks yet, sorted for the reader."""
    taken = {*languages.LANGUAGES, *db.session.scalars(select(SheetLanguage.code))}
    return [(code, name) for code, name in known(languages.current()) if code not in taken]


@cache
def known(language: str) -> tuple[tuple[str, str], ...]:
    """Codes and names in `language`; asked once, because Babel looks at a file for each of 600 names."""
    ruled = frozenset(localedata.locale_identifiers())
    named = [(str(code), str(name)) for code, name in Locale.parse(language).languages.items()]
    plain = [(code, name) for code, name in named if code.isalpha() and len(code) <= 3 and code in ruled]
    return tuple(sorted(plain, key=lambda each: sort_key(each[1])))


def missing(language: SheetLanguage) -> list[str]:
    written = {line.source for line in language.lines if line.text}
    return [text for text in texts.everything() if text not in written]


def add(code: str, translator: str, by: UUID) -> SheetLanguage:
    if code not in dict(choices()):
        raise RuleBroken(N_("Choose a language from the list."), field="code")
    language = SheetLanguage(code=code, translator=translator, written_by_id=by, written_at=clock.now(), version=1)
    db.session.add(language)
    audit.record("sheet_language.added", "sheet_language", language.id, facts={"code": code})
    return language


def write(language: SheetLanguage, translator: str, lines: Mapping[str, str], by: UUID) -> None:
    """Replace the lines; whatever changed has to be checked again before it is printed."""
    for source, text in lines.items():
        if text:
            rules.check_line(source, text)
    old = {line.source: line for line in language.lines}
    changed = {source for source, text in lines.items() if text != (old[source].text if source in old else "")}
    if not changed and translator == language.translator:
        return
    kept = {source: line for source, line in old.items() if lines.get(source)}
    for source, line in kept.items():
        line.text = lines[source]
    new = [SheetLine(source=source, text=text) for source, text in lines.items() if text and source not in old]
    language.lines = [*kept.values(), *new]
    language.translator, language.written_by_id, language.written_at = translator, by, clock.now()
    language.version += 1
    if changed:
        language.checked_at = language.checked_by_id = None
    facts = {"code": language.code, "lines": len(changed)}
    audit.record("sheet_language.written", "sheet_language", language.id, facts=facts)


def check(language: SheetLanguage, by: UUID) -> None:
    """A second person has compared every line with the Finnish one; from now on the sheets offer it."""
    rules.check_second_person(by, language.written_by_id)
    rules.check_whole(len(missing(language)))
    language.checked_at, language.checked_by_id = clock.now(), by
    language.version += 1
    audit.record("sheet_language.checked", "sheet_language", language.id, facts={"code": language.code})


def take_out(language: SheetLanguage) -> None:
    """Out of use until it is checked again; its lines stay."""
    language.checked_at = language.checked_by_id = None
    language.version += 1
    audit.record("sheet_language.taken_out", "sheet_language", language.id, facts={"code": language.code})
