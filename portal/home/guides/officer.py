"""Help for case officers."""

from __future__ import annotations

from portal.core.errors import N_
from portal.home.guides.parts import Guide, Job, Picture, step

GUIDE = Guide(
    N_("Help for case officers"),
    N_("You and the candidate do this together, in the room. What they say no to does not happen."),
    (
        Job(
            "record",
            N_("Record a candidate"),
            N_(
                "Begin with how to reach the person safely. A message leaves only inside that plan; a call is the rule."
            ),
            (
                step(
                    N_("Open %(candidates)s and press %(new)s."),
                    candidates=N_("Candidates"),
                    new=N_("Open a new file"),
                ),
                step(
                    N_("Press %(contact)s: route, days, hours, language, and what you say when somebody else answers."),
                    contact=N_("Change contact"),
                ),
                step(
                    N_("Press %(safety)s: companies, people and sectors that must never meet this file."),
                    safety=N_("Change safety"),
                ),
                step(
                    N_("Press %(profile)s: skills with levels, languages, hours, and where the person can work."),
                    profile=N_("Change the profile"),
                ),
                step(N_("Read the sheet together and record the answer with %(ask)s."), ask=N_("Ask or take back")),
            ),
            Picture(
                "officer-candidate",
                N_("A candidate’s file: name and contact are hidden until you say why you need them."),
            ),
        ),
        Job(
            "propose",
            N_("Find work for somebody"),
            N_("Safety and must-haves come first; each point has its words. The computer orders, you decide."),
            (
                step(
                    N_("In the file press %(suit)s, or on a vacancy %(look)s."),
                    suit=N_("See suitable vacancies"),
                    look=N_("Look for matches"),
                ),
                step(
                    N_("Press %(draft)s and choose with the candidate how much the card says."),
                    draft=N_("Draft an introduction"),
                ),
                step(N_("If few others fit the card, say aloud that somebody who knows them may recognise them.")),
            ),
            Picture(
                "officer-matches",
                N_("Matches for one vacancy: score, its parts as bars and in words, and the next step."),
            ),
        ),
        Job(
            "ask",
            N_("Ask, offer, release"),
            N_("The candidate hears the company, the readers and the exact card before anybody sees it."),
            (
                step(
                    N_("Press %(freeze)s and read it aloud, with an interpreter if one is needed."),
                    freeze=N_("Freeze it and open the sheet for the talk"),
                ),
                step(N_("Press %(record)s, yes or no alike. A no changes no service."), record=N_("Record the answer")),
                step(N_("After a yes press %(offer)s."), offer=N_("Offer the card")),
                step(N_("When the company accepts, ask for the consent to release: to whom, what, until when.")),
                step(N_("A second person releases. You are told, and agree on the meeting with the candidate.")),
            ),
            Picture(
                "officer-sheet",
                N_("The sheet for the talk, in large type: which company, who reads, and the card itself."),
            ),
        ),
        Job(
            "follow",
            N_("Follow up"),
            N_("Check-ins come at weeks 1, 4, 12 and 26, by the way that is safe."),
            (
                step(
                    N_("Open %(follow)s and press %(record)s after the talk."),
                    follow=N_("Follow-up"),
                    record=N_("Record the check-in"),
                ),
                step(
                    N_("In doubt choose %(wrong)s: the owner group is held at once, and the company sees nothing."),
                    wrong=N_("Something is wrong, or may be"),
                ),
            ),
        ),
    ),
    (
        N_("That somebody is here at all is the secret. No company can find it out from a number, a delay or a mail."),
        N_("A company sees a card, never a profile: no free text, age, origin, dates or home town."),
        N_("Nothing is shown before the candidate heard the company, the readers and this very card, and said yes."),
        N_("A name leaves only by its own consent, through a second person, until a set day."),
        N_("Each look at a name is recorded with its reason. The candidate may ask who has looked."),
        N_("“Close this page”, or Esc three times, leads to the weather."),
    ),
    (
        N_("A liaison, about a company or a vacancy; never with a name."),
        N_("Your deputy or an administrator, when you are away and something cannot wait."),
        N_("112, when somebody is in danger now."),
    ),
)
