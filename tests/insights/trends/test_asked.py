import pytest

from insights.trends.asked import Asked, Change, what_changed

BEFORE = Asked(
    {"en": "How was the invoice?", "nl": "Hoe was de factuur?"},
    ("rating", (1, 5)),
    {"low.en": "very bad"},
    frozenset({"invoice", "delivery"}),
)


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, ()),
        ({"wording": BEFORE.wording | {"nl": "Hoe vond u de factuur?"}}, (Change.WORDING,)),
        ({"wording": {"en": "How was  the invoice? "}}, ()),
        ({"wording": BEFORE.wording | {"fr": "Et la facture ?"}}, ()),
        ({"wording": {"fr": "Et la facture ?"}}, (Change.WORDING,)),
        ({"scale": ("rating", (1, 7))}, (Change.SCALE,)),
        ({"scale": ("stars", (1, 5))}, (Change.SCALE,)),
        ({"ends": {"low.en": "poor"}}, (Change.SCALE,)),
        ({"touchpoints": frozenset({"invoice"})}, (Change.TOUCHPOINTS,)),
        (
            {"wording": {"en": "Happy?"}, "touchpoints": frozenset()},
            (Change.WORDING, Change.TOUCHPOINTS),
        ),
    ],
)
def test_only_what_really_changed_is_named(given, changes):
    assert what_changed(BEFORE, BEFORE._replace(**given)) == changes


def test_a_version_of_which_nothing_is_known_is_named_as_such():
    assert what_changed(None, BEFORE) == what_changed(BEFORE, None) == (Change.VERSION,)


def test_no_words_at_the_ends_before_and_after_are_no_change():
    bare = BEFORE._replace(ends={})

    assert what_changed(bare, bare) == ()
    assert what_changed(bare, BEFORE) == (Change.SCALE,)
