"""The demonstration as a place to look around in: every state, and a real link of each kind that comes by mail.

It answers Chromium from a thread of this process. A request that carries `LOOK_ONLY` changes nothing: whatever the
page answers, its transaction is rolled back.
"""

from __future__ import annotations

import contextvars
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, abort, request
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.serving import WSGIRequestHandler, make_server

from portal import create_app
from portal.accounts import email_changes, password_changes, second_factors, sessions
from portal.accounts import services as accounts
from portal.accounts.models import EmailChange
from portal.candidates import caseloads, erasure
from portal.candidates.models import Candidate
from portal.companies import evidence, registrations
from portal.companies.models import EvidenceKind
from portal.companies.registrations import Application
from portal.core import access, clock, edge, exports, links, outbox, schema, vault
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.events import letters, newsletter
from portal.events.models import Event, SignUp
from portal.events.sign_up_models import Subscription
from portal.incidents import services as incidents
from portal.sheets import services as sheets
from portal.trainings import certificates
from portal.trainings.models import Completion
from portal.trainings.requests import mails
from portal.trainings.requests.models import Invitation
from seeds.demo import cast
from seeds.demo.companies import business_id, by_owner
from seeds.demo.story import person
from tests.conftest import make_config
from tests.contracts.world import reach
from tests.pages.people import Onlooker

HOST = "127.0.0.1"
LOOK_ONLY = "X-Look-Only"
WEEK = timedelta(days=7)
ERROR_CODES = (400, 403, 404, 409, 413, 429, 503)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class PagesWorld:
    app: Flask
    base_url: str = ""
    links: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    """Arguments of the pages that are reached by a link in a mail, by endpoint."""
    _cookies: dict[Onlooker, str] = field(default_factory=dict)

    def cookie(self, onlooker: Onlooker) -> str | None:
        """What the session cookie of this person's browser holds; the sign-in pages have tests of their own."""
        if onlooker.email is None:
            return None
        if onlooker not in self._cookies:
            self._cookies[onlooker] = contextvars.Context().run(self._sign_in, onlooker)
        return self._cookies[onlooker]

    def _sign_in(self, onlooker: Onlooker) -> str:
        with self.app.app_context():
            with transaction():
                token = sessions.open_session(person(str(onlooker.email)), onlooker.second_factor)
            serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
            return str(serializer.dumps({"_user_id": token}))

    def reachable(self, onlooker: Onlooker, argument: str) -> list[Any]:
        """A few ids of this kind; what the person may not see is not found, whoever asks."""
        return contextvars.Context().run(self._reachable, onlooker, argument)

    def _reachable(self, onlooker: Onlooker, argument: str) -> list[Any]:
        with self.app.app_context():
            mine = person(onlooker.email).id if onlooker.email else None
            found = list(db.session.scalars(reach(argument, "company A" if onlooker.is_member else "", mine).limit(30)))
            for model in [] if found else models_named(argument.removesuffix("_id")):
                found += db.session.scalars(select(model.id).limit(10))
            db.session.remove()
        return found


def models_named(word: str) -> list[Any]:
    """The rows an argument may be about: `document_id` stands for a `company_document`."""
    mappers = db.Model.registry.mappers
    return [each.class_ for each in mappers if f"_{each.class_.__tablename__}".endswith(f"_{word}")]


def make_world(folder: Path) -> PagesWorld:
    app = create_app(make_config(folder, demo=True, base_url=f"http://{HOST}"))
    app.add_url_rule("/<any(fi, sv, en):lang>/-/<int:code>", "error", access.public(fail))
    app.after_request(change_nothing)
    world = PagesWorld(app)
    with app.app_context():
        from portal.matching import index
        from seeds import demo, reference

        vault.prepare()
        with transaction():
            schema.build(db.session.connection(), db.metadata, next(iter(schema.known_revisions()), None))
        reference.load()
        demo.load()
        with transaction():
            world.links = send_links()
        with transaction():
            bring_about()
        outbox.send_due()
        index.engine().rebuild()
        db.session.remove()
    return world


def fail(code: int) -> None:
    abort(code)


def change_nothing(response: Any) -> Any:
    """Registered last and so run first, before the edge decides."""
    if LOOK_ONLY in request.headers and request.method not in access.SAFE_METHODS:
        edge.refuse_silently()
    return response


def send_links() -> dict[str, list[dict[str, str]]]:
    """A fresh token of each kind. A token stands only in its mail, so that each is made a second time here."""
    admin, aino = person(cast.ADMINISTRATOR), person(cast.AINO)
    invited = accounts.invite("uusi@reilu.example", "Uusi Yhdyshenkilö", Role.LIAISON, by=admin)
    email_changes.ask(aino, "aino.uusi@kuuralinna.example")
    application = Application(
        business_id(90123), "Koivukuja Oy", "I", "091", "Kaarina Koivu", "kaarina@koivukuja.example", "", "", "fi"
    )
    registration = registrations.register(application, "192.0.2.0")
    db.session.flush()
    assert invited is not None
    change = db.session.scalars(select(EmailChange).where(EmailChange.account_id == aino.id)).one()
    signed_up = db.session.scalars(select(SignUp.id).order_by(SignUp.diet.is_(None), SignUp.id)).all()
    subscribed = db.session.scalars(select(Subscription.id).order_by(Subscription.id)).all()
    free_first = (Completion.account_id.is_not(None), Completion.id)
    given = db.session.execute(select(Completion.id, Completion.certificate_code).order_by(*free_first))
    certificate, code = given.first() or (None, "")
    assert certificate is not None
    return {
        "accounts.accept": [{"token": links.issue(accounts.INVITATION, invited.id, WEEK)}],
        "accounts.reset": [{"token": links.issue(password_changes.RESET, aino.id, WEEK)}],
        "accounts.confirm_email": [
            {"side": side, "token": links.issue(purpose, change.id, WEEK)}
            for side, purpose in email_changes.PURPOSES.items()
        ],
        "companies.confirm": [{"token": links.issue(registrations.PURPOSE, registration.id, WEEK)}],
        "events.own": [{"token": letters.token_of(sign_up_id)} for sign_up_id in signed_up],
        "events.change": [{"token": letters.token_of(sign_up_id)} for sign_up_id in signed_up],
        "events.subscription": [{"token": newsletter.token_of(each)} for each in subscribed],
        "requests.invited": [{"token": mails.token_of(each)} for each in db.session.scalars(select(Invitation.id))],
        "events.give_feedback": [{"token": letters.token_of(sign_up_id)} for sign_up_id in signed_up],
        "trainings.certificate": [{"code": code}, {}],
        "trainings.own_certificate": [{"token": certificates.token_of(certificate)}],
        "trainings.claim": [{"token": certificates.token_of(certificate)}],
    }


def bring_about() -> None:
    """What the demonstration does not hold: a hold, a deputy, a refused erasure, a document, a language of sheets."""
    elina, timo = person(cast.ELINA), person(cast.TIMO)
    second_factors.keep_secret(timo, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    timo.second_factor_since = clock.now()
    upload = FileStorage(io.BytesIO(PDF), "todistus.pdf", "file")
    evidence.send_document(by_owner(cast.AINO), EvidenceKind.TAX, upload, person(cast.AINO))
    deputy = caseloads.may_deputise(elina.id)[0]
    caseloads.name_deputy(elina, deputy.id, clock.today(), clock.today() + WEEK)
    own = db.session.scalars(select(Candidate).where(Candidate.officer_id == elina.id).order_by(Candidate.case_number))
    candidate = own.all()[-1]
    candidate.erasure_asked_on = clock.today()
    erasure.refuse(candidate.id, "Asia on kesken (keksitty).", clock.today() + WEEK, elina)
    incidents.open_incident(by_owner(cast.HELMI).owner_group_id, None, elina, candidate_id=candidate.id)
    past = db.session.scalars(select(Event.id).where(Event.ends_at < clock.now()).limit(1)).one()
    exports.ask("sign_ups", past, exports.FileForm.XLSX, job="events.export", by=person(cast.MARJA).id, rows=9000)
    sheets.add("uk", "Keksitty kääntäjä", by=person(cast.ADMINISTRATOR).id)


class Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Chromium's requests are no news."""


@contextmanager
def served(world: PagesWorld) -> Iterator[PagesWorld]:
    server = make_server(HOST, 0, world.app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    world.base_url = f"http://{HOST}:{server.server_port}"
    try:
        yield world
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        with world.app.app_context():
            db.session.remove()
            db.engine.dispose()
            vault.store().engine.dispose()
