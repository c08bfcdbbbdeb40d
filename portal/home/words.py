"""Verbs, subjects and kinds of the trail, the outbox and the jobs, in words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from portal.core.errors import N_
from portal.core.jobs import JobStatus
from portal.core.outbox import OutboxStatus

SUBJECTS = {
    "account": N_("Account"),
    "backup": N_("Backup"),
    "candidate": N_("Candidate"),
    "check_in": N_("Check-in"),
    "commitment_version": N_("Commitment"),
    "company": N_("Company"),
    "completion": N_("Completion"),
    "consent": N_("Consent"),
    "deputy": N_("Deputy"),
    "endpoint": N_("Page"),
    "event": N_("Event"),
    "incident": N_("Incident"),
    "introduction": N_("Introduction"),
    "outbox_message": N_("Message"),
    "owner_group": N_("Owner group"),
    "placement": N_("Placement"),
    "programme": N_("Programme"),
    "setting": N_("Setting"),
    "sheet_language": N_("Language of the sheets"),
    "sign_up": N_("Sign-up"),
    "training": N_("Training"),
    "vacancy": N_("Vacancy"),
}
VERBS = {
    "access.denied": N_("Asked for a page that is not open to the role"),
    "account.created": N_("Account made"),
    "account.details_changed": N_("Own details changed"),
    "account.email_change_asked": N_("Asked for another e-mail address"),
    "account.email_changed": N_("E-mail address changed"),
    "account.invited": N_("Invited"),
    "account.invited_again": N_("Invited again"),
    "account.moved": N_("Account: new state"),
    "account.password_changed": N_("Password changed"),
    "account.recovery_code_used": N_("Recovery code used"),
    "account.recovery_codes_made": N_("Recovery codes made"),
    "account.role_changed": N_("Role changed"),
    "account.second_factor_off": N_("Second factor turned off"),
    "account.second_factor_on": N_("Second factor turned on"),
    "account.second_factor_reset": N_("Second factor reset"),
    "alert.half_of_pool": N_("Alert: half of all identities within a week"),
    "alert.outside_caseload": N_("Alert: three identities outside the own caseload within a day"),
    "backup.created": N_("Backup made"),
    "backup.restored": N_("Backup restored"),
    "candidate.erased": N_("File erased"),
    "candidate.handed_over": N_("File handed over"),
    "candidate.moved": N_("Candidate: new state"),
    "candidate.opened": N_("File opened"),
    "check_in.moved": N_("Check-in recorded"),
    "commitment.published": N_("New version of the commitment"),
    "company.commitment_signed": N_("Commitment signed"),
    "company.document_looked": N_("Document looked at"),
    "company.document_read": N_("Document read"),
    "company.document_sent": N_("Document sent"),
    "company.change_confirmed": N_("Proposed change confirmed"),
    "company.change_proposed": N_("Change proposed"),
    "company.change_replaced": N_("Proposed change replaced"),
    "company.change_taken_back": N_("Proposed change taken back"),
    "company.change_turned_back": N_("Proposed change turned back"),
    "company.edited": N_("Company’s details changed"),
    "company.evidence": N_("Evidence recorded"),
    "company.former_struck": N_("Former detail struck out"),
    "company.group_joined": N_("Joined an owner group"),
    "company.group_left": N_("Left an owner group"),
    "company.hearing_answered": N_("Hearing answered"),
    "company.hearing_decided": N_("Hearing decided"),
    "company.hearing_opened": N_("Hearing opened"),
    "company.liaison": N_("Liaison changed"),
    "company.member_deactivated": N_("Member’s account closed"),
    "company.member_invited": N_("Member invited"),
    "company.moved": N_("Company: new state"),
    "company.registered": N_("Company registered"),
    "company.registered_again": N_("Business ID registered again"),
    "company.repeat_handled": N_("Repeated registration looked into"),
    "company.right_shown": N_("Right to act shown"),
    "completion.claimed": N_("Certificate claimed"),
    "completion.recorded": N_("Training completed"),
    "completion.reinstated": N_("Completion put back"),
    "completion.revoked": N_("Completion revoked"),
    "consent.recorded": N_("Consent recorded"),
    "consent.withdrawn": N_("Consent withdrawn"),
    "contact.made": N_("Call or meeting recorded"),
    "contact.written": N_("Contact plan written"),
    "deputy.ended": N_("Deputy’s time ended"),
    "deputy.named": N_("Deputy named"),
    "erasure.asked": N_("Erasure asked for"),
    "erasure.refused": N_("Erasure refused"),
    "event.attendance_marked": N_("Attendance marked"),
    "event.created": N_("Event made"),
    "event.edited": N_("Event changed"),
    "event.moved": N_("Event: new state"),
    "event.sign_ups_read": N_("Sign-ups read"),
    "glass.broken": N_("Glass broken: a file outside the caseload opened"),
    "glass.refused": N_("Glass not broken: no such case number"),
    "identity.read": N_("Identity read"),
    "identity.searched": N_("Caseload searched by name"),
    "identity.written": N_("Identity written"),
    "incident.agreed": N_("Incident: end agreed"),
    "incident.moved": N_("Incident: new state"),
    "incident.opened": N_("Incident opened"),
    "introduction.answered": N_("Company answered a card"),
    "introduction.asked": N_("Candidate’s answer to a card recorded"),
    "introduction.company_word": N_("Company’s word on a meeting"),
    "introduction.deletion_confirmed": N_("Company confirmed deletion"),
    "introduction.drafted": N_("Card drafted"),
    "introduction.meeting_agreed": N_("Meeting agreed"),
    "introduction.exposed": N_("Released details stand against an order or a block"),
    "introduction.moved": N_("Introduction: new state"),
    "match.dismissed": N_("Match set aside"),
    "match.restored": N_("Match taken back"),
    "match.suggested": N_("Match suggested to the officer"),
    "message.posted": N_("Message to a candidate posted"),
    "message.taken_back": N_("Message to a candidate taken back"),
    "note.written": N_("Note written"),
    "notes.read": N_("Notes read"),
    "outbox.sent_again": N_("Message sent again"),
    "owner_person.added": N_("Person added to an owner group"),
    "owner_person.removed": N_("Person removed from an owner group"),
    "placement.moved": N_("Placement: new state"),
    "placement.started": N_("Placement started"),
    "profile.written": N_("Profile written"),
    "programme.made": N_("Programme made"),
    "programme.officer_added": N_("Officer added to a programme"),
    "release.read": N_("Released details read"),
    "review.ended": N_("Routine review ended"),
    "review.opened": N_("Routine review opened"),
    "safety.read": N_("Safety data read"),
    "safety.written": N_("Safety data written"),
    "session.all_ended": N_("Signed out everywhere"),
    "session.ended": N_("Signed out"),
    "session.opened": N_("Signed in"),
    "session.others_ended": N_("Signed out on other devices"),
    "session.second_factor": N_("Second factor given"),
    "settings.changed": N_("Setting changed"),
    "sheet_language.added": N_("Language of the sheets added"),
    "sheet_language.checked": N_("Language of the sheets checked by a second person"),
    "sheet_language.taken_out": N_("Language of the sheets taken out of use"),
    "sheet_language.written": N_("Language of the sheets written"),
    "sign_up.asked": N_("Sign-up asked for"),
    "sign_up.moved": N_("Sign-up: new state"),
    "training.completions_read": N_("Completions read"),
    "training.content_renewed": N_("Training’s content renewed"),
    "training.created": N_("Training made"),
    "training.edited": N_("Training changed"),
    "vacancy.flag_answered": N_("Fairness flag answered"),
    "vacancy.flag_decided": N_("Fairness flag decided"),
    "vacancy.moved": N_("Vacancy: new state"),
    "vacancy.recipients_chosen": N_("Recipients chosen"),
    "vacancy.recipients_confirmed": N_("Recipients confirmed"),
    "vacancy.saved": N_("Vacancy saved"),
    "vacancy.standing": N_("Vacancy paused or opened with the standing"),
}
MAILS = {
    "account_invitation": N_("Invitation to an account"),
    "account_known": N_("Invitation to an address in use"),
    "accessibility_feedback": N_("Feedback on accessibility"),
    "audit_anchor": N_("Anchor of the audit trail"),
    "certificate": N_("Certificate"),
    "contact": N_("Message by a contact plan"),
    "email_change_new": N_("New address, to confirm"),
    "email_change_old": N_("Change of address, to confirm"),
    "event_cancelled": N_("Event cancelled"),
    "event_changed": N_("Event changed"),
    "event_soon": N_("Event in an hour"),
    "event_tomorrow": N_("Event tomorrow"),
    "news": N_("You have news"),
    "password_changed": N_("Password changed"),
    "password_reset": N_("New password"),
    "registration": N_("Registration, to confirm"),
    "registration_known": N_("Registration by an address in use"),
    "seat_lost": N_("Seat lost"),
    "seat_offered": N_("Seat offered"),
    "second_factor_reset": N_("Second factor reset"),
    "sign_up_cancelled": N_("Sign-up cancelled"),
    "sign_up_confirm": N_("Sign-up, to confirm"),
    "sign_up_confirmed": N_("Sign-up confirmed"),
    "sign_up_known": N_("Sign-up known already"),
    "sign_up_waiting": N_("On the waiting list"),
}
MAIL_STATES = {
    OutboxStatus.WAITING: (N_("Waits"), "info"),
    OutboxStatus.SENT: (N_("Sent"), "good"),
    OutboxStatus.REFUSED: (N_("Not to be sent"), ""),
    OutboxStatus.FAILED: (N_("Failed"), "bad"),
}
"""(label, kind of tag). "Not to be sent": its check said no, or it was taken back."""

JOB_STATES = {
    JobStatus.WAITING: (N_("Waits"), "info"),
    JobStatus.RUNNING: (N_("Runs"), "info"),
    JobStatus.DONE: (N_("Done"), "good"),
    JobStatus.FAILED: (N_("Failed"), "bad"),
}
JOBS = {
    "accounts.password_reset": N_("Send a link for a new password"),
    "home.check_trail": N_("Check the audit trail"),
}
SHORT = 8


def verb(code: str) -> str:
    """In words, else the code itself: a new verb must not stop the page."""
    return _(VERBS[code]) if code in VERBS else code


def subject(code: str) -> str:
    return _(SUBJECTS[code]) if code in SUBJECTS else code


def short(value: Any) -> str:
    """The beginning of an id is enough to tell two apart; anything else whole."""
    try:
        return str(UUID(str(value)))[:SHORT]
    except ValueError:
        return str(value)
