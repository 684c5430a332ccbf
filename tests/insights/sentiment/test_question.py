import pytest

from insights.sentiment.question import QuestionKind, question_kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What could we do better?", "improve"),
        ("What should we do differently?", "improve"),
        ("Wat kan er beter?", "improve"),
        ("Wat ging er minder goed?", "improve"),
        ("Wat vond u niet goed?", "improve"),
        ("Wat zouden wij anders moeten doen?", "improve"),
        ("Was können wir besser machen?", "improve"),
        ("Was hat Sie gestört?", "improve"),
        ("Que pouvons-nous améliorer ?", "improve"),
        ("What was good?", "good"),
        ("What did you like?", "good"),
        ("Wat beviel u?", "good"),
        ("Was hat Ihnen gefallen?", "good"),
        ("Qu'est-ce qui vous a plu ?", "good"),
        ("Why?", "why"),
        ("Waarom geeft u dit cijfer?", "why"),
        ("Warum diese Note?", "why"),
        ("Pourquoi cette note ?", "why"),
        ("Heeft u nog opmerkingen?", "open"),
        ("Wilt u nog iets anders kwijt?", "open"),
        ("How was your visit?", "open"),
        ("", "open"),
        ("\0\ud800", "open"),
    ],
)
def test_the_words_of_a_question_say_its_kind(question, kind):
    assert question_kind(question) == kind


@pytest.mark.parametrize(
    "question",
    [
        *("What did you not like?", "What didn't you like?", "What did you like least?"),
        *("Wat beviel u niet?", "Was hat Ihnen nicht gefallen?"),
        "Qu'est-ce qui ne vous a pas plu ?",
    ],
)
def test_what_was_not_liked_is_what_could_be_better(question):
    assert question_kind(question) is QuestionKind.IMPROVE


@pytest.mark.parametrize(
    "question",
    [
        *("What was good, and what could be better?", "Wat was goed en wat kan beter?"),
        *("What did you like, and what not?", "Was war gut und was schlecht?"),
        "Wat ging goed en wat minder goed?",
    ],
)
def test_a_question_for_both_is_open(question):
    assert question_kind(question) is QuestionKind.OPEN


def test_why_goes_after_what_is_asked_for():
    assert question_kind("What was good, and why?") is QuestionKind.GOOD
