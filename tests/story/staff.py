"""`python -m tests.story.staff SECRET SECRET …`: the staff of a story, as an administrator would have invited them."""

from __future__ import annotations

import sys
from datetime import date

from portal import create_app
from portal.accounts import services as accounts
from portal.core.access import Role
from portal.core.db import db, transaction
from portal.programmes import services as programmes

PASSWORD = "kuusi hiljaista lyhtyä rannalla"
STAFF = (
    ("marja@reilu.example", "Marja Kivelä", Role.LIAISON),
    ("elina@reilu.example", "Elina Saarela", Role.OFFICER),
)


def main(secrets: list[str]) -> None:
    app = create_app()
    with app.app_context(), transaction():
        programme = programmes.keep(
            "TARINA", names=("Tarina", "Berättelse", "Story"), starts_on=date(2025, 1, 1), ends_on=None, facts={},
            invented=True,
        )  # fmt: skip
        for (email, name, role), secret in zip(STAFF, secrets, strict=True):
            account = accounts.create(email, name, role, password=PASSWORD, totp_secret=secret)
            db.session.flush()
            if role == Role.OFFICER:
                programmes.add_officer(programme.id, account)


if __name__ == "__main__":
    main(sys.argv[1:])
