import time

import pytest

from insights.comments.mentions import Known, mentions
from questionnaires.stems import default_stems
from vocabulary import SentimentLabel

KEYS = ("food", "staff", "price", "rooms", "delivery", "app")

DUTCH = """
food|Het eten was heerlijk.
food|De soep kwam lauw op tafel.
food|We hebben hier fantastisch gegeten.
food|De biefstuk was taai en te gaar.
food|Als voorgerecht namen we garnalenkroketten.
food|De porties zijn aan de kleine kant.
food|Het ontbijt was uitgebreid en vers.
food|Mijn pizza was aan de onderkant aangebrand.
food|Het dessert maakte alles goed.
food|De friet was slap.
staff|De bediening was vriendelijk.
staff|Het personeel deed erg zijn best.
staff|De ober vergat ons twee keer.
staff|We werden onvriendelijk ontvangen.
staff|De gastvrouw stelde ons meteen op ons gemak.
staff|Aan de receptie keek niemand op.
staff|De verpleegkundigen waren zorgzaam voor mijn moeder.
staff|De arts had de tijd voor mij.
staff|Wat een attente medewerkers!
staff|Niemand van het team wist iets.
price|Veel te duur voor wat het is.
price|De prijzen zijn redelijk.
price|Goede prijs-kwaliteitverhouding.
price|Voor dat geld verwacht je meer.
price|De rekening viel ons tegen.
price|Twintig euro voor een glas is te gek.
price|Gelukkig was het goedkoop.
price|Je krijgt waar voor je geld.
price|Ik vond het tarief aan de hoge kant.
price|Met de korting erbij was het te doen.
rooms|De kamer was klein maar netjes.
rooms|Ik heb slecht geslapen.
rooms|Het bed kraakte bij elke beweging.
rooms|In de badkamer zat schimmel.
rooms|De douche gaf alleen koud water.
rooms|Fijne matrassen en zachte kussens.
rooms|Het balkon keek uit op de binnenplaats.
rooms|De airco maakte lawaai.
rooms|De hotelkamers zijn net verbouwd.
rooms|We hoorden de buren, zo gehorig is het.
delivery|Het pakket lag bij de buren.
delivery|Mijn bestelling werd te laat bezorgd.
delivery|De koerier belde niet eens aan.
delivery|Snelle levering, top.
delivery|Na twee weken nog altijd niet geleverd.
delivery|De bezorger gooide de doos over de heg.
delivery|Netjes thuisbezorgd door PostNL.
delivery|De verzending ging sneller dan gedacht.
app|De app loopt steeds vast.
app|Sinds de update op mijn iphone kan ik niet inloggen.
app|De bestelapp is handig.
app|Jullie apps werken prima.
food staff|Het eten was lekker maar de bediening traag.
food staff price|Goed eten, aardig personeel en nette prijzen.
rooms price|Mooie kamers, alleen duur.
delivery app|De bezorging is te volgen in de app.
|Wij komen zeker terug.
|Niets op aan te merken.
|Jammer dat het regende.
|Volgende keer nemen we de buren mee.
"""

ENGLISH = """
food|The food was delicious.
food|My steak was overcooked.
food|Best sushi in town.
food|The portions are tiny.
food|Breakfast was cold and bland.
food|We loved the desserts.
food|The pasta tasted like cardboard.
food|Great burgers and fries.
food|The menu never changes.
food|I ate here twice last week.
staff|The staff were friendly.
staff|Our waiter ignored us.
staff|Service was painfully slow.
staff|The hostess was rude.
staff|The nurses were kind to my mother.
staff|A very attentive doctor.
staff|The manager apologised right away.
staff|Nobody at the front desk knew anything.
staff|Extremely helpful people behind the bar counter.
staff|The driver was polite.
price|Way too expensive for what it is.
price|The prices are fair.
price|Good value for money.
price|It is overpriced.
price|Cheap and cheerful.
price|Not worth it.
price|We paid forty dollars each.
price|The bill came as a shock.
price|A bargain, really.
price|There is a hidden fee.
rooms|The room was tiny.
rooms|Our bed was uncomfortable.
rooms|The bathroom had mould.
rooms|I could not sleep at all.
rooms|The shower leaked.
rooms|Soft pillows and clean towels.
rooms|Air conditioning did not work.
rooms|The suite had a lovely balcony.
rooms|The mattress sagged in the middle.
rooms|Paper thin walls.
delivery|The parcel never arrived.
delivery|Delivery took two weeks.
delivery|It was shipped to the wrong address.
delivery|The courier left it in the rain.
delivery|Delivered the next day, perfect.
delivery|Tracking said it was on its way for days.
delivery|Dispatch was quick.
delivery|They left my package with a neighbour.
app|The app keeps crashing.
app|Your apps are easy to use.
app|It does not run on my iPhone.
app|Too many push notifications.
food staff|The food was great but the service was awful.
food staff price|Tasty food, friendly staff and fair prices.
rooms price|Lovely rooms, though rather pricey.
delivery app|You can follow the delivery in the app.
|We will be back.
|Nothing to complain of.
|It rained all weekend.
|Our neighbours go there too.
"""


def known(language, keys=KEYS):
    return tuple(Known("use", key, default_stems(key, {}, language)) for key in keys)


def labels(text, language="nl", keys=KEYS, **given):
    return {
        one.touchpoint: one.label.value
        for one in mentions(text, language, known(language, keys), **given)
    }


@pytest.mark.parametrize(("language", "lines"), [("nl", DUTCH), ("en", ENGLISH)])
def test_touchpoints_are_found_in_sentences_nobody_made_the_stems_for(language, lines):
    cases = [line.split("|") for line in lines.strip().splitlines()]
    right = wrong = missed = 0
    for meant, text in cases:
        found = {one.touchpoint for one in mentions(text, language, known(language))}
        right += len(found & set(meant.split()))
        wrong += len(found - set(meant.split()))
        missed += len(set(meant.split()) - found)

    assert len(cases) == 60
    assert 2 * right / (2 * right + wrong + missed) >= 0.8


def test_each_touchpoint_has_what_is_said_of_it_and_not_of_the_other():
    said = "Het eten was slecht, maar het personeel was geweldig."

    assert labels(said) == {"food": "negative", "staff": "positive"}
    assert list(labels(said)) == ["food", "staff"]


def test_touchpoints_in_a_list_share_the_opinion_after_it():
    found = labels("The food, the room and the staff were terrible.", "en")

    assert found == {"food": "negative", "rooms": "negative", "staff": "negative"}


def test_and_parts_two_touchpoints_that_each_have_an_opinion():
    found = labels("The staff was wonderful and the food was disgusting.", "en")

    assert found == {"staff": "positive", "food": "negative"}


def test_a_touchpoint_named_twice_is_averaged_and_stands_once():
    good = "The room was great and comfortable."
    bad = "The bed was terrible."
    one, other = (mentions(text, "en", known("en"))[0].polarity for text in (good, bad))

    (both,) = mentions(f"{good} {bad}", "en", known("en"))

    assert both.polarity == pytest.approx((one + other) / 2, abs=1e-3)
    assert (both.label, both.words, both.start) == (SentimentLabel.MIXED, "room", 4)


def test_the_longest_stem_wins_and_a_word_belongs_to_one_touchpoint_of_a_stage():
    some = (
        Known("buy", "delivery", ("lever",)),
        Known("buy", "delivery_time", ("levertijd",)),
        Known("use", "service", ("lever",)),
    )

    found = mentions("De levertijd was prima", "nl", some)

    assert {(one.stage, one.touchpoint) for one in found} == {
        ("buy", "delivery_time"),
        ("use", "service"),
    }


@pytest.mark.parametrize(
    ("stem", "said", "is_found"),
    [
        ("factu", "De facturen klopten", True),
        ("factuur", "De eindfactuur klopte", False),
        ("-factuur", "De eindfactuur klopte", True),
        ("app.", "Het appartement was schoon", False),
        ("app.", "De App!", True),
        ("waar voor je geld", "Dat is waar voor je geldje", True),
        ("waar voor je geld", "Waar blijft mijn geld", False),
        ("menu", "Het menù was goed", True),
    ],
)
def test_a_stem_finds_what_it_says(stem, said, is_found):
    assert bool(mentions(said, "nl", [Known("use", "it", (stem,))])) is is_found


def test_nobody_reads_italian_but_its_words_are_found():
    (found,) = mentions("Il cibo era ottimo", "it", [Known("use", "food", ("cibo",))])

    assert (found.polarity, found.label, found.words) == (None, SentimentLabel.UNREAD, "cibo")


def test_french_words_are_found_after_what_is_elided():
    assert list(labels("L'accueil était parfait", "fr")) == ["staff"]


@pytest.mark.parametrize("text", ["", "   ", "\x00", "!!!", "<b></b>", "😀", "12 34"])
def test_nothing_is_named_where_nothing_is_said(text):
    assert mentions(text, "nl", known("nl")) == []


def test_a_comment_without_end_takes_no_longer_than_a_long_one():
    begun = time.perf_counter()

    found = mentions("de app goed, het eten slecht en " * 4_000, "nl", known("nl"))

    assert [one.touchpoint for one in found] == ["app", "food"]
    assert time.perf_counter() - begun < 10


def test_what_comes_after_ten_thousand_characters_is_left():
    assert mentions("a " * 5_000 + "eten", "nl", known("nl")) == []
