"""Help for owners and recruiters. It speaks of what the company does and sees, and of nobody's reasons (design: P1)."""

from __future__ import annotations

from portal.core.errors import N_
from portal.home.guides.parts import Guide, Job, Picture, step

GUIDE = Guide(
    N_("Help for companies"),
    N_("From the application to the first day at work. You do each step on a page of its own, in your own time."),
    (
        Job(
            "standing",
            N_("Become a responsible employer"),
            N_("Your standing is worked out anew each day from what you hold. It is never ticked by hand."),
            (
                step(N_("Open %(start)s. What is missing stands first, each with its next step."), start=N_("Start")),
                step(
                    N_("Show documents: press %(send)s, say what the document shows, and choose the file."),
                    send=N_("Send a document"),
                ),
                step(
                    N_("An owner with the right to act presses %(read)s and signs."),
                    read=N_("Read and sign the commitment"),
                ),
                step(
                    N_("One person takes the training. It stands under %(trainings)s with the next day it is held."),
                    trainings=N_("Trainings"),
                ),
            ),
            Picture(
                "company-start",
                N_("The start page of a company: what waits for an answer first, then its standing."),
            ),
        ),
        Job(
            "course",
            N_("Learn, together or on your own"),
            N_("An event and the course give the same certificate, and it counts for your company."),
            (
                step(
                    N_("Open %(trainings)s. Under %(pace)s take the course: read, stop when you like, then the quiz."),
                    trainings=N_("Trainings"),
                    pace=N_("At your own pace"),
                ),
                step(
                    N_("Or go to an event. %(colleagues)s on its page: each confirms from their own mail."),
                    colleagues=N_("Sign up colleagues"),
                ),
                step(
                    N_("Under %(certificates)s open yours: print it, and choose whether others see your name."),
                    certificates=N_("Certificates"),
                ),
                step(
                    N_(
                        "If it went to another address, press %(claim)s and write its code: its link comes to that"
                        " address."
                    ),
                    claim=N_("Add a certificate to your account"),
                ),
            ),
        ),
        Job(
            "training",
            N_("Ask for a training of your own"),
            N_("In your own house, about what you need. It is free of charge."),
            (
                step(
                    N_("Open %(trainings)s and press %(ask)s: topic, goals, and days that suit you."),
                    trainings=N_("Trainings"),
                    ask=N_("Ask for a training"),
                ),
                step(N_("Questions and answers stay with the request. You hear when content and day are agreed.")),
                step(
                    N_("Press %(invite)s. Each person gets a link of their own; only they and members can sign up."),
                    invite=N_("Invite people"),
                ),
                step(
                    N_("Afterwards press %(letter)s, in three languages, for your responsibility report."),
                    letter=N_("Open the summary letter"),
                ),
            ),
        ),
        Job(
            "vacancy",
            N_("Send a vacancy"),
            N_("Staff read each vacancy before it is published. Published means that our staff may work with it."),
            (
                step(
                    N_("Open %(vacancies)s and press %(write)s. There are five short steps."),
                    vacancies=N_("Vacancies"),
                    write=N_("New vacancy"),
                ),
                step(N_("%(close)s keeps a draft at any step; nothing is lost."), close=N_("Save and close")),
                step(
                    N_("Under %(readers)s name those who would read a card. Only they see the cards of this vacancy."),
                    readers=N_("Who reads the cards"),
                ),
                step(
                    N_("Press %(send)s. If something must change, it comes back to you with the reason."),
                    send=N_("Send the vacancy"),
                ),
            ),
            Picture(
                "company-vacancy", N_("A vacancy as its company sees it: its state, its terms, and who reads cards.")
            ),
        ),
        Job(
            "card",
            N_("Answer a card"),
            N_("A card tells what you asked for and how it is met, and no more, so that nobody is recognised."),
            (
                step(
                    N_("Open %(introductions)s, and the card that waits for your answer."),
                    introductions=N_("Introductions"),
                ),
                step(
                    N_("Choose %(yes)s and give times after the answer date, or choose %(no)s."),
                    yes=N_("Yes, we would like to meet"),
                    no=N_("No, not this time"),
                ),
                step(
                    N_("Press %(send)s. By the answer date you hear whether it goes ahead; the reason is never told."),
                    send=N_("Send the answer"),
                ),
                step(
                    N_("If it goes ahead, you see the details until a set day. Then delete your notes and confirm it.")
                ),
            ),
            Picture(
                "company-card",
                N_("A card: the asked skills with a mark for each that is met, and the day to answer by."),
            ),
        ),
    ),
    (
        N_("Only the people you named, and whom a liaison confirmed, read a card or any details."),
        N_("No page, number or delay tells whether there is anybody for your vacancy. We contact you if there is."),
        N_("Every look at released details is recorded, and they disappear from your pages on their last day."),
        N_("Nobody pays for getting a job: no fee, no deposit, no agency charge."),
    ),
    (
        N_("Your own liaison, about standing, vacancies and introductions."),
        N_("An owner of your company, about who has an account and what role it has."),
    ),
)
