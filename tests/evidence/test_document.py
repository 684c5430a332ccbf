"""The document says of each measurement what the code that makes it says."""

from importlib import import_module

import pytest

from evidence.__main__ import DOCUMENT, MEASURES, PREFACE


@pytest.mark.parametrize("name", MEASURES)
def test_the_document_tells_how_it_is_measured_today(name):
    about = import_module(f"evidence.{name}").ABOUT.strip()

    text = DOCUMENT.read_text(encoding="utf-8")
    assert text.startswith(PREFACE)
    assert about in text
