"""The first steps on a start page: three sentences and the next thing to do, until the reader puts them away.

What a company reads depends on its own standing alone (design: P1), and never on why anybody looks for work.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import access, clock
from portal.core.access import Permission, Role
from portal.core.errors import N_
from portal.standing.services import Standing

SENTENCES: dict[Role, tuple[str, str, str]] = {
    Role.OWNER: (
        N_("Here your company shows that it is a responsible employer, and our staff help it to recruit fairly."),
        N_(
            "Get what is still missing from your standing, one thing at a time; drafts of vacancies can be written now."
        ),
        N_("Nobody is listed or ranked for you: staff propose each introduction by hand, and silence means nothing."),
    ),
    Role.RECRUITER: (
        N_("Here you write your company’s vacancies and read the cards that name you as their reader."),
        N_("Look at what your company still lacks, and write your first vacancy; an owner signs and approves."),
        N_("Nobody is listed or ranked for you: staff propose each introduction by hand, and silence means nothing."),
    ),
    Role.LIAISON: (
        N_("Here you get to know companies, hold trainings, read vacancies, and release names as the second person."),
        N_("Take what waits on this page, the oldest first; most people begin with a company that has applied."),
        N_("You never see who a candidate is: you work with codes, and a name leaves only when two people agree."),
    ),
    Role.OFFICER: (
        N_("Here you keep the files of your own candidates and look for fair work with them, in the room."),
        N_("Record a candidate together with them: first how to reach them safely, then what they can and wish for."),
        N_("No company hears of anyone who has not agreed to that very card, and each look at a name is recorded."),
    ),
    Role.COACH: (
        N_("Here you keep the coaching groups of your organisation: who takes part, who came, and your own notes."),
        N_("Check your own details first; what your groups need comes to this page."),
        N_("You see chosen names only: no files, no companies, and no groups but your own."),
    ),
    Role.MANAGER: (
        N_("Here you keep the programmes: what they plan, what they reached, and what the funder must know."),
        N_("Look through the programmes, and see which figures still lack a source."),
        N_("You see figures, never who is behind them; what the funder must have by name leaves a trace."),
    ),
    Role.ADMINISTRATOR: (
        N_("Here you keep accounts, settings, the audit trail, and the service in good order."),
        N_("Invite colleagues with the role that their work needs, and see below that each part of the service works."),
        N_("You never see who a candidate is, and nobody can change the trail of who looked without it being seen."),
    ),
}
HELD = N_("Your company lacks nothing: write a vacancy when you have work to offer.")
"""What comes first for a member whose company is a responsible employer."""
NEXT: dict[Role, tuple[str, str]] = {
    Role.LIAISON: (N_("Open the companies"), "companies.index"),
    Role.OFFICER: (N_("Open a new file"), "candidates.new"),
    Role.COACH: (N_("Check your own details"), "accounts.own"),
    Role.MANAGER: (N_("Open the programmes"), "programmes.index"),
    Role.ADMINISTRATOR: (N_("Invite someone"), "accounts.invite"),
}


@dataclass(frozen=True)
class Welcome:
    """What this place is for, what comes first, what protects; and the next step as a button."""

    purpose: str
    first: str
    never: str
    next_label: str
    next_href: str


def shown_to(viewer: Account, standing: Standing | None = None) -> Welcome | None:
    """None once the account has put it away. A company's member gives the company's standing."""
    if is_put_away(viewer):
        return None
    label, href = step_of_company(viewer, standing) if standing else step_of_staff(viewer)
    purpose, first, never = SENTENCES[Role(viewer.role)]
    return Welcome(_(purpose), _(HELD if standing and standing.held else first), _(never), label, href)


def step_of_staff(viewer: Account) -> tuple[str, str]:
    label, endpoint = NEXT[Role(viewer.role)]
    return _(label), url_for(endpoint)


def step_of_company(viewer: Account, standing: Standing) -> tuple[str, str]:
    """The first missing requirement that this member can do something about; with none, a vacancy."""
    for item in standing.missing:
        if item.next_endpoint and may_open(viewer, item.next_endpoint):
            return item.next_label, item.next_href
    return _("New vacancy"), url_for("vacancies.new")


def may_open(viewer: Account, endpoint: str) -> bool:
    declared = access.declared(current_app, endpoint)
    return isinstance(declared, Permission) and access.allows(viewer, declared)


def is_put_away(viewer: Account) -> bool:
    return viewer.first_steps_away_at is not None


def put_away(viewer: Account) -> None:
    """For good, on every device; a second time changes nothing."""
    viewer.first_steps_away_at = viewer.first_steps_away_at or clock.now()


def bring_back(viewer: Account) -> None:
    viewer.first_steps_away_at = None
