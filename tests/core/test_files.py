"""Files: known by their content, sealed, and given back as attachments (design: Files and jobs)."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, func, select, update
from werkzeug.datastructures import FileStorage

from portal.core import files, filetypes, vault
from portal.core.db import db, transaction
from portal.core.errors import RuleBroken
from portal.core.files import FileKind, SealedContent, SealedFile
from tests.core.conftest import House

ALL = frozenset(FileKind)
COMPANY = uuid4()

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"


def png(behind: bytes = b"") -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    pixel = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + pixel + chunk(b"IEND", b"") + behind


def office(main: str = "word/document.xml", types: str = "", **parts: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        package.writestr("[Content_Types].xml", f"<Types>{types}</Types>")
        for name, content in {main: "<document/>", **parts}.items():
            package.writestr(name, content)
    return held.getvalue()


JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\0" * 40 + b"\xff\xd9"
DOCX, XLSX = office(), office("xl/workbook.xml")


def upload(data: bytes, name: str = "file.bin", field: str | None = "evidence") -> FileStorage:
    return FileStorage(io.BytesIO(data), filename=name, name=field, content_type="text/html")


def keep(data: bytes, name: str, allowed: frozenset[FileKind] = ALL, candidate_id: UUID | None = None) -> SealedFile:
    with transaction():
        file = files.store(
            upload(data, name), subject="company", subject_id=COMPANY, allowed=allowed, candidate_id=candidate_id
        )
        file_id = file.id
    return db.session.get_one(SealedFile, file_id)


GOOD = {
    "pdf": (PDF, FileKind.PDF, "application/pdf"),
    "png": (png(), FileKind.PNG, "image/png"),
    "jpeg": (JPEG, FileKind.JPEG, "image/jpeg"),
    "docx": (DOCX, FileKind.DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (XLSX, FileKind.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "utf-8": ("Työtodistus\n".encode(), FileKind.TEXT, "text/plain; charset=utf-8"),
    "windows": ("Työtodistus\r\n".encode("cp1252"), FileKind.TEXT, "text/plain; charset=utf-8"),
    "utf-16": ("Työtodistus\n".encode("utf-16"), FileKind.TEXT, "text/plain; charset=utf-8"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_file_comes_back_as_it_was_sent_and_is_called_what_it_is(app: Flask, name: str) -> None:
    data, kind, media_type = GOOD[name]
    file = keep(data, "Verotodistus.html")
    assert (files.read(file), file.media_type, file.size) == (data, media_type, len(data))
    assert file.name == f"Verotodistus.{kind}"


def test_a_csv_is_told_by_its_name(app: Flask) -> None:
    assert keep(b"a;b\n1;2\n", "list.CSV").media_type == "text/csv; charset=utf-8"


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'
MACRO_TYPES = '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
BAD = {
    "svg": (SVG, filetypes.UNKNOWN),
    "html": (b"<!DOCTYPE html><p>hello", filetypes.UNKNOWN),
    "html after words": (b"hello <ScRipt src=x></script>", filetypes.UNKNOWN),
    "html in utf-16": ("x <html>".encode("utf-16"), filetypes.UNKNOWN),
    "xml": (b"\xef\xbb\xbf <?xml version='1.0'?><a/>", filetypes.UNKNOWN),
    "rtf": (b"{\\rtf1 hello}", filetypes.UNKNOWN),
    "program": (b"MZ\x90\x00\x03\x00\x00\x00", filetypes.UNKNOWN),
    "gif": (b"GIF89a\x01\x00\x01\x00", filetypes.UNKNOWN),
    "plain zip": (office("readme.txt"), filetypes.UNKNOWN),
    "old word": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(100), filetypes.UNKNOWN),
    "macros": (office(**{"word/vbaProject.bin": "x"}), filetypes.MACROS),
    "macro type": (office(types=MACRO_TYPES), filetypes.MACROS),
    "embedded": (office(**{"word/embeddings/oleObject1.bin": "x"}), filetypes.MACROS),
    "climbing part": (office(**{"../../etc/passwd": "x"}), filetypes.DAMAGED),
    "both kinds": (office(**{"xl/workbook.xml": "x"}), filetypes.UNKNOWN),
    "cut docx": (DOCX[:-30], filetypes.DAMAGED),
    "docx and more": (DOCX + b"<html>", filetypes.TWO_KINDS),
    "cut pdf": (PDF[:30], filetypes.DAMAGED),
    "pdf and zip": (PDF + DOCX + b"%%EOF", filetypes.TWO_KINDS),
    "pdf and html": (b"%PDF-1.7\n<html>" + PDF, filetypes.TWO_KINDS),
    "pdf with script": (
        PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript >>"),
        filetypes.ACTIVE_SCRIPT,
    ),
    "pdf with hidden script": (PDF.replace(b"/Catalog", b"/J#61vaScript"), filetypes.ACTIVE_SCRIPT),
    "pdf with a file": (PDF.replace(b"/Catalog", b"/EmbeddedFile"), filetypes.ACTIVE_SCRIPT),
    "late pdf": (b"hello\n" + PDF, filetypes.TWO_KINDS),
    "png and more": (png(b"<html>"), filetypes.DAMAGED),
    "png with a zip": (png(DOCX), filetypes.DAMAGED),
    "cut png": (png()[:-4], filetypes.DAMAGED),
    "jpeg and zip": (JPEG + DOCX, filetypes.TWO_KINDS),
    "jpeg with html": (JPEG[:20] + b"<script>1</script>" + JPEG[20:], filetypes.TWO_KINDS),
    "cut jpeg": (JPEG[:-2], filetypes.DAMAGED),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_not_surely_harmless_is_refused_in_words(app: Flask, what: str) -> None:
    data, sentence = BAD[what]
    with pytest.raises(RuleBroken) as refusal:
        keep(data, "harmless.pdf")
    assert (refusal.value.message, refusal.value.field) == (sentence, "evidence")
    assert db.session.scalar(select(func.count()).select_from(SealedFile)) == 0


def test_only_the_kinds_asked_for_are_accepted(app: Flask) -> None:
    assert keep(PDF, "a.pdf", allowed=files.DOCUMENTS).size == len(PDF)
    with pytest.raises(RuleBroken):
        keep(PDF, "a.pdf", allowed=files.IMAGES)


@pytest.mark.parametrize(("size", "fits"), [(0, False), (1, True), (files.LIMIT, True), (files.LIMIT + 1, False)])
def test_a_file_has_at_least_one_byte_and_at_most_ten_megabytes(app: Flask, size: int, fits: bool) -> None:
    if fits:
        assert keep(b"x" * size, "a.txt").size == size
    else:
        with pytest.raises(RuleBroken) as refusal:
            keep(b"x" * size, "a.txt")
        assert refusal.value.field == "evidence"


def test_p8_neither_content_nor_name_stands_in_the_database(house: House, app: Flask, kind: str) -> None:
    keep(b"Kanarialintu asuu Turussa", "Kanarialintu Aino.txt")
    db.session.rollback()
    for hidden in ("Kanarialintu", "Turussa", "Aino"):
        assert hidden.encode() not in house.bytes_on_disk()
    rows = [*db.session.execute(select(SealedFile.__table__)), *db.session.execute(select(SealedContent.__table__))]
    assert "Kanarialintu" not in repr(rows)


def test_p8_a_candidates_file_dies_with_the_candidates_key(app: Flask) -> None:
    candidate_id = uuid4()
    vault.create_key(candidate_id)
    file = keep(PDF, "cv.pdf", candidate_id=candidate_id)
    assert (files.read(file), file.name) == (PDF, "cv.pdf")
    vault.destroy_key(candidate_id)
    with pytest.raises(vault.KeyGone):
        files.read(file)


def test_contents_exchanged_in_the_database_do_not_open(app: Flask) -> None:
    one, other = keep(PDF, "a.pdf"), keep(b"words", "b.txt")
    with transaction():
        token = db.session.scalar(select(SealedContent.token).where(SealedContent.file_id == other.id))
        db.session.execute(update(SealedContent).where(SealedContent.file_id == one.id).values(token=token))
    with pytest.raises(vault.Tampered):
        files.read(db.session.get_one(SealedFile, one.id))


def test_a_file_is_served_as_an_attachment_that_nothing_runs(app: Flask) -> None:
    with app.test_request_context():
        answer = files.response(keep(PDF, "Työ & todistus.pdf"))
        assert answer.get_data() == PDF
    headers = answer.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["Cache-Control"] == "no-store"
    said = headers["Content-Disposition"]
    assert said.startswith('attachment; filename="Tyo')
    assert "filename*=UTF-8''Ty%C3%B6%20%26%20todistus.pdf" in said


NAMES = {
    "../../etc/passwd": "passwd.pdf",
    "C:\\Users\\Aino\\cv.pdf": "cv.pdf",
    "report.pdf.exe": "report-pdf.pdf",
    "invoice.php.pdf": "invoice-php.pdf",
    ".htaccess": "file.pdf",
    "": "file.pdf",
    "...": "file.pdf",
    "a\r\nSet-Cookie: x.pdf": "aSet-Cookie- x.pdf",
    "fdp\u202efdp.exe": "fdpfdp.pdf",
    'q"uote;d.pdf': "q-uote-d.pdf",
    "Ääkköset Öljy.pdf": "Ääkköset Öljy.pdf",
    "A\u0308iti.pdf": "Äiti.pdf",
}


@pytest.mark.parametrize("given_name", NAMES)
def test_a_name_keeps_its_words_and_loses_its_tricks(given_name: str) -> None:
    assert filetypes.safe_name(given_name, FileKind.PDF) == NAMES[given_name]


@given(st.text(max_size=300))
def test_every_name_becomes_one_name_with_one_extension(name: str) -> None:
    safe = filetypes.safe_name(name, FileKind.PNG)
    assert safe.endswith(".png") and safe.count(".") == 1 and 5 <= len(safe) <= 104
    assert not set(safe) & set('/\\\r\n\0";')
    said = files.disposition(safe)
    assert said.isascii() and said.isprintable() and said.count('"') == 2


@given(st.binary(max_size=400))
def test_any_bytes_are_a_known_kind_or_refused_in_words(data: bytes) -> None:
    for start in (b"", b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\x03\x04"):
        try:
            assert filetypes.kind_of(start + data, "x") in FileKind
        except RuleBroken as refusal:
            assert refusal.message.endswith(".")


def test_listing_files_does_not_read_their_contents(app: Flask) -> None:
    keep(PDF, "a.pdf")
    keep(PDF, "b.pdf")
    db.session.rollback()
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    assert [file.name for file in files.files_of("company", COMPANY)] == ["a.pdf", "b.pdf"]
    assert not [statement for statement in statements if "sealed_content" in statement]


def test_deleting_removes_the_files_of_one_thing_alone(app: Flask) -> None:
    keep(PDF, "a.pdf")
    keep(PDF, "b.pdf")
    other = uuid4()
    with transaction():
        files.store(upload(PDF, "c.pdf"), subject="company", subject_id=other, allowed=ALL)
    with transaction():
        assert files.delete_for("company", COMPANY) == 2
    assert files.files_of("company", COMPANY) == []
    assert [file.name for file in files.files_of("company", other)] == ["c.pdf"]
    assert db.session.scalar(select(func.count()).select_from(SealedContent)) == 1
