"""What Teams, Zoom and people write into attendance files, and what is no such file."""

from __future__ import annotations

import io
import zipfile
from datetime import time, timedelta

import pytest
import xlsxwriter

from portal.core.errors import RuleBroken
from portal.events import attendance_files

TEAMS = """1. Summary
Meeting title\tReilu rekrytointi
Attended participants\t2
Start time\t11/28/26, 9:00:00 AM
Meeting duration\t1h 30m 2s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Aino Lehto\t11/28/26, 9:00:00 AM\t11/28/26, 10:25:00 AM\t1h 25m 3s\tAino@Example.FI\taino@example.fi\tPresenter
Vieras\t11/28/26, 9:10:00 AM\t11/28/26, 9:20:00 AM\t10m 5s\t\t\tAttendee

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Aino Lehto\t11/28/26, 9:00:00 AM\t11/28/26, 10:25:00 AM\t1h 25m 3s\taino@example.fi\tPresenter
"""
ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
123 456,"Reilu, osa 1",11/28/2026 09:00,11/28/2026 10:30,host@example.fi,90,2

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
"Lehto, Aino",aino@example.fi,11/28/2026 09:00,11/28/2026 09:40,40,Yes
"Lehto, Aino",aino@example.fi,11/28/2026 09:50,11/28/2026 10:30,40,Yes
Pekka,--,--,--,--,Yes
"""


def people(text: str | bytes, encoding: str = "utf-8", name: str = "list.csv"):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    found = attendance_files.read(data, name)
    return [(each.name, each.email, each.minutes, each.lines) for each in found.people], found


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_list_of_teams(encoding):
    rows, found = people(TEAMS, encoding)
    assert rows == [("Aino Lehto", "aino@example.fi", 85, 1), ("Vieras", "", 10, 1)]
    assert "Meeting title Reilu rekrytointi" in found.skipped
    assert any(text.startswith("3. In-Meeting") for text in found.skipped)


def test_a_list_of_zoom_sums_who_came_twice():
    rows, found = people(ZOOM)
    assert rows == [("Lehto, Aino", "aino@example.fi", 80, 2), ("Pekka", "", 0, 1)]
    assert found.skipped[1].startswith("123 456")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Sähköposti;Kesto (minuuttia);Nimi\r\näiti@example.fi;85,5;Äiti\r\n", "cp1252"),
        ("E-postadress\tNärvarotid\tNamn\näiti@example.fi\t1 tim 25 min 30 s\tÄiti", "utf-8"),
        ("sep=;\nE-mail;Minutes;Name\n\nÄiti@example.fi;1:25:30;Äiti\n\n", "utf-8-sig"),
        ("Name,Email,Duration\nÄiti,äiti@example.fi,PT1H25M30S\n", "utf-8"),
    ],
)
def test_headings_encodings_separators_and_lengths(text, encoding):
    assert people(text, encoding)[0] == [("Äiti", "äiti@example.fi", 85, 1)]


def spreadsheet(*rows, sheets=1) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for _ in range(sheets - 1):
        book.add_worksheet()
    sheet = book.add_worksheet()
    formats = {time: book.add_format({"num_format": "hh:mm:ss"}), timedelta: book.add_format({"num_format": "[h]:mm"})}
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell, formats.get(type(cell)))
    book.close()
    return out.getvalue()


def test_a_spreadsheet_with_times_and_numbers():
    data = spreadsheet(
        ("Kokous", "Reilu"), (), ("Nimi", "Sähköposti", "Kesto"), ("Aino", "aino@example.fi", time(1, 25)),
        ("Pekka", "pekka@example.fi", timedelta(hours=2)), ("Kati", "kati@example.fi", 30), sheets=2,
    )  # fmt: skip
    assert people(data, name="list.xlsx")[0] == [
        ("Aino", "aino@example.fi", 85, 1), ("Pekka", "pekka@example.fi", 120, 1), ("Kati", "kati@example.fi", 30, 1)
    ]  # fmt: skip


def bomb(declared: bool) -> bytes:
    """A sheet of 60 megabytes of blanks in a file of 60 kilobytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(spreadsheet(("E-mail", "Minutes")))) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for part in good.namelist():
            blown = declared and part.endswith("sheet1.xml")
            text = good.read(part)
            bad.writestr(part, text.replace(b"<sheetData>", b"<sheetData>" + b" " * 60_000_000) if blown else text)
        if not declared:
            bad.writestr("xl/evil.xml", '<!DOCTYPE a [<!ENTITY b "boo">]><a>&b;</a>')
    return out.getvalue()


REFUSED = [
    (b"", "not empty"),
    (b"a" * (5 * 1024 * 1024 + 1), "too large"),
    ("E-mail;Minutes\n" + "a@example.fi;1\n" * 20_001, "too large"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "no table"),
    (b"<html><table><tr><td>E-mail;Minutes", "no table"),
    ("just words\nand more words\n", "no table"),
    ("Name;Phone\nAino;040\n", "no line with the headings"),
    ("E-mail;E-mail;Minutes\na@example.fi;b@example.fi;3\n", "Two columns have the heading “E-mail”"),
    ("E-mail;Minutes\n\n", "nobody below them"),
    ("E-mail;Minutes;Name\na@example.fi;30;Aino\nb@example.fi;3", "last line of the file is cut off"),
    ('E-mail;Minutes;Name\na@example.fi;30;"Ai', "last line of the file is cut off"),
    ("E-mail;Minutes;Name\na@example.fi\nb@example.fi;3;Pekka\n", "Line 2 cannot be read"),
    ("E-mail;Minutes\na@example.fi;a while\n", "Line 2: “a while” is no length of time"),
    ("E-mail;Minutes\nno address;30\n", "Line 2: “no address” is no e-mail address"),
    ("E-mail;Minutes\na@example.fi;999999\n", "more than 14 days"),
    ("E-mail;Join;Minutes\na@x.fi;9:00;30\nb@x.fi;9:00;30\na@x.fi;9:00;30\n", "Line 4 is the same as line 2"),
    (bomb(declared=True), "too large"),
    (bomb(declared=False), "damaged"),
    (b"PK\x03\x04 and then nothing", "damaged"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), REFUSED, ids=[sentence for _, sentence in REFUSED])
def test_what_is_no_attendance_file_is_refused_in_words(data, sentence):
    with pytest.raises(RuleBroken) as refusal:
        people(data)
    assert sentence in str(refusal.value)


def test_a_share_of_the_event_is_rounded_up():
    assert attendance_files.least_minutes(75, "percent", 90) == 68
    assert attendance_files.least_minutes(45, "minutes", 90) == 45


def workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["email", "minutes"])
    sheet.write_row(1, 0, ["aino@example.fi", 85])
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("part", ["[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize("harm", ["its bytes", "its sum"])
def test_a_spreadsheet_that_is_damaged_anywhere_is_refused_in_a_sentence(part, harm):
    data = bytearray(workbook())
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        found, central = package.getinfo(part), package.start_dir
    if harm == "its bytes":
        start = found.header_offset + 30 + len(part)
        for at in range(start, start + found.compress_size):
            data[at] ^= 0xFF
    else:
        data[data.find(found.CRC.to_bytes(4, "little"), central)] ^= 1
    with pytest.raises(RuleBroken) as refused:
        attendance_files.read(bytes(data), "list.xlsx")
    assert "damaged" in refused.value.message


@pytest.mark.parametrize(("encoding", "name"), [("utf-16", "xl/worksheets/sheet1.xml"), ("utf-8", "docProps/app.dat")])
def test_definitions_are_refused_in_every_writing_and_part_before_anything_reads_them(encoding, name, monkeypatch):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as package, zipfile.ZipFile(out, "w") as changed:
        for part in package.infolist():
            changed.writestr(part.filename if part.filename != name else "other.xml", package.read(part))
        changed.writestr(
            name, f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "aa">]><x/>'.encode(encoding)
        )
    monkeypatch.setattr("openpyxl.load_workbook", lambda *args, **options: pytest.fail("it was read"))
    with pytest.raises(RuleBroken) as refused:
        attendance_files.read(out.getvalue(), "list.xlsx")
    assert "damaged" in refused.value.message


def test_a_line_may_end_before_the_time_of_joining():
    text = "email;minutes;join time\naino@example.fi;40\npekka@example.fi;50;9:00\naino@example.fi;20\n"
    assert [(each.email, each.minutes) for each in attendance_files.read(text.encode(), "a.csv").people] == [
        ("aino@example.fi", 60), ("pekka@example.fi", 50),
    ]  # fmt: skip


def test_what_turns_or_breaks_a_line_is_taken_out_of_names():
    text = "email;minutes;name\naino@example.fi;40;Aino\u202eothel\u2028\x0cX\n"
    assert attendance_files.read(text.encode(), "a.csv").people[0].name == "Aino othel  X"
