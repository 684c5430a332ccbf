import re

import click
import pytest

import config
from tests.house.source import ROOT

OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")

OTHERS = {"db", "routes", "run", "shell", "babel", "limiter", "roles", "users"}
"""Command groups that libraries bring along, and that our own are used in place of."""


def commands(group, path=()):
    for name, command in group.commands.items():
        if path or name not in OTHERS:
            if isinstance(command, click.Group):
                yield from commands(command, (*path, name))
            else:
                yield " ".join(["flask", *path, name])


@pytest.mark.parametrize("setting", config.SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_described_with_its_default(setting):
    default = f"`{setting.default}`" if setting.default else ""
    row = f"| `{setting.name}` | {default} | {setting.meaning} |"

    assert row.replace("|  |", "| |") in OPERATIONS


def test_every_command_is_described(app):
    missing = [each for each in commands(app.cli) if f"`{each}" not in OPERATIONS]

    assert missing == []


def test_every_target_of_make_is_described():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)
    documents = "".join(
        (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")
    )

    assert [each for each in targets if f"make {each}" not in documents] == ["help"]
