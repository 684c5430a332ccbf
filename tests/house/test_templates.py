import re

import pytest

from tests.house.source import ROOT, name_of, templates

FRAME = re.compile(r"""\{%-?\s*extends\s+["']([\w/]+\.html)["']""")
MACROS_OR_FRAMES = {"parts", "mail"}


def pages():
    return [path for path in templates() if path.suffix == ".html"]


@pytest.mark.parametrize("path", pages(), ids=name_of)
def test_every_page_has_the_frame_is_a_panel_or_a_part(path):
    """A page extends the layout, or a frame that does."""
    inside = path.relative_to(ROOT / "templates")
    if inside.parts[0] in MACROS_OR_FRAMES or path.name.startswith("_"):
        return
    seen = path
    while seen != ROOT / "templates" / "layout.html":
        frame = FRAME.search(seen.read_text(encoding="utf-8"))
        assert frame, f"{name_of(seen)} extends nothing"
        seen = ROOT / "templates" / frame.group(1)


@pytest.mark.parametrize("path", pages(), ids=name_of)
def test_no_page_needs_what_the_content_security_policy_forbids(path):
    """Mail is no page: its styles are put inline because mail programs want that."""
    if path.relative_to(ROOT / "templates").parts[0] == "mail":
        return
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle=|\son\w+=[\"']|<style|<script(?![^>]*\bsrc=)(?![^>]*json)", text)
    assert "| safe" not in text
    assert "|safe" not in text
