"""Reading a table that somebody sends: CSV in any usual writing, or XLSX. Nothing of it is trusted.

What cannot be a table, is too large, or was cut off is refused in a sentence; numbers of lines are those of the file.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from portal.core import filetypes
from portal.core.errors import N_, RuleBroken
from portal.core.filetypes import FileKind

MEGABYTES = 5
LIMIT = MEGABYTES * 1024 * 1024
UNPACKED = 40 * 1024 * 1024
MOST_LINES, MOST_CELLS, LONGEST_CELL = 20_000, 200, 1000
SEPARATORS = "\t;,|"
HIDDEN = re.compile(r"[\x0b\x0c\x1c-\x1f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
DEFINES = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E")
"""The beginning of definitions that could grow without end, in UTF-16 too."""

EMPTY = N_("Choose a file that is not empty.")
LARGE = N_("This file is too large for an attendance list. Send at most %(megabytes)d megabytes and %(lines)d lines.")
NO_TABLE = N_("This file is no table. Send the attendance list as CSV or XLSX.")
CUT = N_("The last line of the file is cut off. Export the list again and send the new file.")
BROKEN = N_("Line %(line)d cannot be read as a row of a table. Export the list again and send the new file.")


@dataclass(frozen=True)
class Line:
    """`number` is the line of the file; cells are stripped texts without what turns or hides letters, times in a
    spreadsheet as minutes."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not any(self.cells)


def read(data: bytes, name: str) -> list[Line]:
    """Every line of the file, the empty ones too. Raises `RuleBroken`."""
    if not data:
        raise RuleBroken(EMPTY)
    if len(data) > LIMIT:
        raise too_large()
    if data.startswith(b"PK\x03\x04"):
        return read_xlsx(data, name)
    return read_text(data)


def too_large() -> RuleBroken:
    return RuleBroken(LARGE, megabytes=MEGABYTES, lines=MOST_LINES)


# --- text ---------------------------------------------------------------------


def read_text(data: bytes) -> list[Line]:
    text = filetypes.text_of(data)
    if text is None or "\x00" in text or filetypes.CONTROL.search(text):
        raise RuleBroken(NO_TABLE)
    text = text.lstrip("\ufeff")
    if text.lstrip().startswith(("<", "{", "%PDF")):
        raise RuleBroken(NO_TABLE)
    return split(text, separator_of(text))


def separator_of(text: str) -> str:
    """The first of the usual ones that most lines have: commas stand in names and numbers too."""
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    counts = {mark: [line.count(mark) for line in lines if mark in line] for mark in SEPARATORS}
    most = max(len(found) for found in counts.values())
    if not most:
        raise RuleBroken(NO_TABLE)
    return next(mark for mark in SEPARATORS if len(counts[mark]) > most / 2)


def split(text: str, separator: str) -> list[Line]:
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=separator, strict=True)
    found: list[Line] = []
    try:
        for cells in reader:
            found.append(line_of(reader.line_num, cells))
            if len(found) > MOST_LINES:
                raise too_large()
    except csv.Error:
        # an open quotation mark at the end of the file, or one in the middle of a cell
        at_end = reader.line_num >= len(text.splitlines())
        raise RuleBroken(CUT if at_end else BROKEN, line=reader.line_num) from None
    return found


def line_of(number: int, cells: Iterable[str]) -> Line:
    texts = tuple(HIDDEN.sub(" ", cell).strip()[:LONGEST_CELL] for cell in cells)
    if len(texts) > MOST_CELLS:
        raise RuleBroken(BROKEN, line=number)
    return Line(number, texts)


# --- spreadsheets -------------------------------------------------------------


def read_xlsx(data: bytes, name: str) -> list[Line]:
    """The first sheet that holds anything. The file was weighed before it is unpacked."""
    if filetypes.kind_of(data, name) != FileKind.XLSX:
        raise RuleBroken(NO_TABLE)
    try:
        weigh(data)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        try:
            return first_filled(book)
        finally:
            book.close()
    except RuleBroken:
        raise
    except (*filetypes.UNREADABLE, InvalidFileException, TypeError, AttributeError, LookupError, SyntaxError):
        raise RuleBroken(filetypes.DAMAGED) from None  # whatever the reader stumbles over, it is the file


def weigh(data: bytes) -> None:
    """No part is read by openpyxl before all are weighed, whole, and free of definitions that could grow."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if sum(part.file_size for part in package.infolist()) > UNPACKED:
            raise too_large()
        if any(DEFINES.search(package.read(part)) for part in package.infolist()):
            raise RuleBroken(filetypes.DAMAGED)


def first_filled(book: Any) -> list[Line]:
    for sheet in book.worksheets:
        found: list[Line] = []
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_CELLS, values_only=True), start=1):
            if number > MOST_LINES:
                raise too_large()
            found.append(line_of(number, [text_of(cell) for cell in row]))
        if any(not line.is_empty for line in found):
            width = max(len(line.cells) for line in found)
            return [Line(line.number, line.cells + ("",) * (width - len(line.cells))) for line in found]
    raise RuleBroken(EMPTY)


def text_of(cell: Any) -> str:
    match cell:
        case None:
            return ""
        case timedelta():
            return duration(cell)
        case datetime() | date():
            return cell.isoformat()
        case time():
            return duration(timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second))
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def duration(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}:{seconds % 60:02}"
