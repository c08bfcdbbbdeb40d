"""The forms of training requests: what a company asks and whom it invites."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField, TextAreaField

from portal.accounts.models import Account
from portal.core import languages
from portal.core.errors import N_
from portal.core.fields import DayField, OneOf, OneOfRadios, SelectChoice, Ticks, WholeField, offer
from portal.core.forms import Between, Form, Longest, NotPast, Optional, Required
from portal.events import rules as event_rules
from portal.events.forms import OWN_LANGUAGES
from portal.events.sign_ups import Details
from portal.trainings.requests import words
from portal.trainings.requests.invitations import Person
from portal.trainings.requests.models import HeldAs, Invitation, Topic
from portal.trainings.requests.rules import check_topic, check_wishes, read_people
from portal.trainings.requests.services import Wish


def own_languages() -> list[SelectChoice]:
    return [SelectChoice(code, name) for code, name in OWN_LANGUAGES.items()]


class AskForm(Form):
    topic = OneOfRadios(_l("What is the training about?"), [Required(N_("Choose what the training is about"))])
    topic_words = StringField(
        _l("Which other topic?"), [Optional(), Longest(150)], description=_l("Only if you chose another topic.")
    )
    goals = TextAreaField(
        _l("What do you want to be able to do after the training?"),
        [Required(N_("Write what you want to be able to do")), Longest(2000)],
        description=_l("Your goals stand in the summary letter as you write them."),
    )
    day_1 = DayField(_l("First choice"), [Optional(), NotPast()])
    day_2 = DayField(_l("Second choice"), [Optional(), NotPast()])
    day_3 = DayField(_l("Third choice"), [Optional(), NotPast()])
    wished_from = DayField(_l("From"), [Optional(), NotPast()])
    wished_until = DayField(_l("Until"), [Optional(), NotPast()])
    training_language = OneOf(_l("Language of the training"), [Required(N_("Choose the language of the training"))])
    headcount = WholeField(
        _l("How many people take part?"),
        [Required(N_("Write how many people take part")), Between(1, 1000)],
        description=_l("An estimate is enough."),
    )
    held_as = OneOfRadios(_l("Where is it held?"), [Required(N_("Choose where the training is held"))])
    site = StringField(_l("Address of the site"), [Optional(), Longest(200)])
    contact_id = OneOf(_l("Contact person"), [Required(N_("Choose the contact person"))])

    def __init__(self, members: list[Account], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.topic.choices = offer(words.TOPICS)
        self.held_as.choices = offer(words.HELD)
        self.training_language.choices = offer(event_rules.LANGUAGE_NAMES)
        self.contact_id.choices = [SelectChoice(str(each.id), each.display_name) for each in members]

    def wish(self) -> Wish:
        """Raises `RuleBroken` when the topic has no words, or neither days nor a whole period were wished for."""
        days: list[date] = [each.data for each in (self.day_1, self.day_2, self.day_3) if each.data]
        other = self.topic.data == Topic.OTHER
        check_topic(other, self.topic_words.data or "")
        check_wishes(days, self.wished_from.data, self.wished_until.data)
        return Wish(
            topic=self.topic.data,
            topic_words=(self.topic_words.data or "") if other else "",
            wished_days=days,
            wished_from=self.wished_from.data,
            wished_until=self.wished_until.data,
            training_language=self.training_language.data,
            headcount=self.headcount.data,
            held_as=self.held_as.data,
            site=(self.site.data or "") if self.held_as.data == HeldAs.SITE else "",
            goals=self.goals.data or "",
            words_language=languages.current(),
            contact_id=UUID(self.contact_id.data),
        )


class MessageForm(Form):
    text = TextAreaField(_l("Message"), [Required(N_("Write a message")), Longest(2000)])


class StaffMessageForm(MessageForm):
    wants_answer = BooleanField(_l("The company needs to answer"))


class InviteForm(Form):
    members = Ticks(_l("Members of your company"))
    people = TextAreaField(
        _l("Colleagues without an account"),
        [Optional(), Longest(20000)],
        description=_l("One on each line: name, comma, e-mail address. For example Maija Malli, maija@yritys.fi"),
    )
    language = OneOfRadios(
        _l("In which language do we write to these colleagues?"),
        description=_l("Members are written to in their own language."),
    )

    def __init__(self, members: list[Account], **kwargs: Any) -> None:
        super().__init__(data={"language": languages.current()}, **kwargs)
        self.offered = {str(each.id): each for each in members}
        self.members.choices = [SelectChoice(key, each.display_name) for key, each in self.offered.items()]
        self.language.choices = own_languages()

    def wanted(self) -> list[Person]:
        """Raises `RuleBroken` that names the line that cannot be read."""
        ticked = [self.offered[key] for key in self.members.data or ()]
        named = read_people(self.people.data or "")
        found = [Person(each.display_name, each.email, each.language) for each in ticked]
        return found + [Person(name, email, self.language.data or languages.current()) for name, email in named]


class InvitedForm(Form):
    """The sign-up of an invited person: the address is the invitation's."""

    name = StringField(_l("Name"), [Required(N_("Write your name")), Longest(120)])
    language = OneOfRadios(_l("In which language do we write to you?"), [Required(N_("Choose a language"))])
    needs = TextAreaField(
        _l("What do you need to take part?"),
        [Optional(), Longest(1000)],
        description=_l(
            "For example captions or sign language interpreting. Only the organiser sees it, and it is deleted a week"
            " after the event."
        ),
    )

    def __init__(self, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(data={"name": invitation.name, "language": invitation.language}, **kwargs)
        self.language.choices = own_languages()

    def details(self, invitation: Invitation, organisation: str, business_id: str) -> Details:
        return Details(
            name=self.name.data or "",
            email=invitation.email,
            language=self.language.data,
            organisation=organisation,
            business_id=business_id,
            attendee_role="other",
            needs=self.needs.data or "",
        )


class NamesForm(Form):
    participant_names = TextAreaField(
        _l("Names of those who took part"),
        [Optional(), Longest(10000)],
        description=_l(
            "One on each line. Ask each person first. Without names the letter says only how many took part."
        ),
    )
