"""Help for partner coaches, project managers and administrators."""

from __future__ import annotations

from portal.core.errors import N_
from portal.home.guides.parts import Guide, Job, Picture, step

COACH = Guide(
    N_("Help for partner coaches"),
    N_("Your coaching groups, and nothing else."),
    (
        Job(
            "begin",
            N_("Begin"),
            N_("What your groups need comes to your start page, the oldest first."),
            (
                step(N_("Open %(start)s: what waits stands first."), start=N_("Start")),
                step(
                    N_("Press your own name at the top, then %(change)s, to set the language of your pages and mail."),
                    change=N_("Change name or language"),
                ),
            ),
        ),
    ),
    (
        N_("You see the names people chose to be called by, never their files."),
        N_("Write down what coaching needs. Leave out why a person is in the group."),
        N_("Nobody tells a company who takes part in a group."),
    ),
    (
        N_("The project manager, about the groups."),
        N_("The person’s case officer, when you worry about somebody."),
        N_("112, when somebody is in danger now."),
    ),
)
MANAGER = Guide(
    N_("Help for project managers"),
    N_("Programmes, their plans and what came of them."),
    (
        Job(
            "programme",
            N_("Read a programme"),
            N_("Each figure has its source. What has no source is not shown."),
            (
                step(N_("Open %(programmes)s and choose one."), programmes=N_("Programmes")),
                step(N_("%(figures)s sets the plan beside what was reached."), figures=N_("Planned and actual")),
            ),
            Picture(
                "manager-programme", N_("Planned and actual figures of a programme, beside each other in a table.")
            ),
        ),
    ),
    (
        N_("You see figures, not people. A figure so small that it points at somebody is not for publishing."),
        N_("While only one programme has candidates, being introduced tells what that programme is for."),
        N_("What the funder must have by name is taken out in a way that leaves a trace."),
    ),
    (
        N_("An administrator, about accounts and the service."),
        N_("A case officer, about what a figure means."),
    ),
)
ADMINISTRATOR = Guide(
    N_("Help for administrators"),
    N_("Accounts, settings, the audit trail, and the state of the service."),
    (
        Job(
            "accounts",
            N_("Keep accounts"),
            N_("One role an account. No account holds both staff roles, so that two people are always two."),
            (
                step(
                    N_("Open %(accounts)s and press %(invite)s. The mail says nothing of the role."),
                    accounts=N_("Accounts"),
                    invite=N_("Invite someone"),
                ),
                step(
                    N_("When somebody leaves, press %(off)s the same day; what must be handed over first is listed."),
                    off=N_("Deactivate the account"),
                ),
                step(
                    N_("When a telephone is lost, be sure who calls before you press %(reset)s."),
                    reset=N_("Reset the second factor"),
                ),
            ),
        ),
        Job(
            "service",
            N_("See that all is well"),
            N_("Alerts and the state of each part stand on your start page. What needs a look stands first."),
            (
                step(
                    N_("Read each alert, talk with the person, and write nothing of it into mail."),
                ),
                step(
                    N_("Under %(service)s, %(outbox)s shows mail that did not leave. You may send it again."),
                    service=N_("Service"),
                    outbox=N_("Open the outbox"),
                ),
                step(
                    N_("Under %(trail)s press %(check)s to prove that the trail is whole."),
                    trail=N_("Audit trail"),
                    check=N_("Check the trail now"),
                ),
            ),
            Picture(
                "administrator-start",
                N_("The start page of an administrator: alerts, and each part of the service with its state."),
            ),
        ),
        Job(
            "policy",
            N_("Change a setting"),
            N_("Periods and limits are policy. Each change is in the audit trail with its old and new value."),
            (
                step(
                    N_("Open %(settings)s, change a number, and press %(save)s."),
                    settings=N_("Settings"),
                    save=N_("Save the settings"),
                ),
                step(
                    N_("%(required)s: press %(see)s, and read which companies gain or lose standing before you save."),
                    required=N_("Required trainings"),
                    see=N_("See what it changes"),
                ),
                step(
                    N_("Under %(retention)s press %(next)s. It only counts; nothing is deleted by looking."),
                    retention=N_("Retention"),
                    next=N_("See what the next run will delete"),
                ),
            ),
        ),
    ),
    (
        N_("You see ids and counts, never an identity: neither here nor in a log, a mail or a backup."),
        N_("Whoever reads identities outside their own caseload, or very many, is shown to you. Ask them why."),
        N_("Erased means erased: the key goes first, and thirty days later no backup opens it either."),
        N_("The trail cannot be changed unseen, and that includes you."),
    ),
    (
        N_("Those who run the servers, when a part of the service needs a look and you cannot mend it."),
        N_("The data protection officer, within a day, when personal data may have got out."),
    ),
)
