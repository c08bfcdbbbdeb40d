"""One message, rendered: plain text and the same as HTML, in one language, for one address.

A template is `emails/templates/<name>.<language>.txt`: the subject on the first line, a blank line, then paragraphs.
A line `[Words](address)` alone is a button in HTML and an address in plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.utils import parseaddr
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent / "templates"
BUTTON = re.compile(r"^\[(?P<words>[^\]]+)\]\((?P<address>[^)\s]+)\)$")


@dataclass(frozen=True)
class Message:
    """`attachments` are (file name, media type, text). `sender` ("Name <address>") stands in place of the portal's own:
    then nothing in the mail tells where it comes from."""

    kind: str
    to: str
    language: str
    subject: str
    text: str
    html: str
    attachments: tuple[tuple[str, str, str], ...] = ()
    sender: str = ""

    @property
    def domain(self) -> str:
        """Where the sender's address lives; empty for the portal's own."""
        return parseaddr(self.sender)[1].rpartition("@")[2]


@cache
def _environment() -> Environment:
    return Environment(  # noqa: S701 - plain text; the HTML part escapes each paragraph itself
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def render(
    name: str, to: str, language: str, attachments: tuple[tuple[str, str, str], ...] = (), **values: Any
) -> Message:
    """Render the template `name`; every value it names must be given."""
    whole = _environment().get_template(f"{name}.{language}.txt").render(**values)
    subject, _, body = whole.partition("\n")
    footer = _environment().get_template(f"footer.{language}.txt").render(**values)
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", body.strip()) if part.strip()]
    text = "\n\n".join(plain(part) for part in paragraphs) + "\n\n-- \n" + footer.strip() + "\n"
    return Message(
        name,
        to,
        language,
        subject.strip(),
        text,
        page(language, subject.strip(), paragraphs, footer.strip()),
        attachments,
    )


def render_bare(name: str, to: str, language: str, sender: str, **values: Any) -> Message:
    """Plain text alone, without our name, footer, colours or links."""
    whole = _environment().get_template(f"{name}.{language}.txt").render(**values)
    subject, _, body = whole.partition("\n")
    return Message(name, to, language, subject.strip(), body.strip() + "\n", "", (), sender)


def plain(paragraph: str) -> str:
    match = BUTTON.match(paragraph)
    return f"{match['words']}:\n{match['address']}" if match else paragraph


P = 'style="margin:0 0 16px"'
BUTTON_STYLE = (
    "display:inline-block;padding:12px 18px;background:#0b5345;color:#ffffff;border-radius:8px;"
    "font-weight:bold;text-decoration:none"
)


SHEET = "max-width:576px;margin:24px auto;padding:32px;background:#ffffff;border:1px solid #7f8a83;border-radius:14px"


def page(language: str, subject: str, paragraphs: list[str], footer: str) -> str:
    """The HTML part: styles stand in the elements, and it reads well without any."""
    body = "\n".join(paragraph_html(part) for part in paragraphs)
    small = "<br>".join(escape(line) for line in footer.splitlines())
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(subject)}</title>
</head>
<body style="margin:0;background:#f0f4ef;color:#15211c;font:16px/1.55 'Segoe UI',Roboto,Arial,sans-serif">
<div style="{SHEET}">
<p style="margin:0 0 16px;font-weight:bold;color:#0b5345">Reilu</p>
<h1 style="font-size:26px;line-height:1.2;margin:0 0 16px">{escape(subject)}</h1>
{body}
<hr style="border:0;border-top:1px solid #7f8a83;margin:24px 0">
<p style="margin:0;font-size:14px;color:#414d46">{small}</p>
</div>
</body>
</html>
"""


def paragraph_html(paragraph: str) -> str:
    if match := BUTTON.match(paragraph):
        return f'<p {P}><a href="{escape(match["address"])}" style="{BUTTON_STYLE}">{escape(match["words"])}</a></p>'
    return f"<p {P}>" + "<br>".join(escape(line) for line in paragraph.splitlines()) + "</p>"
