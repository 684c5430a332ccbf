import re
import tomllib

import pytest
from packaging.requirements import Requirement

from tests.house.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
NEEDED = PROJECT["project"]["dependencies"]
FOR_DEVELOPERS = PROJECT["dependency-groups"]["dev"]


def pins(name):
    text = (ROOT / name).read_text()
    return dict(re.findall(r"^([\w.-]+)==([\w.+-]+)", text, re.MULTILINE))


def blocks(name):
    """Each pinned library with the lines that belong to it."""
    return re.split(r"\n(?=[\w.-]+==)", (ROOT / name).read_text())[1:]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("requirements.txt", NEEDED), ("requirements-dev.txt", [*NEEDED, *FOR_DEVELOPERS])],
)
def test_what_the_project_asks_for_is_pinned_at_a_version_it_allows(name, wanted):
    pinned = pins(name)

    for text in wanted:
        asked = Requirement(text)
        assert asked.specifier.contains(pinned[asked.name.lower()], prereleases=True), text


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_library_is_pinned_by_its_hash(name):
    assert [block.split()[0] for block in blocks(name) if "--hash=sha256:" not in block] == []


def test_developers_use_the_very_libraries_that_users_do():
    for_developers = pins("requirements-dev.txt")

    assert {name: for_developers.get(name) for name in pins("requirements.txt")} == pins(
        "requirements.txt"
    )
