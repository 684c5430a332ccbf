"""Months that are typed after a command."""

from datetime import datetime

import click
from flask import current_app

from insights.months import FIRST, is_month, last_likely


def check_month(month: str) -> None:
    """Refuse a month that lies far off; what is no month at all is told by who takes it.

    Raises:
        click.ClickException: it lies before 2000, or more than a year ahead.
    """
    last = last_likely(f"{datetime.now(current_app.config['TIME_ZONE']):%Y-%m}")
    if is_month(month) and not FIRST <= month <= last:
        raise click.ClickException(f"{month} is far off: give a month from {FIRST} to {last}.")
