import subprocess
import sys

import pytest
from babel.messages.pofile import read_po

from tests.house.source import ROOT

EXTRACT = (
    *("--quiet", "extract", "--mapping-file=pyproject.toml"),
    *("--keyword=lazy_gettext", "--keyword=lazy_ngettext:1,2", "."),
)


@pytest.fixture(scope="module")
def dutch():
    """The Dutch catalogue: each message with its translation."""
    with (ROOT / "translations/nl/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="nl")


@pytest.fixture(scope="module")
def words(tmp_path_factory):
    """Every message in code and templates."""
    extracted = tmp_path_factory.mktemp("words") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", *EXTRACT]
    subprocess.run([*command, f"--output-file={extracted}"], cwd=ROOT, check=True)
    with extracted.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def texts(either):
    """A message's one text, or its singular and plural."""
    return [either] if isinstance(either, str) else list(either)


def test_every_message_is_in_dutch_too(dutch, words):
    missing = [
        message.id
        for message in words
        if not (found := dutch.get(message.id, message.context)) or not all(texts(found.string))
    ]

    assert words
    assert missing == []


def test_no_translation_is_a_guess(dutch):
    assert [message.id for message in dutch if message.id and message.fuzzy] == []


def test_a_translation_names_the_same_values_as_its_message(dutch):
    """A wrong name would raise when the page is shown."""
    wrong = [
        message.id
        for message in dutch
        if message.id and message.python_format and any(error for error in message.check(dutch))
    ]

    assert wrong == []
