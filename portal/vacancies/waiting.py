"""What waits for whom, and what stands in the way of an account's end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core.access import Permission, Viewer, allows
from portal.core.registry import Task
from portal.vacancies import queries
from portal.vacancies.models import Vacancy

MOST = 50


def waiting(viewer: Viewer) -> Iterator[Task]:
    if allows(viewer, Permission.VACANCY_DECIDE):
        yield from _for_liaison()
    elif allows(viewer, Permission.VACANCY_WRITE):
        yield from _for_company(viewer)


def _for_liaison() -> Iterator[Task]:
    for vacancy, company in queries.waiting_for_decision(MOST):
        yield Task(
            _("Read a vacancy: %(title)s", title=vacancy.title),
            url_for("vacancies.show", vacancy_id=vacancy.id),
            vacancy.submitted_at or vacancy.written_at, company, "vacancy",
        )  # fmt: skip
    for vacancy, recipient, company in queries.with_unconfirmed_recipients(MOST):
        if recipient.confirmed_at is None:
            title, text = _("Confirm a new recipient: %(title)s", title=vacancy.title), company
        else:
            title = _("Confirm a recipient again: %(title)s", title=vacancy.title)
            text = _("%(company)s. The name, the address or the account has changed.", company=company)
        yield Task(
            title,
            url_for("vacancies.confirm", vacancy_id=vacancy.id),
            recipient.chosen_at, text, "person",
        )  # fmt: skip


def _for_company(viewer: Viewer) -> Iterable[Task]:
    return map(task_of_returned, queries.returned(viewer.company_id))


def task_of_returned(vacancy: Vacancy) -> Task:
    """For a page that has read the vacancy already."""
    return Task(
        _("Change a vacancy: %(title)s", title=vacancy.title),
        url_for("vacancies.own_show", vacancy_id=vacancy.id),
        vacancy.returned_at or vacancy.written_at, _("We returned it. The reason stands there."), "vacancy",
    )  # fmt: skip


def deactivation_blockers(account: Account) -> Iterable[str]:
    """Nobody would read the cards of these; another recipient is chosen and confirmed first."""
    return [
        _("They are the only confirmed recipient of the open vacancy “%(title)s”.", title=vacancy.title)
        for vacancy in queries.with_only_recipient(account.id)
    ]
