"""How the service is, part by part, in words: what an administrator looks at first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from portal.core import clock, outbox, schema, vault
from portal.core.db import db
from portal.core.errors import N_
from portal.core.jobs import Job, JobStatus
from portal.core.outbox import OutboxMessage, OutboxStatus
from portal.core.pages import show_datetime
from portal.home import trail_checks
from portal.matching import services as matching
from search.engine import Condition

LATE = timedelta(minutes=15)
C = Condition
INDEX = {
    C.CURRENT: N_("The index holds every change."),
    C.BEHIND: N_("Many changes are not in the index yet. Match lists hold them already; they are only slower."),
    C.MISSING: N_("There is no index. Match lists read every profile until the worker has made one."),
    C.BROKEN: N_("The index cannot be read. Match lists read every profile until the worker has made a new one."),
    C.FOREIGN: N_("The index is of another database, as after a restored backup. The worker makes a new one."),
    C.BUSY: N_("The index is being rewritten. Look again in a minute."),
    C.UNREACHABLE: N_("The search server does not answer. Look whether it runs and MEILI_URL is right."),
    C.SLOW: N_("The search server takes too long to answer. Look at its load."),
    C.KEY_REFUSED: N_("The search server refuses our key. Look at MEILI_KEY."),
    C.FULL: N_("The search server has no room left. Give it more disk."),
    C.TASK_FAILED: N_("The search server could not carry out a change. Rebuild the index: flask search rebuild."),
    C.OUTDATED: N_("The index is of an older version. Rebuild it: flask search rebuild."),
    C.UNCLEAR: N_("The search server answers with something we do not know. Look at its version and its log."),
}


@dataclass(frozen=True)
class Part:
    """`sound` False asks for a look; the text then says what to do."""

    title: str
    sound: bool
    text: str
    href: str = ""
    link: str = ""


def parts() -> list[Part]:
    """What needs a look first."""
    found = [database(), keys(), index(), mail(), background(), trail()]
    return sorted(found, key=lambda part: part.sound)


def database() -> Part:
    known = schema.known_revisions()
    found = schema.revision(db.session.connection())
    sound = found == (known[0] if known else None)
    text = _("Its tables are those of this version.")
    if not sound:
        text = _("Its tables are of another version. Back up, then run: flask --app portal prepare.")
    return Part(_("Database"), sound, text)


def keys() -> Part:
    try:
        vault.check()
    except Exception:  # whatever it is, the page says that the store does not open
        current_app.logger.exception("key store down", extra={"event": "service.keys_down"})
        return Part(_("Keys"), False, _("The key store does not open. Sealed data cannot be read; look at VAULT_URL."))
    return Part(_("Keys"), True, _("The key store opens."))


def index() -> Part:
    condition = matching.index_condition()
    return Part(_("Search"), condition is Condition.CURRENT, _(INDEX[condition]))


def mail() -> Part:
    counts, oldest = mail_counts()
    failed, waiting = counts.get(OutboxStatus.FAILED, 0), counts.get(OutboxStatus.WAITING, 0)
    href, link = url_for("home.outbox"), _("Open the outbox")
    if outbox.transport() is None:
        return Part(_("Mail"), False, _("There is no mail server. Messages wait until SMTP_URL is set."), href, link)
    if failed:
        text = ngettext("One message could not be sent.", "%(num)d messages could not be sent.", failed)
        return Part(_("Mail"), False, text, url_for("home.outbox", status=OutboxStatus.FAILED), link)
    if oldest is not None and clock.now() - oldest > LATE:
        text = _("Nothing has left since %(time)s. Look whether the worker runs.", time=show_datetime(oldest))
        return Part(_("Mail"), False, text, href, link)
    text = ngettext("One message is on its way.", "%(num)d messages are on their way.", waiting)
    return Part(_("Mail"), True, text if waiting else _("Everything has been sent."), href, link)


def mail_counts() -> tuple[dict[str, int], datetime | None]:
    """How many messages are in each unfinished state, and since when the oldest due one waits."""
    due = func.min(OutboxMessage.due_at)
    query = (
        select(OutboxMessage.status, func.count(), due)
        .where(OutboxMessage.status.in_([OutboxStatus.WAITING, OutboxStatus.FAILED]))
        .where((OutboxMessage.status == OutboxStatus.FAILED) | (OutboxMessage.due_at <= clock.now()))
        .group_by(OutboxMessage.status)
    )
    rows = db.session.execute(query).all()
    return {row[0]: row[1] for row in rows}, next((row[2] for row in rows if row[0] == OutboxStatus.WAITING), None)


def background() -> Part:
    """Jobs that wait too long tell that no worker runs."""
    href, link = url_for("home.jobs"), _("Open the jobs")
    query = select(func.min(Job.created_at)).where(Job.status == JobStatus.WAITING)
    oldest = db.session.scalar(query)
    if oldest is not None and clock.now() - oldest > LATE:
        text = _("Work has waited since %(time)s. Look whether the worker runs.", time=show_datetime(oldest))
        return Part(_("Work in the background"), False, text, href, link)
    return Part(_("Work in the background"), True, _("Nothing waits too long."), href, link)


def trail() -> Part:
    state = trail_checks.latest()
    return Part(_("Audit trail"), state.sound, state.text, url_for("home.audit"), _("Open the audit trail"))
