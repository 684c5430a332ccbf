import pytest

from questionnaires.stems import concepts_of, default_stems, entries
from questionnaires.template import templates

KEYS = sorted(
    {
        touchpoint.key
        for template in templates()
        for stage in template.stages
        for touchpoint in stage.touchpoints
    }
)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("key", KEYS)
def test_every_touchpoint_of_a_ready_journey_has_stems(key, language):
    assert key in entries()
    assert len(default_stems(key, {}, language)) >= 5


@pytest.mark.parametrize("key", sorted(entries()))
def test_a_stem_is_written_as_it_is_looked_up(key):
    stems = [stem for some in entries()[key].stems.values() for stem in some]

    assert [stem for stem in stems if stem != stem.strip() or stem != stem.casefold()] == []
    assert [stem for stem in stems if len(stem.strip("-.")) < 2] == []
    assert set(entries()[key].also) <= set(entries())


@pytest.mark.parametrize(
    ("name", "concepts"),
    [
        ("Eten en drinken", ["food", "drinks"]),
        ("De netheid van de kamers", ["cleanliness", "rooms"]),
        ("Prijs-kwaliteitverhouding", ["price"]),
        ("Levertijd", ["delivery_time"]),
        ("Quality of the food", ["food"]),
        ("Quality", ["product_quality"]),
        ("Opening hours", ["opening_hours"]),
        ("Öffnungszeiten", ["opening_hours"]),
        ("Doctors", ["doctors"]),
        ("Algemeen", []),
    ],
)
def test_a_name_speaks_of_concepts(name, concepts):
    assert concepts_of(name) == concepts


def test_a_touchpoint_of_a_ready_journey_is_known_by_its_key_whatever_its_name():
    assert default_stems("invoice", {"nl": "Eten"}, "nl") == default_stems("invoice", {}, "nl")


def test_a_name_in_another_language_is_as_good():
    assert "food" in default_stems("t1", {"nl": "Maaltijden"}, "en")


def test_an_unknown_name_gives_its_own_words_without_function_words_and_plural():
    assert default_stems("t1", {"nl": "Onze draaimolens voor peuters"}, "nl") == (
        "draaimolen",
        "peuter",
    )


def test_a_short_unknown_name_is_a_whole_word():
    assert default_stems("t1", {"nl": "VVE"}, "nl") == ("vve.",)


def test_a_touchpoint_without_a_name_goes_by_its_key():
    assert "wachttijd" in default_stems("waiting_room_zzz_waiting_time", {}, "nl")


def test_a_region_speaks_its_language():
    assert default_stems("price", {}, "nl-BE") == default_stems("price", {}, "nl")
