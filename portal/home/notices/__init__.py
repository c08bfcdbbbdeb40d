"""The privacy notices (GDPR 13 and 14): one for each kind of person, in words; how long stands in `periods`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portal.core.errors import N_


@dataclass(frozen=True)
class Notice:
    """Marked texts. `easy` is in easy language and may be read with an officer: it says of nobody why they are here.

    `basis` is why we may; `source` where it comes from when not from the reader; `rights` how to use each in the
    portal.
    """

    title: str
    lead: str
    what: tuple[str, ...]
    why: tuple[str, ...]
    basis: tuple[str, ...]
    source: tuple[str, ...]
    readers: tuple[str, ...]
    rights: tuple[str, ...]
    easy: bool = False


TASK = N_(
    "We carry out a task in the public interest that the law gives to an authority: Article 6(1)(e) of the General "
    "Data Protection Regulation."
)
NO_MACHINE = N_("No decision about you is made by a machine alone.")
NO_SALE = N_("We sell nothing, and nothing leaves the European Union.")
LAW = N_("Authorities whom the law gives the right to know.")
NOTICES: Mapping[str, Notice] = {
    "companies": Notice(
        N_("Privacy: companies and their people"),
        N_("For owners, recruiters and contact persons, and for those who own or lead a company."),
        (
            N_("Your name, e-mail address, telephone number and role in the company."),
            N_("How you showed that you may act for the company, and what you signed and sent."),
            N_("The trainings you completed, and when you signed in."),
            N_("How far you are in a course, and what you chose in its quiz. Others see it only as numbers."),
            N_("Of owners and leaders: name and position, as the trade register gives them."),
        ),
        (
            N_("To know who acts for a company, and whether it keeps what a responsible employer promises."),
            N_("To see that people meet nobody whom they must not meet."),
        ),
        (
            TASK,
            N_("You need not join. Without these details we cannot vet a company or work with it."),
        ),
        (N_("You, your colleagues, and public registers: the trade register and the registers of the tax authority."),),
        (N_("Our liaisons and, for their own work, case officers."), LAW, NO_SALE),
        (
            N_("See and correct: your account page shows what we hold on you, and the company’s page what it wrote."),
            N_("Erase: an owner removes a colleague on the company’s page; for the rest write to us."),
            N_("Restrict or object: write to us and say why. We answer in writing."),
        ),
    ),
    "events": Notice(
        N_("Privacy: webinars and seminars"),
        N_("For everyone who signs up to an event or has a certificate."),
        (
            N_("Your name, e-mail address and role, and your organisation if you give it."),
            N_("Whether you took part, when you came to the door or how long you were online, and your certificate."),
            N_("What you need to take part, such as captions or a diet, if you tell us. It is sealed."),
            N_("What you answer to the questions of an event. It is sealed too."),
            N_("What you answer in the feedback form. It is kept without your name."),
        ),
        (
            N_("To keep your seat, to write to you about the event, and to give a certificate that anyone can check."),
            N_("To count how many were reached, without names."),
        ),
        (
            TASK,
            N_("What you tell us of your needs may concern your health; you choose to tell it: Article 9(2)(a)."),
            N_("The newsletter comes only if you tick it and confirm it, and until you end it."),
        ),
        (
            N_(
                "You. Your company gives your name and address when it signs you up or invites you to its own training."
            ),
            N_("At a webinar, the list of who joined, and at a place, the liaison at the door."),
        ),
        (
            N_("Your company sees whether those it signed up or invited have a seat."),
            N_(
                "The liaisons who hold the event. Whoever has the code of your certificate sees the training and its"
                " dates, and your name only if you allow it."
            ),
            NO_SALE,
        ),
        (
            N_("See, correct or cancel: the link in your confirmation leads to your own sign-up, without an account."),
            N_("End the newsletter: each one has a link for it."),
            N_("Erase, restrict or object: write to us."),
        ),
    ),
    "work": Notice(
        N_("Privacy: if you look for work with us"),
        N_("You can read this page with your case officer. Ask about everything that is unclear."),
        (
            N_("Your name, and how we can reach you safely."),
            N_("What you can do, which languages you speak, and what work you want."),
            N_("When and where you can work."),
            N_("Which companies and people you do not want to meet."),
            N_("What you have said yes or no to."),
        ),
        (
            N_("We look for work that suits you."),
            N_("We introduce you to a company only if you say yes."),
        ),
        (
            TASK,
            N_("Some of it needs special protection: Article 9(2). The data protection officer confirms the point."),
            N_("Your yes or no is a protection on top of that (Act 621/1999, section 26)."),
            N_("You can say no. You can take a yes back. Nothing else changes: you get the same services as before."),
        ),
        (N_("You. Your case officer writes it down when you are there."),),
        (
            N_("Your case officer, and the one who stands in for them."),
            N_("A company sees a card without your name, and only if you said yes to it."),
            N_("Before that you hear which company it is, who reads the card, and what it says."),
            N_("A company sees your name only if you say yes again."),
            N_("Everything is sealed. Each look at your name is written down."),
            LAW,
            NO_SALE,
        ),
        (
            N_("You can see everything. Ask your case officer to open it with you, or to print it."),
            N_("You can correct it. Tell your case officer what is wrong."),
            N_("You can know who has looked. Ask your case officer for the list."),
            N_("You can take back a yes at any time."),
            N_("You can ask us to erase everything. If we cannot, you get the reason in writing."),
            N_("You can ask us to stop using it for a time, and you can object."),
        ),
        easy=True,
    ),
    "staff": Notice(
        N_("Privacy: staff and partners"),
        N_("For everyone who works in the service with an account."),
        (
            N_("Your name, e-mail address, role and language, and your second factor, sealed."),
            N_("When and from which kind of device you signed in."),
            N_("What you recorded and decided, which names you looked at, when and why."),
        ),
        (N_("To give you the tools of your work, and to know who has looked at whom: that protects people and you."),),
        (
            TASK,
            N_("Records of use protect the people in the files; they are not used to measure your work."),
        ),
        (N_("You, and the administrator who invited you."),),
        (
            N_("Administrators see accounts and the audit trail; colleagues see your name beside what you did."),
            N_("A person in a file may know who has looked at it."),
            LAW,
            NO_SALE,
        ),
        (
            N_("See and correct: your account page. An administrator changes your role."),
            N_("What the trail says of you: ask an administrator."),
            N_("Restrict or object: write to the data protection officer. The trail itself cannot be changed."),
        ),
    ),
}
