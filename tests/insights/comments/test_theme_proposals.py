from insights.comments.mention_stems import Known
from insights.comments.theme_proposals import propose

FOOD = [Known("use", "food", ("eten", "soep"))]
CHARGING = ["De laadpaal op het terrein was bezet", "Laadpaal alweer bezet", "Bezet, die laadpaal"]
BIKES = ["Geen stalling voor de fiets", "Mijn fiets paste niet in de stalling"]


def test_words_that_stand_together_are_one_theme_with_its_comments_counted():
    comments = [*CHARGING * 3, *BIKES * 3, *["Het eten was koud"] * 9]

    found = propose(comments, "nl", FOOD)

    assert [set(words.split()) for words in found["words"]] == [
        {"laadpaal", "bezet"},
        {"fiets", "stalling"},
    ]
    assert found["n"].tolist() == [9, 6]
    assert found["share"].tolist() == [9 / 24, 6 / 24]
    assert [comments[at] for at in found["example_index"]] == ["Bezet, die laadpaal", BIKES[0]]


def test_what_a_touchpoint_stands_for_is_no_theme():
    assert propose(["De soep en het eten"] * 20, "nl", FOOD).empty


def test_praise_and_words_that_say_nothing_are_no_theme():
    assert propose(["Het was heel goed", "Dit vond ik slecht"] * 20, "nl", []).empty
    assert propose(["Dat doet hij meteen", "Hij deed het meteen"] * 20, "nl", []).empty


def test_four_comments_are_too_few():
    assert propose(["De laadpaal"] * 4, "nl", []).empty
    assert propose(["De laadpaal"] * 5, "nl", [])["theme"].tolist() == ["laadpaal"]


def test_no_comments_have_no_themes_but_the_columns():
    found = propose([], "nl", FOOD)

    assert list(found) == ["theme", "words", "n", "share", "example_index"]
    assert found.empty


def test_no_more_themes_than_asked_for():
    comments = [f"{word} {word}" for word in ("kast", "deur", "trap", "dak", "tuin")] * 5

    assert propose(comments, "nl", [], most=2)["theme"].tolist() == ["dak", "deur"]


def test_a_language_that_nobody_reads_has_themes_too():
    assert propose(["parcheggio"] * 6, "it", [])["theme"].tolist() == ["parcheggio"]
