"""A feature for tests: pages that use each part of the core, so that its promises are seen from outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Blueprint, Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, StringField, TextAreaField

from portal import features
from portal.accounts.models import Account
from portal.core import audit, edge, pages
from portal.core.access import Permission, public, requires
from portal.core.db import begin_to_read, db, transaction
from portal.core.errors import N_, NotFound, RuleBroken
from portal.core.fields import DayField, OneOf, WholeField, offer
from portal.core.forms import Form, NotPast, Optional, Required
from portal.core.registry import Feature
from portal.core.settings import Setting
from tests.factories.accounts import account
from tests.support.browser import Browser, Page, form_values

bp = Blueprint("probe", __name__, template_folder="templates")


class ProbeForm(Form):
    title = StringField("Title", [Required(N_("Write your name"))])
    text = TextAreaField("Text", [Optional()])
    posts = WholeField("Posts")
    day = DayField("Day", [NotPast()])
    place = OneOf("Place")
    sites = FieldList(StringField("Site"), "Sites", max_entries=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place.choices = offer({"091": "Helsinki", "092": "Vantaa"}, blank="Choose")


class NameForm(Form):
    display_name = StringField("Name", [Required(N_("Write your name"))])


def note(value: str) -> str:
    key = uuid4().hex
    db.session.add(Setting(key=key, value=value))
    return key


@bp.route("/probe/form", methods=["GET", "POST"])
@public
def form() -> ResponseReturnValue:
    """Saves the title; the button `refuse` lets a rule say no after the saving, and leaves an aftermath."""
    form = ProbeForm()
    if form.validate_on_submit():
        key = note(form.title.data or "")
        edge.afterwards(lambda: note("aftermath") and None)
        try:
            if form.pressed == "refuse":
                raise RuleBroken(N_("Write a number from %(least)s to %(most)s."), field="title", least=1, most=2)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return redirect(url_for(".saved", key=key))
    return pages.render("probe/form.html", form=form)


@bp.get("/probe/saved/<key>")
@public
def saved(key: str) -> str:
    if db.session.scalar(select(Setting.id).where(Setting.key == key)) is None:
        raise NotFound
    return pages.render("probe/form.html", form=ProbeForm())


@bp.route("/probe/names/<uuid:account_id>", methods=["GET", "POST"])
@public
def names(account_id: UUID) -> ResponseReturnValue:
    row = db.session.get_one(Account, account_id)
    form = NameForm(obj=row)
    if form.validate_on_submit():
        row.display_name, row.version = form.display_name.data or "", row.version + 1
        audit.record("account.details_changed", "account", row.id)
        return redirect(url_for(".names", account_id=row.id))
    return pages.render("probe/form.html", form=form)


@bp.get("/probe/looks/<uuid:candidate_id>")
@public
def looks(candidate_id: UUID) -> str:
    """A GET that reads an identity, and tries to write besides."""
    audit.identity_read([candidate_id], "")
    note("written by a GET")
    db.session.flush()
    return pages.render("probe/form.html", form=ProbeForm())


@bp.route("/probe/crash/<word>", methods=["GET", "POST"])
@public
def crash(word: str) -> str:
    note("before the crash")
    raise ValueError(f"{word} {request.values.get('title')}")


@bp.get("/probe/stop/<int:code>")
@public
def stop(code: int) -> str:
    abort(code)


@bp.get("/probe/rule")
@public
def rule() -> str:
    raise RuleBroken(N_("Write a number from %(least)s to %(most)s."), least=1, most=2)


@bp.route("/probe/administrators", methods=["GET", "POST"])
@requires(Permission.AUDIT_READ)
def administrators() -> str:
    return pages.render("probe/form.html", form=ProbeForm())


feature = Feature(name="probe", blueprints=(bp,))
real_features = features.all_features


@pytest.fixture
def make_probed(make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Flask]:
    """The whole portal with the probe's pages; keyword arguments change the configuration."""
    monkeypatch.setattr(features, "all_features", lambda: [*real_features(), feature])
    return make_app


@pytest.fixture
def probed(make_probed: Callable[..., Flask]) -> Flask:
    return make_probed()


@pytest.fixture
def visitor(probed: Flask) -> Browser:
    return Browser(probed)


@pytest.fixture
def person(probed: Flask) -> Callable[..., UUID]:
    """Makes an account; returns its id."""

    def make(role: str = "owner", **values: Any) -> UUID:
        with probed.app_context(), transaction():
            return account(role, **values).id

    return make


def typed(page: Page, **values: Any) -> MultiDict[str, Any]:
    """What the page's form would send with these values typed in, whether it has such fields or not."""
    sent = form_values(page.form())
    for name, value in values.items():
        sent.setlist(name, [value])
    return sent


def notes(app: Flask) -> list[str]:
    """What the probe's pages have saved."""
    with app.app_context():
        begin_to_read()
        return sorted(db.session.scalars(select(Setting.value)))


def entries(app: Flask, verb: str) -> int:
    with app.app_context():
        begin_to_read()
        count = select(func.count()).select_from(audit.AuditEntry).where(audit.AuditEntry.verb == verb)
        return db.session.scalar(count) or 0
