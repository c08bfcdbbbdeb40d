"""The demo mailbox: the mail the demonstration sent. Without demo data it does not exist."""

from __future__ import annotations

import re
from uuid import UUID

from flask import current_app, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from portal.core import mailbox, pages
from portal.core.access import public
from portal.core.errors import NotFound
from portal.home import paging
from portal.home.blueprint import bp

ADDRESS_END = r"[^\s<>\"']+"


@bp.get("/demo/mail")
@public
def demo_mail() -> ResponseReturnValue:
    check_demo()
    page = paging.newest(mailbox.DemoMail, mailbox.DemoMail.sent_at, request.args.get("after", ""))
    mails = [mailbox.received(row) for row in page.items]
    return pages.render("home/demo_mail.html", mails=mails, page=page)


@bp.get("/demo/mail/<uuid:mail_id>")
@public
def demo_mail_message(mail_id: UUID) -> ResponseReturnValue:
    check_demo()
    mail = mailbox.get(mail_id)
    paragraphs = [linked(part) for part in mail.message.text.split("\n\n")]
    return pages.render("home/demo_mail_message.html", mail=mail, paragraphs=paragraphs)


def check_demo() -> None:
    if not current_app.extensions["demo"]():
        raise NotFound


def linked(text: str) -> Markup:
    """The text with our own addresses as links, and no others: a demonstration leads nowhere else."""
    base = current_app.extensions["config"].base_url
    parts = re.split(f"({re.escape(base)}(?=/){ADDRESS_END})", text.strip())
    words = Markup().join(link(part, base) if number % 2 else escape(part) for number, part in enumerate(parts))
    return Markup("<br>").join(words.split("\n"))


def link(address: str, base: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address.removeprefix(base), address)


@bp.record_once
def _mount(state: BlueprintSetupState) -> None:
    """`/demo/mail` by itself too, as the README gives it; in the browser's language."""
    state.app.add_url_rule("/demo/mail", "home.demo_mail", demo_mail)
