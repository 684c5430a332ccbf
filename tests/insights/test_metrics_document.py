import doctest
import re
from pathlib import Path

from insights.pain import guards as pain_guards
from insights.release import suppression

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "metrics.md"


def test_every_worked_example_gives_what_the_document_says():
    results = doctest.testfile(str(DOCUMENT), module_relative=False, encoding="utf-8")

    assert results.attempted > 15
    assert results.failed == 0


def test_every_section_that_the_code_refers_to_exists():
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "insights").rglob("*.py"))
    sections = set(re.findall(r"^## (.+)$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE))
    named = re.findall(r'docs/metrics\.md,\s+("[^"]+"(?:\s+and\s+"[^"]+")?)', code)

    assert {name for group in named for name in re.findall(r'"([^"]+)"', group)} <= sections
    assert len(named) > 20


def test_the_document_names_every_reason_and_every_minimum():
    text = DOCUMENT.read_text(encoding="utf-8")

    assert [reason for reason in pain_guards.Reason if f"`{reason}`" not in text] == []
    assert f"at least {pain_guards.MINIMUM_ANSWERS} overall answers" in text
    assert f"fewer than {suppression.FEW_ANSWERS} answers" in text
