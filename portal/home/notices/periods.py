"""How long what is kept: from the retention rules and settings in force, never written by hand."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from portal.candidates import consents
from portal.core import retention, settings
from portal.core.retention import days, months
from portal.introductions import releases

Rows = list[tuple[str, str]]

BACKUP_DAYS = 30
"""The stated limit (design: P8): the backup of the key store is overwritten, never archived."""
NOBODY = frozenset({"core.once_keys", "core.jobs", "matching.index_changes"})
"""Rules about what says nothing of a person."""


def kept(rule: str) -> str:
    """The period of a retention rule, in words."""
    return next(each.kept() for each in retention.rules() if each.name == rule)


def account() -> Rows:
    """Of everybody who signs in."""
    return [
        (_("Failed sign-ins, kept as a keyed hash"), kept("accounts.attempts")),
        (_("Where you were signed in"), kept("accounts.sessions")),
        (_("A link that we mailed, kept as a hash"), _("%(days)s after it has ended", days=kept("core.links"))),
    ]


def everywhere() -> Rows:
    opened = _("%(days)s; what was erased cannot be opened from them after that", days=days(BACKUP_DAYS))
    return [
        (_("Words and address of a message we sent"), _("Until it has left")),
        (_("Records of who did what"), _("For good; they hold no names")),
        (_("Backups"), opened),
    ]


def companies() -> Rows:
    former = _("%(years)s after it ended", years=kept("companies.former"))
    while_here = _("While the company is with us, and then as the law on archives says")
    return [
        (_("The company, its members and what they showed"), while_here),
        (_("A former name, telephone number or address"), former),
        (_("What you chose in the quiz of a course"), _("%(months)s after the try", months=kept("trainings.answers"))),
        (_("A registration that nobody has confirmed"), kept("companies.unconfirmed")),
        *account(),
        *everywhere(),
    ]


def events() -> Rows:
    needs = _("%(days)s after the event", days=kept("events.needs"))
    names = _("%(months)s after the event, by its kind; then only how many came is known", months=kept("events.names"))
    file = _("%(days)s after we read it", days=kept("events.imports"))
    lists = _("%(days)s after we took it out", days=kept("core.exports"))
    ended = _("%(months)s after its last day, or until you ask us to erase it", months=kept("trainings.completions"))
    return [
        (_("What you told us of access or diet at an event"), needs),
        (_("Your answers to the questions of an event"), kept("events.answers")),
        (_("That your company signed you up"), _("%(days)s after the event", days=kept("events.colleagues"))),
        (_("A newsletter you ticked and did not confirm"), kept("events.newsletter_asked")),
        (_("The record of a newsletter, after you end it"), kept("events.newsletter_ended")),
        (_("Your sign-up and whether you took part"), names),
        (_("Your certificate, and what shows that you completed the training"), ended),
        (_("What you answered in the feedback form"), _("Without your name; what you wrote, as long as your sign-up")),
        (_("A webinar’s list of who joined"), file),
        (_("A long list of sign-ups as a file"), lists),
        (_("A sign-up that nobody has confirmed"), kept("events.unconfirmed")),
        (_("That your company has invited you"), _("%(days)s after the event", days=kept("trainings.invitations"))),
        (
            _("Your name in your company’s summary letter"),
            _("%(months)s after the event", months=kept("trainings.letter_names")),
        ),
        (_("How often a network or an address signed up, kept as a keyed hash"), kept("events.attempts")),
        *everywhere(),
    ]


def work() -> Rows:
    until = _("%(months)s after it was closed, or until you ask us to erase it", months=kept("candidates.files"))
    asked = _("We ask you again after %(months)s", months=months(settings.number(consents.MONTHS)))
    released = _("%(days)s at most; then it is hidden", days=days(settings.number(releases.LONGEST)))
    return [
        (_("Your profile and all that belongs to it"), until),
        (_("What you said yes to"), asked),
        (_("Your name, when a company has it"), released),
        *everywhere(),
    ]


def staff() -> Rows:
    while_here = _("While you work with us; then it is closed, and its name stays beside what you recorded")
    return [
        (_("Your account"), while_here),
        (_("That a name is shown to you just now"), kept("candidates.looks")),
        (_("Why you opened a file outside your caseload"), kept("candidates.glass")),
        (_("That you stood in for a colleague"), kept("candidates.deputies")),
        *account(),
        *everywhere(),
    ]


PERIODS: dict[str, Callable[[], Rows]] = {"companies": companies, "events": events, "work": work, "staff": staff}
