"""`dialtest audit`: whole files against each other and against the rules, one audit a verb."""

from __future__ import annotations

import click

from dialtest.commands.audit_cdr import cdr
from dialtest.commands.audit_refunds import refunds
from dialtest.commands.audit_reminders import reminders
from dialtest.commands.audit_subscriptions import subscriptions


@click.group()
def audit() -> None:
    """Whole files checked: two ledgers against each other, charge records against filings and subscriptions."""


audit.add_command(subscriptions)
audit.add_command(cdr)
audit.add_command(refunds)
audit.add_command(reminders)
