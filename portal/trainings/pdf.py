"""A certificate as a tagged PDF (PDF/UA). WeasyPrint is read when the first one is made, so that no start pays for it.

It needs Pango of the machine. Without Pango nothing else misses it: the page says so and offers its print view.
"""

from __future__ import annotations

import ctypes
from base64 import b64encode
from functools import cache
from pathlib import Path

import segno
from flask import render_template

from portal.trainings.certificates import Certificate

STYLE = Path(__file__).parent / "certificate.css"
WORDMARK = Path(__file__).parent.parent / "static" / "wordmark.svg"
PANGO = (
    ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
)
NAMES = {"fi": "suomi", "sv": "svenska", "en": "English"}
FILE_NAMES = {"fi": "todistus", "sv": "intyg", "en": "certificate"}


@cache
def is_available() -> bool:
    """Whether Pango is on this machine, asked without reading WeasyPrint."""
    return all(any(loads(name) for name in names) for names in PANGO)


def loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def make(certificate: Certificate, language: str) -> bytes:
    """The file's bytes. It fetches nothing: all it needs stands in it."""
    import weasyprint

    html = render_template(
        "trainings/_certificate_pdf.html", certificate=certificate, lang=language,
        drawn=drawn(certificate.check_url), wordmark=inline(WORDMARK.read_bytes()),
    )  # fmt: skip
    inside = weasyprint.URLFetcher(allowed_protocols=("data",))
    document = weasyprint.HTML(string=html, url_fetcher=inside)
    pdf: bytes = document.write_pdf(stylesheets=[weasyprint.CSS(filename=STYLE)], pdf_variant="pdf/ua-1")
    return pdf


def drawn(address: str) -> str:
    """The QR code as a picture inside the document."""
    svg = segno.make(address, error="m", micro=False).svg_inline(scale=4, border=0, dark="#000", light=None)
    return inline(svg.encode())


def inline(svg: bytes) -> str:
    return "data:image/svg+xml;base64," + b64encode(svg).decode()
