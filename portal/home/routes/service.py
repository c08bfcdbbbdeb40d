"""The administrator's view of the service: its parts, the outbox, the jobs. No address and no words of a message."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.core import outbox as messages
from portal.core import pages
from portal.core.access import Permission, requires
from portal.core.errors import NotFound, RuleBroken
from portal.core.forms import Form
from portal.core.jobs import Job
from portal.core.outbox import OutboxMessage, OutboxStatus
from portal.home import kept_things, overview, paging, words
from portal.home.blueprint import bp


@bp.get("/service")
@requires(Permission.OUTBOX_READ)
def service() -> ResponseReturnValue:
    return pages.render("home/service.html", parts=overview.parts())


@bp.get("/service/outbox")
@requires(Permission.OUTBOX_READ)
def outbox() -> ResponseReturnValue:
    status = request.args.get("status", "")
    if status and status not in set(OutboxStatus):
        raise NotFound
    where = [OutboxMessage.status == status] if status else []
    page = paging.newest(OutboxMessage, OutboxMessage.posted_at, request.args.get("after", ""), *where)
    return pages.render("home/outbox.html", form=Form(), page=page, words=words, status=status)


@bp.post("/service/outbox/<uuid:message_id>/again")
@requires(Permission.OUTBOX_READ)
def send_again(message_id: UUID) -> ResponseReturnValue:
    form = Form()
    if form.validate_on_submit():
        try:
            messages.send_again(message_id)
        except RuleBroken as refusal:
            form.refuse(refusal)
            flash(_(refusal.message), "wait")
        else:
            flash(_("The message waits to be sent again."), "good")
    return redirect(url_for(".outbox"))


@bp.get("/service/retention")
@requires(Permission.OUTBOX_READ)
def retention() -> ResponseReturnValue:
    """What goes by itself, after how long, and whether it does."""
    return pages.render("home/retention.html", rows=kept_things.rows())


@bp.get("/service/retention/dry-run")
@requires(Permission.OUTBOX_READ)
def dry_run() -> ResponseReturnValue:
    """What the next run would delete; nothing is deleted by looking."""
    return pages.render("home/dry_run.html", rows=kept_things.going())


@bp.get("/service/jobs")
@requires(Permission.OUTBOX_READ)
def jobs() -> ResponseReturnValue:
    page = paging.newest(Job, Job.created_at, request.args.get("after", ""))
    return pages.render("home/jobs.html", page=page, words=words)
