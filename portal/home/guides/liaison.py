"""Help for liaisons."""

from __future__ import annotations

from portal.core.errors import N_
from portal.home.guides.parts import Guide, Job, Picture, step

GUIDE = Guide(
    N_("Help for liaisons"),
    N_("Companies, trainings, vacancies, and the second pair of eyes before a name leaves."),
    (
        Job(
            "waiting",
            N_("Begin with what waits"),
            N_("The oldest comes first. A whole row is the link to the thing it is about."),
            (
                step(N_("Open %(start)s and take the first row."), start=N_("Start")),
                step(
                    N_("Beside the rows stand this week’s events and what ends within two weeks: call before it ends.")
                ),
            ),
            Picture("liaison-start", N_("The start page of a liaison: rows of what waits, each with its age in days.")),
        ),
        Job(
            "vetting",
            N_("Vet a company"),
            N_("Nothing is trusted because a company says so: you saw a register, a paper, or called back yourself."),
            (
                step(
                    N_("Open %(companies)s, the one that applied, and press %(take)s."),
                    companies=N_("Companies"),
                    take=N_("Take into review"),
                ),
                step(
                    N_(
                        "Under %(right)s note how each owner showed it: register, mandate, or a call to a number found."
                    ),
                    right=N_("Right to act"),
                ),
                step(N_("Press %(record)s and tick all that one paper shows."), record=N_("Record evidence")),
                step(
                    N_("Open %(behind)s and add owners and chiefs: blocks reach everyone named there."),
                    behind=N_("People behind it, and groups like it"),
                ),
                step(
                    N_("Press %(approve)s. To turn a company down, hear it first: it gets reasons and time to answer."),
                    approve=N_("Approve the company"),
                ),
            ),
            Picture(
                "liaison-company",
                N_("The evidence of a company under review: each kind with its last day, the missing ones first."),
            ),
        ),
        Job(
            "vacancy",
            N_("Read a vacancy"),
            N_("Each fairness point rests on a law or an indicator. A person decides, with a reason."),
            (
                step(N_("Open %(vacancies)s and the one that was sent."), vacancies=N_("Vacancies")),
                step(
                    N_("Press %(decide)s: accept each with a reason, or say what must change."),
                    decide=N_("Decide the points"),
                ),
                step(
                    N_("Press %(confirm)s: call, and be sure that each reader is who they say."),
                    confirm=N_("Confirm the recipients"),
                ),
                step(
                    N_("Then %(publish)s, or %(back)s with what must change."),
                    publish=N_("Publish the vacancy"),
                    back=N_("Return the vacancy"),
                ),
            ),
            Picture(
                "liaison-vacancy",
                N_("A vacancy with its fairness points: what was found, what it rests on, and the decision."),
            ),
        ),
        Job(
            "event",
            N_("Hold an event"),
            N_("People sign up without an account. Who was there gets a certificate."),
            (
                step(
                    N_("Open %(events)s, press %(new)s, and name the training it gives."),
                    events=N_("Events"),
                    new=N_("New event"),
                ),
                step(
                    N_("Write the texts, one language at a time. Under %(texts)s you see what is missing."),
                    texts=N_("Texts"),
                ),
                step(
                    N_("Under %(questions)s ask only what you need to know, and say when the answers are deleted."),
                    questions=N_("Questions of the sign-up"),
                ),
            ),
        ),
        Job(
            "attendance",
            N_("On the day and after it"),
            N_("Who was there gets the certificate and the feedback form by mail."),
            (
                step(
                    N_("In a place: press %(door)s on a phone, or take %(paper)s with you."),
                    door=N_("Check in at the door"),
                    paper=N_("List for the door, to print"),
                ),
                step(
                    N_("Online: press %(file)s, choose the list from Teams or Zoom, and decide about unknown rows."),
                    file=N_("Read an attendance file"),
                ),
                step(N_("Afterwards press %(mark)s. Certificates leave by themselves."), mark=N_("Mark attendance")),
                step(
                    N_("%(feedback)s shows answers without names. %(files)s gives tables for Excel."),
                    feedback=N_("Feedback"),
                    files=N_("Take lists out as files"),
                ),
            ),
        ),
        Job(
            "trainings",
            N_("Keep the trainings"),
            N_("The public catalogue says what each teaches, for whom, and which requirement it fills."),
            (
                step(
                    N_("Under %(events)s open %(trainings)s and press %(new)s, or the one to change."),
                    events=N_("Events"),
                    trainings=N_("Trainings"),
                    new=N_("New training"),
                ),
                step(
                    N_("When it teaches something else, press %(version)s. Completions keep the version they had."),
                    version=N_("New version of the content"),
                ),
                step(
                    N_("For those who missed the day, press %(course)s: write sections and a quiz, and publish."),
                    course=N_("See the course and its versions"),
                ),
            ),
        ),
        Job(
            "request",
            N_("Hold a training inside a company"),
            N_("A company asks, you agree or decline with a reason, and nobody else sees the training."),
            (
                step(
                    N_("Open the request on your start page. Ask what you need to know, then press %(agree)s."),
                    agree=N_("Agree content and day"),
                ),
                step(
                    N_("Press %(make)s: the form is filled in. The company invites its own people."),
                    make=N_("Make the event"),
                ),
                step(
                    N_("Afterwards mark attendance and press %(held)s: certificates and the summary letter follow."),
                    held=N_("Mark as held"),
                ),
            ),
        ),
        Job(
            "matching",
            N_("Suggest and release"),
            N_("You see codes that live for one list. Whose caseload it is stays hidden from you."),
            (
                step(
                    N_("On a published vacancy press %(look)s, read the points, and suggest to the officer."),
                    look=N_("Look for matches"),
                ),
                step(
                    N_("When a release waits, press %(look)s: compare card, readers, fields and dates."),
                    look=N_("Look at the release"),
                ),
                step(N_("If all agrees, press %(release)s."), release=N_("Release the details")),
            ),
        ),
    ),
    (
        N_("A company sees nothing that depends on who is looking for work, until a card is offered to it."),
        N_("Figures of matches are for staff. Never pass one on, not even “there are some”."),
        N_("A name leaves only when two people agreed: you never release what you recorded yourself."),
        N_("When something is wrong at work, the owner group is held in silence: no company sees a change."),
        N_("Mail to companies says only that there is news. Say no more on the telephone before you know who answers."),
    ),
    (
        N_("The case officer of the introduction, about anything that concerns a person."),
        N_("An administrator, about accounts, lost telephones and anything odd in the service."),
        N_("112, when somebody is in danger now."),
    ),
)
