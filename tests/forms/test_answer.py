"""What respondents may send, and why something is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from forms.answer import AnswerForm, answer_fields
from questionnaires.logic import NONE_MET
from questionnaires.value import COMMENT_LIMIT, NOT_APPLICABLE, Option
from tests.questions import MET, NPS, OVERALL, RATINGS, REMARKS, question, texts
from vocabulary import Kind

RATING = RATINGS[0]
SINGLE = question("one", Kind.SINGLE, options=MET.options[:2], may_not_apply=True)
MULTIPLE = question("several", Kind.MULTIPLE, options=MET.options[:2], may_not_apply=True)


@pytest.fixture(autouse=True)
def _request(app):
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield


def sent(questions, *pairs):
    """The form as it came in, validated."""
    form = AnswerForm(questions, answer_fields(questions, "en"))
    form.process(MultiDict(pairs))
    form.validate()
    return form


@pytest.mark.parametrize(
    ("asked", "pairs", "answer"),
    [
        (OVERALL, [("overall", "4")], 4),
        (NPS, [("nps", "0")], 0),
        (NPS, [("nps", "10")], 10),
        (RATING, [(RATING.key, NOT_APPLICABLE)], NOT_APPLICABLE),
        (SINGLE, [("one", "helpdesk")], "helpdesk"),
        (SINGLE, [("one", NOT_APPLICABLE)], NOT_APPLICABLE),
        (MULTIPLE, [("several", "helpdesk"), ("several", "invoice")], ["invoice", "helpdesk"]),
        (MULTIPLE, [("several", NOT_APPLICABLE)], NOT_APPLICABLE),
        (MET, [("met", "invoice"), ("met", "invoice")], ["invoice"]),
        (MET, [("met", NONE_MET)], [NONE_MET]),
        (MET, [("met", NONE_MET), ("met", "invoice")], ["invoice"]),
        (REMARKS, [("remarks", "  fine\r\nreally  ")], "fine\nreally"),
        (REMARKS, [("remarks", "a\x00b")], "ab"),
        (
            REMARKS,
            [("remarks", "🚲 שלום <script>alert(1)</script>")],
            "🚲 שלום <script>alert(1)</script>",
        ),
        (REMARKS, [("remarks", NOT_APPLICABLE)], NOT_APPLICABLE),
    ],
)
def test_an_answer_is_read_as_what_it_means(asked, pairs, answer):
    form = sent([asked], *pairs)

    assert form.errors == {}
    assert form.answers() == {asked.key: answer}


@pytest.mark.parametrize("asked", [NPS, RATING, SINGLE, MULTIPLE, MET, REMARKS])
def test_a_question_may_be_passed_over(asked):
    form = sent([asked])

    assert form.errors == {}
    assert form.answers() == {}


def test_a_comment_of_blanks_is_none():
    assert sent([REMARKS], ("remarks", " \r\n\x00 ")).answers() == {}


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (OVERALL, "0"),
        (OVERALL, "6"),
        (OVERALL, "4.5"),
        (OVERALL, "٤"),
        (OVERALL, NOT_APPLICABLE),
        (NPS, "11"),
        (NPS, "x" * 100_000),
        (SINGLE, "nothing_of_the_kind"),
        (MULTIPLE, "\x00"),
        (MET, NOT_APPLICABLE),
    ],
)
def test_what_is_not_on_the_page_is_refused(asked, text):
    form = sent([asked], (asked.key, text))

    assert form.errors == {asked.key: ["Please choose one of the answers shown."]}
    assert form.answers() == {}


def test_a_required_question_must_be_answered():
    wanted = question("why", Kind.COMMENT, is_required=True)

    form = sent([OVERALL, wanted])

    assert form.errors == {
        "overall": ["Please choose an answer."],
        "why": ["Please write a few words here."],
    }
    assert form.mistakes() == {}


def test_a_comment_that_is_too_long_is_refused_and_still_there():
    text = "é" * (COMMENT_LIMIT + 1)

    form = sent([REMARKS], ("remarks", text))

    assert form.errors == {"remarks": ["Please keep it under 4,000 characters."]}
    assert form["remarks"].data == text
    assert form.answers() == {}


def test_a_comment_of_just_the_limit_is_taken():
    assert sent([REMARKS], ("remarks", "é" * COMMENT_LIMIT)).errors == {}


@pytest.mark.parametrize("key", ["data", "errors", "validate", "process", "questions", "meta"])
def test_a_question_may_have_any_key(key):
    form = sent([question(key, Kind.COMMENT)], (key, "fine"))

    assert form.answers() == {key: "fine"}


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        (OVERALL, 4),
        (RATING, NOT_APPLICABLE),
        (SINGLE, "helpdesk"),
        (MULTIPLE, ["invoice", "helpdesk"]),
        (MULTIPLE, NOT_APPLICABLE),
        (MET, [NONE_MET]),
        (REMARKS, "fine"),
    ],
)
def test_what_was_answered_before_is_shown_and_reads_the_same(asked, answer):
    form = AnswerForm([asked], answer_fields([asked], "en"))
    form.fill({asked.key: answer, "another": 3})

    assert form.answers() == {asked.key: answer}


def test_texts_are_in_the_language_asked_for():
    asked = SINGLE.model_copy(update={"options": (Option(key="yes", text=texts("Yes")),)})

    form = AnswerForm([asked], answer_fields([asked], "nl"))
    form.fill({})

    assert form["one"].label.text == "one? (nl)"
    assert next(choice.label for choice in form["one"].iter_choices()) == "Yes (nl)"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["overall", "met", "nps", "remarks", "rating_invoice", "other"]),
            st.text(max_size=20),
        ),
        max_size=8,
    )
)
def test_whatever_is_sent_gives_answers_that_fit_their_questions(pairs):
    answers = sent([OVERALL, MET, NPS, REMARKS, RATING], *pairs).answers()

    for key, answer in answers.items():
        if key == "met":
            assert set(answer) <= {option.key for option in MET.options}
        elif key == "remarks":
            assert "\x00" not in answer
        elif key == "nps":
            assert 0 <= answer <= 10
        else:
            assert answer in {1, 2, 3, 4, 5, NOT_APPLICABLE}


def labels(asked, language="en"):
    form = AnswerForm([asked], answer_fields([asked], language))
    form.process()
    return [(choice.value, choice.label) for choice in form[asked.key].iter_choices()]


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (3, ["Bad", "Neutral", "Good"]),
        (4, ["Very bad", "Bad", "Good", "Very good"]),
        (5, ["Very bad", "Bad", "Neutral", "Good", "Very good"]),
    ],
)
def test_every_face_has_a_word(n, words):
    found = labels(question("face", Kind.SMILEYS, high=n))

    assert found == [(str(point), word) for point, word in enumerate(words, 1)]


def test_yes_stands_before_no_whichever_is_good():
    for is_reversed in (True, False):
        asked = question("solved", Kind.YES_NO, is_reversed=is_reversed)
        assert labels(asked) == [("1", "Yes"), ("0", "No")]
        assert sent([asked], ("solved", "0")).answers() == {"solved": 0}


@pytest.mark.parametrize(
    ("asked", "lowest", "highest"),
    [
        (question("a", Kind.SATISFACTION, high=2), 1, 2),
        (question("a", Kind.AGREEMENT, low=0, high=10), 0, 10),
        (question("a", Kind.STARS, high=10), 1, 10),
        (question("a", Kind.SMILEYS, high=3), 1, 3),
    ],
)
def test_only_the_points_of_a_scale_are_taken_whatever_its_length(asked, lowest, highest):
    for point in (lowest, highest):
        assert sent([asked], ("a", str(point))).answers() == {"a": point}
    for point in (lowest - 1, highest + 1):
        assert "a" in sent([asked], ("a", str(point))).errors
