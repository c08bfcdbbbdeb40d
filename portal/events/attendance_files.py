"""What an attendance file says: who was there for how many minutes. Made for what Teams and Zoom export, in Finnish,
Swedish and English, and for a plain table of addresses and minutes.

Plain values in, plain values out; nothing of the file is left out silently: what is no row of the table is `skipped`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from portal.core import tables
from portal.core.errors import N_, RuleBroken
from portal.core.tables import Line

EMAIL = (
    "email", "emailaddress", "useremail", "sähköposti", "sähköpostiosoite", "epost", "epostadress", "mail",
    "participantidupn", "osallistujatunnusupn", "deltagaridupn", "upn",
)  # fmt: skip
NAME = (
    "name", "fullname", "nameoriginalname", "usernameoriginalname", "username", "participant", "participantname",
    "nimi", "kokonimi", "osallistuja", "osallistujannimi", "namn", "fullständigtnamn", "deltagare", "deltagarnamn",
)  # fmt: skip
MINUTES = (
    "totaldurationminutes", "inmeetingduration", "timeinsessionminutes", "attendanceduration", "durationminutes",
    "totalduration", "duration", "minutes", "minutespresent", "minutesattended", "timeinsession",
    "kokouksessaolonkesto", "kestokokouksessa", "kokouksenaikana", "kestoyhteensäminuuttia", "kestominuuttia",
    "kestominuutteina", "läsnäolonkesto", "läsnäoloaika", "kesto", "minuutit", "minuuttia", "läsnäminuutit",
    "varaktighetimötet", "mötesvaraktighet", "tidimötet", "varaktighetminuter", "totalvaraktighetminuter",
    "närvarotid", "varaktighet", "längd", "minuter", "antalminuter",
)  # fmt: skip
JOINED = re.compile(r"join|liittym|anslut|start")
UNITS = (
    r"(?:(\d+)\s*(?:h|t|tim|timmar|tuntia|hours?)\b\.?)?\s*"
    r"(?:(\d+)\s*(?:m|min|minuuttia|minuter|minutes?)\b\.?)?\s*"
    r"(?:(\d+)\s*(?:s|sek|sekuntia|sekunder|seconds?|secs?)\b\.?)?"
)
NOTHING = frozenset({"", "-", "--", "–"})
MOST_MINUTES = 14 * 24 * 60
ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")

NO_COLUMNS = N_(
    "The file has no line with the headings that we look for: an e-mail address and the minutes, or the duration. "
    "Check that it is the attendance list."
)
TWO_COLUMNS = N_("Two columns have the heading “%(heading)s”. Remove one of them and send the file again.")
NO_ROWS = N_("The file has headings but nobody below them. Check that it is the attendance list.")
NO_TIME = N_("Line %(line)d: “%(text)s” is no length of time. Write minutes, for example 85 or 1:25:00.")
NO_ADDRESS = N_("Line %(line)d: “%(text)s” is no e-mail address. Correct the line and send the file again.")
TWICE = N_("Line %(line)d is the same as line %(first)d. Remove one of them and send the file again.")
TOO_LONG = N_("Line %(line)d says more than 14 days. Check that the column holds minutes.")


@dataclass(frozen=True)
class Person:
    """One person of the file; `lines` of it were summed. Without an address they are known by name alone."""

    name: str
    email: str
    minutes: int
    lines: int


@dataclass(frozen=True)
class Columns:
    email: int
    minutes: int
    name: int | None
    joined: int | None
    width: int


@dataclass(frozen=True)
class Attendance:
    people: tuple[Person, ...]
    lines: int
    skipped: tuple[str, ...]


def read(data: bytes, name: str) -> Attendance:
    """Raises `RuleBroken` with the line that cannot be used."""
    lines = tables.read(data, name)
    at, columns = headings(lines)
    rows, rest = rows_below(lines, at, columns)
    if not rows:
        raise RuleBroken(NO_ROWS)
    check_whole(rows, rest, columns)
    check_once(rows, columns)
    skipped = [" ".join(cell for cell in line.cells if cell)[:200] for line in [*lines[:at], *rest]]
    return Attendance(summed(rows, columns), len(rows), tuple(text for text in skipped if text))


# --- headings -----------------------------------------------------------------


def plain(heading: str) -> str:
    return re.sub(r"[\W_]+", "", heading.lower())


def headings(lines: Sequence[Line]) -> tuple[int, Columns]:
    """The line with the headings: of several the first that names people too (Zoom and Teams begin with a summary)."""
    found = [(at, columns) for at, line in enumerate(lines) if (columns := columns_of(line)) is not None]
    if not found:
        raise RuleBroken(NO_COLUMNS)
    return next(((at, columns) for at, columns in found if columns.name is not None), found[0])


def columns_of(line: Line) -> Columns | None:
    words = [plain(cell) for cell in line.cells]
    email, minutes = position(line, words, EMAIL), position(line, words, MINUTES)
    if email is None or minutes is None:
        return None
    joined = next((at for at, word in enumerate(words) if JOINED.search(word)), None)
    return Columns(email, minutes, position(line, words, NAME), joined, len(words))


def position(line: Line, words: Sequence[str], known: Sequence[str]) -> int | None:
    """The best known heading of the line; it may stand there once only."""
    best = next((word for word in known if word in words), None)
    if best is None:
        return None
    if words.count(best) > 1:
        raise RuleBroken(TWO_COLUMNS, heading=line.cells[words.index(best)][:60])
    return words.index(best)


# --- rows ---------------------------------------------------------------------


def rows_below(lines: Sequence[Line], at: int, columns: Columns) -> tuple[list[Line], list[Line]]:
    """The rows of the table, and what comes after it: after an empty line another title, or other headings."""
    rows: list[Line] = []
    for number, line in enumerate(lines[at + 1 :], start=at + 1):
        if line.is_empty:
            continue
        after_gap = lines[number - 1].is_empty
        is_title = after_gap and sum(1 for cell in line.cells if cell) == 1 and columns.width > 1
        if is_title or (number > at + 1 and columns_of(line) is not None):
            return rows, list(lines[number:])
        rows.append(line)
    return rows, []


def check_whole(rows: Sequence[Line], rest: Sequence[Line], columns: Columns) -> None:
    """A row that lacks a column we need: the last one was cut off, another one is broken."""
    for line in rows:
        if len(line.cells) <= max(columns.email, columns.minutes):
            raise RuleBroken(tables.CUT if line is rows[-1] and not rest else tables.BROKEN, line=line.number)
    last = rows[-1]
    if not rest and len(last.cells) < columns.width and all(len(line.cells) >= columns.width for line in rows[:-1]):
        raise RuleBroken(tables.CUT)


def check_once(rows: Sequence[Line], columns: Columns) -> None:
    """Where the file says when each person came, the same line twice would count the same time twice."""
    seen: dict[tuple[str, ...], int] = {}
    for line in rows:
        if is_timed(line, columns) and (first := seen.setdefault(line.cells, line.number)) != line.number:
            raise RuleBroken(TWICE, line=line.number, first=first)


def is_timed(line: Line, columns: Columns) -> bool:
    """Whether it says when they came; a line may end before that column."""
    at = columns.joined
    return at is not None and at < len(line.cells) and bool(line.cells[at])


def summed(rows: Sequence[Line], columns: Columns) -> tuple[Person, ...]:
    """One person an address, else a name; who joined several times is counted for all of it."""
    found: dict[str, Person] = {}
    seconds: dict[str, int] = {}
    for line in rows:
        email = address_of(line, columns.email)
        name = line.cells[columns.name][:120] if columns.name is not None and columns.name < len(line.cells) else ""
        key = email or f"name {name.casefold()}"
        seconds[key] = seconds.get(key, 0) + seconds_of(line, columns.minutes)
        known = found.get(key)
        found[key] = Person(known.name if known else name, email, seconds[key] // 60, known.lines + 1 if known else 1)
    return tuple(found.values())


def address_of(line: Line, at: int) -> str:
    text = line.cells[at].lower()
    if text in NOTHING:
        return ""
    if not ADDRESS.fullmatch(text):
        raise RuleBroken(NO_ADDRESS, line=line.number, text=text[:60])
    return text[:300]


def seconds_of(line: Line, at: int) -> int:
    seconds = length(line.cells[at])
    if seconds is None:
        raise RuleBroken(NO_TIME, line=line.number, text=line.cells[at][:60])
    if seconds > MOST_MINUTES * 60:
        raise RuleBroken(TOO_LONG, line=line.number)
    return seconds


def length(text: str) -> int | None:
    """Seconds of 85, 85,5, 1:25, 1:25:00, 1 h 25 min 3 s or PT1H25M3S; None when it is none of these."""
    low = text.strip().lower().replace("\u00a0", " ")
    if low in NOTHING:
        return 0
    if re.fullmatch(r"\d{1,6}(?:[.,]\d{1,6})?", low):
        return round(float(low.replace(",", ".")) * 60)
    if clock := re.fullmatch(r"(\d{1,4}):(\d{2})(?::(\d{2}))?", low):
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0)
    low = re.sub(r"^pt(?=\d)", "", low)
    low = re.sub(r"(?<=[a-z])(?=\d)", " ", low)
    if (words := re.fullmatch(UNITS, low)) and any(words.groups()):
        hours, minutes, rest = (int(part or 0) for part in words.groups())
        return hours * 3600 + minutes * 60 + rest
    return None


# --- the threshold -------------------------------------------------------------


def least_minutes(threshold: int, unit: str, event_minutes: int) -> int:
    """How many minutes count as having been there; a share of the event is rounded up."""
    if unit == "minutes":
        return threshold
    return -(-event_minutes * threshold // 100)
