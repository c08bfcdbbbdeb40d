"""What a file is, by its content alone: its name and what the browser says count for nothing.

Refused besides unknown kinds: what two readers would take for two kinds of file, scripts, macros and embedded files.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from enum import StrEnum
from pathlib import PurePosixPath, PureWindowsPath

from portal.core.errors import N_, RuleBroken


class FileKind(StrEnum):
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"
    TEXT = "txt"
    CSV = "csv"
    DOCX = "docx"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]


OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.TEXT: "text/plain; charset=utf-8",
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.DOCX: f"{OFFICE}.wordprocessingml.document",
    FileKind.XLSX: f"{OFFICE}.spreadsheetml.sheet",
}
MAIN_PART = {FileKind.DOCX: "word/document.xml", FileKind.XLSX: "xl/workbook.xml"}

ZIP_END = b"PK\x05\x06"
MARKUP = re.compile(rb"<\s*(!doctype|html|svg|script|body|iframe|\?php)", re.IGNORECASE)
ACTIVE_PDF = re.compile(rb"/(JavaScript|Launch|EmbeddedFile|RichMedia|XFA)\b")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
UNPACKED_LIMIT = 100 * 1024 * 1024
PARTS_LIMIT = 3000
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, ValueError, EOFError, OSError,
)  # fmt: skip
"""What reading a part of a package may raise; whatever it is, it is the file."""

UNKNOWN = N_("This kind of file is not accepted here. Send a file of one of the kinds named beside the field.")
TWO_KINDS = N_("This file can be read as two kinds of file. Save it anew and send that.")
ACTIVE_SCRIPT = N_("This PDF holds a script or another file. Print it into a new PDF and send that.")
MACROS = N_("This document holds macros or other files. Save it without them and send that.")
DAMAGED = N_("This file is damaged or locked with a password. Open and save it anew, then send it.")


def kind_of(data: bytes, name: str) -> FileKind:
    """Raises `RuleBroken` for what is not surely one of the kinds. `name` only tells CSV from other text."""
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _image(data, FileKind.PNG, whole=_png_is_whole(data))
    if data.startswith(b"\xff\xd8\xff"):
        return _image(data, FileKind.JPEG, whole=b"\xff\xd9" in data[-64 * 1024 :])
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    return _text(data, name)


def _pdf(data: bytes) -> FileKind:
    if b"%%EOF" not in data[-2048:]:
        raise RuleBroken(DAMAGED)
    if _ends_as_zip(data) or MARKUP.search(data[:1024]):
        raise RuleBroken(TWO_KINDS)
    if ACTIVE_PDF.search(_without_escapes(data)):
        raise RuleBroken(ACTIVE_SCRIPT)
    return FileKind.PDF


def _without_escapes(data: bytes) -> bytes:
    """PDF names may hide their letters: /J#61vaScript."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes.fromhex(found[1].decode()), data)


def _image(data: bytes, kind: FileKind, whole: bool) -> FileKind:
    if not whole:
        raise RuleBroken(DAMAGED)
    if _ends_as_zip(data) or MARKUP.search(data) or b"%PDF-" in data[:1024]:
        raise RuleBroken(TWO_KINDS)
    return kind


def _png_is_whole(data: bytes) -> bool:
    """From the first chunk to the last, and nothing behind it."""
    at, name = 8, b""
    while at + 12 <= len(data):
        length, name = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if at == 8 and name != b"IHDR":
            return False
        at += 12 + length
        if name == b"IEND":
            return at == len(data)
    return False


def _ends_as_zip(data: bytes) -> bool:
    return ZIP_END in data[-(65_535 + 22) :]


def _office(data: bytes) -> FileKind:
    end = data.rfind(ZIP_END)
    if end + 22 != len(data):
        raise RuleBroken(TWO_KINDS if end >= 0 else DAMAGED)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
            _check_parts(parts)
            types = package.read("[Content_Types].xml")
    except UNREADABLE:
        raise RuleBroken(DAMAGED) from None
    if b"macroenabled" in types.lower() or any(_is_active(part.filename) for part in parts):
        raise RuleBroken(MACROS)
    names = {part.filename for part in parts}
    kinds = [kind for kind, main in MAIN_PART.items() if main in names]
    if len(kinds) != 1:
        raise RuleBroken(UNKNOWN)
    return kinds[0]


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > PARTS_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise RuleBroken(DAMAGED)
    for part in parts:
        path = PurePosixPath(part.filename)
        if path.is_absolute() or ".." in path.parts or part.flag_bits & 1:
            raise RuleBroken(DAMAGED)


def _is_active(part: str) -> bool:
    low = part.lower()
    return "vbaproject" in low or "/activex/" in low or "/embeddings/" in low or low.endswith((".exe", ".dll", ".js"))


def _text(data: bytes, name: str) -> FileKind:
    words = text_of(data)
    if words is None or CONTROL.search(words):
        raise RuleBroken(UNKNOWN)
    if words.lstrip("\ufeff \t\r\n").startswith(("<", "%!", "{\\rtf")) or MARKUP.search(words.encode()):
        raise RuleBroken(UNKNOWN)
    if "%PDF-" in words[:1024]:
        raise RuleBroken(TWO_KINDS)
    return FileKind.CSV if name.lower().endswith(".csv") else FileKind.TEXT


def text_of(data: bytes) -> str | None:
    """UTF-8, UTF-16 with its mark, or what Finnish spreadsheets write (Windows-1252)."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8", "cp1252")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def safe_name(given: str, kind: FileKind) -> str:
    """The name without its path, with one extension that says what the file is: `../a.pdf.exe` → `a-pdf.pdf`."""
    name = PureWindowsPath(given.replace("/", "\\")).name
    name = unicodedata.normalize("NFC", name)
    name = "".join(char for char in name if unicodedata.category(char)[0] not in "CZ" or char == " ")
    stem, dot, _extension = name.rpartition(".")
    stem = re.sub(r"[.\\/:*?\"<>|%;']+", "-", stem if dot else name)
    return f"{stem.strip(' -')[:100].rstrip() or 'file'}.{kind}"
