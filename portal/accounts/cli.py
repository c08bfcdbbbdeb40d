"""The command line of accounts: how the first administrator comes in."""

from __future__ import annotations

import click
from flask.cli import AppGroup, with_appcontext

from portal.accounts import services
from portal.accounts.rules import check_email
from portal.core.access import Role
from portal.core.db import transaction
from portal.core.errors import RuleBroken

commands = AppGroup("accounts", help="Accounts.")


@commands.command("invite-admin")
@click.argument("email")
@click.option("--language", type=click.Choice(["fi", "sv", "en"]), default="fi", help="Of the invitation.")
@with_appcontext
def invite_admin(email: str, language: str) -> None:
    """Invite an administrator by mail. Run it again to send a new link."""
    with transaction():
        try:
            address = check_email(email)
        except RuleBroken as refusal:
            raise click.ClickException(str(refusal)) from None
        account = services.invite(address, address.split("@")[0], Role.ADMINISTRATOR, language=language)
        if account.role != Role.ADMINISTRATOR:
            raise click.ClickException("This address has an account with another role. Use another address.")
    click.echo("The invitation waits in the outbox; the worker sends it.")
