"""A certificate: its holder's own page, what others see of it, and the PDF, proved with a tool that is not ours."""

from __future__ import annotations

import os
import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from portal.core.db import db, transaction
from portal.trainings import certificates, pdf
from portal.trainings.models import Completion
from tests.factories import trainings

NAME = "Åke Öberg-Lehtovirta"


@pytest.fixture
def token(app):
    with app.app_context(), transaction():
        training = trainings.training(title_fi="Reilu rekrytointi", title_sv="Rättvis rekrytering")
        made = trainings.completion(training, person_name=NAME, training_version=3)
        return certificates.token_of(made.id)


def code_of(app) -> str:
    with app.app_context():
        return db.session.scalars(db.select(Completion.certificate_code)).one()


def test_the_holder_decides_whether_the_check_says_their_name(app, client, token):
    check = f"/en/certificates?code={code_of(app)}"
    page = client.get(f"/en/certificates/{token}")
    assert page.h1 == "Your certificate" and NAME in page.text
    assert 'aria-label="QR code that leads to the check of this certificate"' in page.html
    assert page.links["See what the check page shows"].startswith("/en/certificates?code=")
    for shows, said in ((True, "The check page shows your name."), (False, "The check page shows no name.")):
        stranger = client.get(check)
        assert "This certificate is valid" in stranger.text
        assert (NAME in stranger.html) is not shows, "until it is said"
        page = client.submit(f"/en/certificates/{token}", shows_name="y" if shows else None)
        assert said in page.text
        assert (NAME in client.get(check).html) is shows
    assert "example.fi" not in client.get(check).html.replace("reilu.example", "")


def test_a_link_is_not_guessed_and_opening_it_changes_nothing(app, client, token):
    for wrong in (token[:-1] + ("0" if token[-1] != "0" else "1"), token[:32], "x" * 64, token + "a"):
        assert client.get(f"/en/certificates/{wrong}").status == 404
        assert client.get(f"/en/certificates/{wrong}/certificate.pdf").status == 404
    for _ in range(2):
        client.get(f"/fi/certificates/{token}")
    with app.app_context():
        assert db.session.scalars(db.select(Completion.shows_name)).one() is False


def test_without_pango_the_page_says_so_and_offers_its_print_view(client, token, monkeypatch):
    pdf.is_available.cache_clear()
    monkeypatch.setattr(pdf, "PANGO", (("libnothing.so.0",),))
    page = client.get(f"/en/certificates/{token}")
    assert "A PDF is not available here" in page.text and "Print" in page.text
    refused = client.get(f"/en/certificates/{token}/certificate.pdf")
    assert refused.status == 409 and "Print the certificate from its page" in refused.text
    pdf.is_available.cache_clear()


def test_no_start_pays_for_the_pdf():
    """It is read inside the function that makes the file, and nowhere at the top of a module."""
    modules = list(Path(pdf.__file__).parents[1].rglob("*.py"))
    assert len(modules) > 100
    early = re.compile(r"^(import|from) weasyprint", re.MULTILINE)
    assert not [path.name for path in modules if early.search(path.read_text())]


# --- the file ----------------------------------------------------------------


def elements(node):
    """The structure in reading order, as a screen reader goes through it."""
    for kid in kids_of(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kids_of(node):
    kids = node.get("/K")
    return kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]


def marked_text(document) -> list[str]:
    """What a reader hears: the text of each element that holds any, by its marks, in the order of the structure."""
    heard: dict[int, str] = {}
    page, mark = document.pages[0], None
    fonts = {name: to_unicode(font) for name, font in page.Resources.Font.items()}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" if "/MCID" in (operands[1] if isinstance(operands[1], pikepdf.Dictionary) else ()):
                mark = int(operands[1].MCID)
            case "EMC":
                mark = None
            case "Tf":
                table = fonts[str(operands[0])]
            case "TJ" | "Tj" if mark is not None:
                parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                raw = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
                letters = (raw[at : at + 2] for at in range(0, len(raw), 2))
                heard[mark] = heard.get(mark, "") + "".join(table.get(letter, "\ufffd") for letter in letters)
    spoken = []
    for element in elements(document.Root.StructTreeRoot):
        spoken += [heard.get(int(kid), "") for kid in kids_of(element) if isinstance(kid, int)]
    return [text.strip() for text in spoken if text.strip()]


def to_unicode(font) -> dict[bytes, str]:
    """The font's own table from glyphs to text: without one nobody could copy or hear it."""
    table = {}
    for operands, operator in pikepdf.parse_content_stream(font.ToUnicode):
        if str(operator) == "endbfchar":
            for glyph, text in zip(operands[::2], operands[1::2], strict=True):
                table[bytes(glyph)] = bytes(text).decode("utf-16-be")
    return table


@pytest.fixture
def document(client, token, request):
    """The file in the language of the test."""
    if not pdf.is_available():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("Pango is not on this machine")
    response = client.client.get(f"/{request.param}/certificates/{token}/certificate.pdf")
    assert (response.status_code, response.mimetype) == (200, "application/pdf")
    assert "attachment" in response.headers["Content-Disposition"]
    with pikepdf.open(BytesIO(response.data)) as opened:
        yield opened


SAID = {
    "fi": ("Todistus", NAME, "on suorittanut koulutuksen", "Reilu rekrytointi", "Voimassaolo päättyy"),
    "sv": ("Intyg", NAME, "har genomfört utbildningen", "Rättvis rekrytering", "Giltigt till"),
}


@pytest.mark.parametrize("document", SAID, indirect=True)
def test_the_file_is_tagged_named_and_read_in_order(app, document):
    root = document.Root
    said = SAID[str(root.Lang)]
    assert bool(root.MarkInfo.Marked) and bool(root.ViewerPreferences.DisplayDocTitle)
    with document.open_metadata() as metadata:
        assert str(metadata["pdfuaid:part"]) == "1"
        assert metadata["dc:title"] == f"{said[0]}: {said[3]}, {NAME}"
    found = list(elements(root.StructTreeRoot))
    roles = [str(element.S) for element in found]
    assert roles.index("/H1") < roles.index("/H2") < roles.index("/Table") < roles.index("/Link")
    pictures = [str(element.Alt) for element in found if element.S == "/Figure"]
    assert pictures[0] == "Reilu" and "QR" in pictures[1]
    assert all("/ID" in element for element in found if element.S == "/TH")
    for font in document.pages[0].Resources.Font.values():
        assert any(key.startswith("/FontFile") for key in font.DescendantFonts[0].FontDescriptor), "not embedded"
    text = " ".join(marked_text(document))
    places = [text.find(part) for part in (*said, certificates.rules.shown_code(code_of(app)))]
    assert -1 not in places and places == sorted(places), text
    assert len(document.pages) == 1 and "\ufffd" not in text
