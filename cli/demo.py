"""`flask demo plant`: an invented company to look around in."""

from datetime import UTC, datetime

import click
from flask import current_app
from flask.cli import AppGroup
from tqdm import tqdm

from actions.demo import NotEmptyError, plant_demo
from cli.threads import compute_alone
from demo.story import RESPONSES

command = AppGroup("demo", help="The demonstration: an invented company.")

STEPS = {"answers": 30, "comments": 25, "facts": 20, "pain": 25}
"""What is done, and roughly how much of the time it takes, in percent."""


@command.command("plant")
@click.option("--seed", default=7, show_default=True, help="The same seed plants the same answers.")
@click.option("--responses", default=RESPONSES, show_default=True, help="How many responses.")
@click.option("--if-empty", is_flag=True, help="Do nothing, and say nothing, if anything is there.")
def plant(seed: int, responses: int, *, if_empty: bool) -> None:
    """Plant an invented company with two journeys and two years of answers."""
    compute_alone()
    home, now = current_app.config["HOME"], datetime.now(UTC)
    with tqdm(total=100, desc="Planting the demonstration", unit="%", leave=False) as bar:

        def report(step: str, share: float) -> None:
            before = sum(weight for name, weight in STEPS.items() if _is_before(name, step))
            bar.update(round(before + STEPS[step] * share, 1) - bar.n)

        try:
            planted = plant_demo(seed, home, now, responses=responses, report=report)
        except NotEmptyError as error:
            if if_empty:
                return
            raise click.ClickException(
                "There is an organisation already; the demonstration needs an empty installation. "
                "Set OUTSIDEIN_HOME to another folder to try it."
            ) from error
    click.echo(
        f"Planted {planted.n_journeys} journeys with {planted.n_responses} invented responses. "
        f"Sign in as {planted.email} with {planted.password}"
    )


def _is_before(name: str, step: str) -> bool:
    """Whether one step is done before another."""
    order = list(STEPS)
    return order.index(name) < order.index(step)
