"""A company keeps its own pages: details, colleagues, documents, and what is somebody else's."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

from sqlalchemy import func, select

from portal.accounts.models import Account, AccountStatus
from portal.companies.models import Company, CompanyStatus, Document, EvidenceKind
from portal.companies.reminders import deactivation_blockers
from portal.core.access import Role
from portal.core.db import db
from tests.companies.conftest import plain
from tests.factories import accounts
from tests.factories import companies as factories
from tests.support.browser import Browser

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def pdf(name: str = "certificate.pdf") -> dict[str, tuple[BytesIO, str]]:
    return {"file": (BytesIO(PDF), name)}


def test_details_are_edited_and_the_business_id_stays(app, within, case):
    made = case(CompanyStatus.APPLIED)
    owner = Browser(app).sign_in(made.owner)
    before = within(lambda: db.session.get_one(Company, made.company).business_id)
    page = owner.submit("/en/company/edit", button="Save the details", name="Uusi Nimi Oy", phone="+46 8 123 456 78")
    assert page.h1 == "Uusi Nimi Oy" and before in page.text and "+46 8 123 456 78" in page.text
    form = owner.get("/en/company/edit")
    values = form.fields(form.form(button="Save the details")).to_dict() | {"business_id": "0012345-7"}
    page = owner.post("/en/company/edit", data=values)
    assert page.status == 422
    assert within(lambda: db.session.get_one(Company, made.company).business_id) == before


def test_a_stale_edit_shows_both_versions_and_loses_neither(app, case, within):
    made = case(CompanyStatus.APPLIED, name="Before Oy")
    one, two = Browser(app).sign_in(made.owner), Browser(app).sign_in(made.owner)
    mine = one.get("/en/company/edit")
    two.submit("/en/company/edit", button="Save the details", name="Theirs Oy")
    page = one.submit(mine, button="Save the details", name="Mine Oy")
    assert page.status == 422 and "Theirs Oy" in page.text and 'value="Mine Oy"' in page.html
    assert within(lambda: db.session.get_one(Company, made.company).name) == "Theirs Oy"
    assert one.submit(page, button="Save the details").h1 == "Mine Oy"


def test_the_language_switch_keeps_what_was_typed(app, case):
    owner = Browser(app).sign_in(case().owner)
    form = owner.get("/en/company/edit")
    values = form.fields(form.form(button="Save the details")).to_dict() | {"name": "Halvfärdig Ab"}
    page = owner.post("/en/company/edit", data=values | {"switch_language": "sv"})
    assert page.status == 200 and page.tree.get("lang") == "sv" and 'value="Halvfärdig Ab"' in page.html


def test_an_owner_invites_a_colleague_who_comes_in(app, within, case, mailbox):
    made = case()
    owner = Browser(app).sign_in(made.owner)
    page = owner.submit(
        "/en/company/colleagues/invite",
        button="Send the invitation",
        display_name="Joonas Rautavaara",
        email="Joonas@Company.fi",
        role="recruiter",
    )
    assert "Joonas Rautavaara" in page.text and "Invited" in page.text
    assert [message.kind for message in mailbox.to("joonas@company.fi")] == ["account_invitation"]
    account = within(lambda: db.session.scalar(select(Account).where(Account.email == "joonas@company.fi")))
    assert (account.role, account.company_id, account.status) == ("recruiter", made.company, AccountStatus.INVITED)


def test_inviting_an_address_that_is_taken_looks_the_same(app, within, case):
    made = case()
    within(lambda: accounts.account(Role.OFFICER, email="taken@company.fi") and None)
    owner = Browser(app).sign_in(made.owner)
    answers = []
    for email in ("taken@company.fi", "free@company.fi"):
        page = owner.submit(
            "/en/company/colleagues/invite",
            button="Send the invitation",
            display_name="Somebody",
            email=email,
            role="owner",
            follow=False,
        )
        answers.append((page.status, page.headers["Location"]))
    assert answers[0] == answers[1]
    assert (
        within(lambda: db.session.scalar(select(Account).where(Account.email == "taken@company.fi")).role) == "officer"
    )


def test_staff_roles_cannot_be_given_by_a_company(app, case):
    owner = Browser(app).sign_in(case().owner)
    page = owner.submit(
        "/en/company/colleagues/invite",
        button="Send the invitation",
        display_name="Eve",
        email="eve@company.fi",
        role="liaison",
    )
    assert page.status == 422 and "Choose one of the list" in page.text


def test_a_recruiter_reads_but_leaves_the_company_to_its_owners(app, within, case):
    made = case()
    recruiter = within(lambda: factories.member(db.session.get_one(Company, made.company), Role.RECRUITER).id)
    browser = Browser(app).sign_in(recruiter)
    page = browser.get("/en/company")
    assert page.status == 200 and "Edit the details" not in page.text and "Invite a colleague" not in page.text
    for path in ("edit", "colleagues/invite", f"colleagues/{made.owner}/remove"):
        assert browser.get(f"/en/company/{path}").status == 403


def test_a_colleague_is_removed_but_never_the_last_owner(app, within, case):
    made = case()
    other = within(lambda: factories.member(db.session.get_one(Company, made.company), display_name="Second Owner").id)
    assert not within(lambda: list(deactivation_blockers(db.session.get_one(Account, made.owner))))
    owner = Browser(app).sign_in(made.owner)
    gone = Browser(app).sign_in(other)
    page = owner.submit(f"/en/company/colleagues/{other}/remove", button="Remove the colleague")
    assert "Second Owner" not in page.text.replace("Removed", "")
    assert gone.get("/en/company").h1 != page.h1
    page = owner.submit(f"/en/company/colleagues/{made.owner}/remove", button="Remove the colleague")
    assert page.status == 422 and "cannot remove yourself" in page.text
    [blocker] = within(lambda: list(deactivation_blockers(db.session.get_one(Account, made.owner))))
    assert "only owner" in blocker


def test_people_documents_and_hearings_of_another_company_are_not_there(app, within, case):
    mine, theirs = case(), case()
    owner, other = Browser(app).sign_in(mine.owner), Browser(app).sign_in(theirs.owner)
    other.submit("/en/company/documents/send", button="Send the document", files=pdf(), kind="tax_debt")
    document = within(lambda: db.session.scalars(select(Document.id)).one())
    nobody = uuid4()
    for path, foreign in (("/en/company/colleagues/{}/remove", theirs.owner), ("/en/company/documents/{}", document)):
        one, two = owner.get(path.format(foreign)), owner.get(path.format(nobody))
        assert one.status == two.status == 404
        assert plain(one, foreign) == plain(two, nobody)
    assert owner.get(f"/en/companies/{theirs.company}").status == 403


def test_a_document_is_sent_looked_at_and_recorded(app, within, case, mailbox):
    made = case(CompanyStatus.IN_REVIEW)
    liaison_email = within(lambda: db.session.get_one(Account, made.liaison).email)
    owner, liaison = Browser(app).sign_in(made.owner), Browser(app).sign_in(made.liaison)
    page = owner.submit("/en/company/documents/send?kind=tax_debt", button="Send the document", files=pdf())
    assert "To be looked at" in page.text
    assert {message.kind for message in mailbox.to(liaison_email)} == {"news"}
    assert "Look at a document" in liaison.get("/en/start").text

    document = within(lambda: db.session.scalars(select(Document)).one())
    base = f"/en/companies/{made.company}/documents/{document.id}"
    answer = liaison.open(base)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    page = liaison.submit(f"{base}/evidence", button="Record evidence")
    assert "Look at a document" not in liaison.get("/en/start").text
    row = within(lambda: db.session.get_one(Document, document.id))
    assert row.looked_at is not None and row.kind == EvidenceKind.TAX
    assert "Looked at" in owner.get("/en/company").text


def test_a_document_is_sent_back_with_what_is_wrong(app, within, case):
    made = case(CompanyStatus.IN_REVIEW)
    owner, liaison = Browser(app).sign_in(made.owner), Browser(app).sign_in(made.liaison)
    owner.submit("/en/company/documents/send", button="Send the document", files=pdf(), kind="tax_debt")
    document = within(lambda: db.session.scalars(select(Document.id)).one())
    path = f"/en/companies/{made.company}/documents/{document}/turn-down"
    liaison.submit(path, button="Send the document back", answer="The second page is missing. Send both.")
    assert "The second page is missing" in owner.get("/en/company").text
    again = liaison.submit(path, button="Send the document back", answer="Once more")
    assert again.status == 422 and "looked at already" in again.text


def test_a_file_that_is_no_document_is_refused_in_words(app, within, case):
    owner = Browser(app).sign_in(case().owner)
    for data, sentence in ((b"MZ\x90\x00" + b"\0" * 64, ""), (b"", "")):
        page = owner.submit(
            "/en/company/documents/send",
            button="Send the document",
            files={"file": (BytesIO(data), "certificate.pdf")},
            kind="tax_debt",
        )
        assert page.status == 422 and 'id="file-error"' in page.html and sentence in page.text
    page = owner.submit("/en/company/documents/send", button="Send the document", kind="tax_debt")
    assert page.status == 422 and "Choose the file" in page.text
    assert within(lambda: db.session.scalar(select(func.count()).select_from(Document))) == 0


def test_a_company_page_costs_few_statements_however_many_rows(app, within, case):
    from sqlalchemy import event

    made = case(vetted=True)

    def count(browser, path):
        statements: list[str] = []
        with app.app_context():
            engine = db.engine

        def note(_connection, _cursor, statement, *_rest):
            if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
                statements.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        assert browser.get(path).status == 200
        event.remove(engine, "before_cursor_execute", note)
        return len(statements)

    owner, liaison = Browser(app).sign_in(made.owner), Browser(app).sign_in(made.liaison)
    paths = [(owner, "/en/company"), (liaison, f"/en/companies/{made.company}"), (liaison, "/en/companies")]
    for browser, path in paths:  # the first request of a session writes its touch
        browser.get(path)
    before = [count(browser, path) for browser, path in paths]

    def more():
        company = db.session.get_one(Company, made.company)
        liaison_row = db.session.get_one(Account, made.liaison)
        for _number in range(5):
            factories.right(company, factories.member(company), liaison_row)
            factories.company()
        factories.all_evidence(company, liaison_row)

    within(more)
    after = [count(browser, path) for browser, path in paths]
    assert before == after
    assert max(after) <= 12, after
