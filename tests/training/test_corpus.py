from collections import Counter

import pytest

from training import corpus
from training.corpus import LABELS, QUESTIONS, STAGES, CorpusError, read

LANGUAGES = ("nl", "en", "de", "fr")
LARGE = ("nl", "en")


@pytest.mark.parametrize("language", LARGE)
def test_there_are_three_thousand_comments_from_ten_industries(language):
    comments = read(language)

    assert len(comments) >= 3_000
    assert len({comment.industry for comment in comments}) >= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_stage_and_kind_of_question_occurs(language):
    comments = read(language)

    assert len(comments) >= 1_000
    assert {comment.label for comment in comments} == set(LABELS)
    assert {comment.stage for comment in comments} == set(STAGES)
    assert {comment.question for comment in comments} == set(QUESTIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_hardly_a_comment_stands_twice(language):
    texts = Counter(comment.text.casefold() for comment in read(language))

    assert sum(texts.values()) - len(texts) <= 0.01 * sum(texts.values())


def test_no_comment_is_in_two_languages_files():
    """Short ones are the same in some: "Super", "👍"."""
    long = [
        text
        for language in LANGUAGES
        for text in {c.text for c in read(language) if len(c.text) > 30}
    ]

    assert [text for text, n in Counter(long).items() if n > 1] == []


def test_a_line_is_a_comment(tmp_path):
    write(tmp_path, "positive\t0.6\tstaff,none,price\tretention\tgood\t Fijn \n")

    (found,) = read("nl", tmp_path)

    assert found == ("Fijn", "positive", 0.6, ("staff", "price"), "retention", "good", "shop")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("positive\t0.6\tnone\tretention\tgood", "5 fields, not 6"),
        ("fine\t0.6\tnone\tretention\tgood\tFijn", "'fine' is not one of positive"),
        ("positive\t0.6\tnone\tlater\tgood\tFijn", "'later' is not one of awareness"),
        ("positive\t0.6\tnone\tretention\thow\tFijn", "'how' is not one of open"),
        ("positive\tmuch\tnone\tretention\tgood\tFijn", "could not convert"),
        ("positive\t1.6\tnone\tretention\tgood\tFijn", "polarity 1.6 is outside -1..1"),
        ("positive\t-0.6\tnone\tretention\tgood\tFijn", "polarity -0.6 does not go with positive"),
        ("negative\t0\tnone\tretention\tgood\tFijn", "polarity 0.0 does not go with negative"),
        ("neutral\t0\tnone\tretention\tgood\t ", "no text"),
    ],
)
def test_a_line_that_says_what_it_cannot_is_named(tmp_path, line, told):
    write(tmp_path, "neutral\t0\tnone\tretention\topen\tTja\n", f"{line}\n")

    with pytest.raises(CorpusError, match=rf"shop\.tsv:3: .*{told}"):
        read("nl", tmp_path)


def test_a_file_without_its_header_is_refused(tmp_path):
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "shop.tsv").write_text("label\ttext\n")

    with pytest.raises(CorpusError, match=r"shop\.tsv:1: the header"):
        read("nl", tmp_path)


def test_the_report_says_how_many_there_are_and_which_stand_twice(tmp_path, monkeypatch, capsys):
    line = "neutral\t0\tnone\tretention\topen\tTja\n"
    write(tmp_path, line, line)
    monkeypatch.setattr(corpus.sys, "argv", ["corpus", "nl"])
    monkeypatch.setattr(corpus, "read", lambda language: read(language, tmp_path))

    corpus.main()

    told = capsys.readouterr().out.splitlines()
    assert told[0] == "nl shop 2 positive 0 neutral 2 negative 0 mixed 0"
    assert told[1] == "nl 2 comments; 1 stand twice: ['tja']"


def write(folder, *lines):
    """One industry's file."""
    (folder / "nl").mkdir()
    header = "\t".join(corpus.HEADER)
    (folder / "nl" / "shop.tsv").write_text(f"{header}\n{''.join(lines)}", encoding="utf-8")
