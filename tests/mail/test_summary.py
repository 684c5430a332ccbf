"""The monthly summary as a mail."""

import re
from email import message_from_bytes
from email.policy import default

import pytest
from flask_babel import force_locale

from mail import summary_words
from mail.letter import Reader
from mail.summary import Copy, Sheet, compose, render
from mail.wire import as_bytes
from tests.factories import NOON
from tests.summaries import PNG, content, found

LINK = "https://reis.devries.example/unsubscribe/MQ.abc"
JOURNEY = "https://reis.devries.example/journeys/home/"
BOARD = f"{JOURNEY}?from=2026-10&to=2026-10"
EVIDENCE = [f"{JOURNEY}{page}" for page in ("3", "gap", "reading", "accounts", "4")]


def sheet(**given):
    values = {"host": "De Vries", "contact": "cx@devries.example", "is_invented": False}
    values |= {"content": content(), "as_of": NOON, "board": BOARD} | given
    told = values["content"].get("further", [])
    return Sheet(**{"evidence": EVIDENCE[: len(told)]} | values)


def copy(language="en", name="Els", **given):
    pictures = {"strips": PNG, "worst": PNG}
    reader = Reader(name, "els@devries.example", language)
    return Copy(**{"reader": reader, "pictures": pictures, "unsubscribe": LINK} | given)


def sent(*, of=None, to=None):
    message = compose(of or sheet(), to or copy(), "<abc@devries.example>", "cx@o.example", NOON)
    return message_from_bytes(as_bytes(message), policy=default)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_reads_as_text_and_as_html_in_each_language(app, snapshot, language):
    sources = {"strips": "cid:strips", "worst": "cid:worst"}

    rendered = render(sheet(), copy(language), sources)

    assert rendered.subject == snapshot(name=f"subject {language}")
    assert rendered.text == snapshot(name=f"text {language}")
    assert rendered.html == snapshot(name=f"html {language}")


def test_the_message_has_all_a_mail_program_asks_for(app):
    mail = sent()

    assert mail["Subject"] == "October: Retention fell 6.1 points to 61; no other change is proven"
    assert mail["From"] == "De Vries <cx@o.example>"
    assert mail["To"] == "Els <els@devries.example>"
    assert mail["Message-ID"] == "<abc@devries.example>"
    assert mail["Date"] == "Mon, 02 Nov 2026 12:00:00 +0000"
    assert mail["List-Unsubscribe"] == f"<{LINK}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"


def test_every_picture_comes_along_and_is_told_in_words(app):
    mail = sent()
    html = mail.get_body(("html",)).get_content()
    attached = {
        part["Content-ID"].strip("<>"): part.get_content()
        for part in mail.walk()
        if part.get_content_type() == "image/png"
    }
    shown = re.findall(r'<img[^>]+src="cid:([^"]+)"[^>]*>', html)

    assert sorted(shown) == sorted(attached)
    assert list(attached.values()) == [PNG, PNG]
    assert all(re.search(r'alt="[^"]{20,}"', tag) for tag in re.findall(r"<img[^>]+>", html))
    assert "Retention from 68 to 61" in html


def test_nothing_in_it_comes_from_elsewhere(app):
    html = render(sheet(), copy(), {}).html

    links = re.findall(r'(?:href|src)="([^"]+)"', html)
    assert sorted(set(links)) == sorted([BOARD.replace("&", "&amp;"), LINK, *EVIDENCE])
    assert "<script" not in html
    assert "url(" not in html


def test_what_people_wrote_is_text_and_never_markup(app):
    html = render(sheet(), copy(), {}).html

    assert "Drie keer gebeld &amp; &lt;b&gt;niets&lt;/b&gt; gehoord" in html


def test_the_text_tells_all_the_html_does(app):
    rendered = render(sheet(), copy(), {})

    for said in (
        "between 58 and 65 · 540 answers",
        "fell 6.1 points",
        "The invoice (Retention)",
        "−3.2",
        "between −4.1 and −2.3",
        "The first call (Retention)",
        "not sure that it costs anything",
        "Nobody told me what I pay for",
        "12 answers over September 2026 came in after the last summary",
        "Fewer than five answers over August 2026",
        "too few answers",
        "640 answers of 598 people in October 2026.",
    ):
        assert said in rendered.text
        assert said in rendered.html


def test_an_arrow_stands_only_where_a_change_is_proven(app):
    html = render(sheet(), copy(), {}).html

    assert (html.count("▼"), html.count("▲")) == (1, 0)


def test_an_invented_company_says_so_and_a_test_too(app):
    rendered = render(sheet(is_invented=True), copy(is_test=True), {})

    for text in (rendered.text, rendered.html):
        assert "De Vries is an invented company" in text
        assert "This is a test mail to yourself" in text
    assert rendered.subject.startswith("[Test] October:")


def test_who_was_put_on_the_list_reads_by_whom(app):
    assert "because you subscribed to" in render(sheet(), copy(), {}).text
    others = render(sheet(), copy(is_own_wish=False), {}).text
    assert "because a colleague at De Vries put you on the list" in others


@pytest.mark.parametrize(
    "name", ["Els\r\nBcc: all@example.org", "Els\u2028Bcc: x", "\x00\u202eslE", "=?utf-8?q?x?="]
)
def test_no_name_becomes_a_header(app, name):
    names = content()["names"] | {
        "stages": {key: {"en": name} for key in content()["names"]["stages"]}
    }
    mail = sent(of=sheet(host=name, content=content(names=names)), to=copy(name=name))

    assert mail["Bcc"] is None
    assert [one.addr_spec for one in mail["To"].addresses] == ["els@devries.example"]
    assert [one.addr_spec for one in mail["From"].addresses] == ["cx@o.example"]
    assert "\n" not in mail["Subject"]


@pytest.mark.parametrize(
    ("given", "subject"),
    [
        ({"is_empty": True, "findings": [found("no_answers")]}, "October: no answers came in"),
        (
            {"n": None, "findings": [found("no_answers")]},
            "October: too few answers to show a score",
        ),
        (
            {
                "findings": [
                    found("weakest_stage", stage="use", score=61.4, n=540),
                    found("nothing_changed", stage="use", smallest=7.25),
                ]
            },
            "October: The invoice costs Retention 3.2 points; no change is proven",
        ),
        (
            {
                "worst": [],
                "findings": [
                    found("weakest_stage", stage="use", score=61.4, n=540),
                    found("not_comparable"),
                ],
            },
            "October: Retention is the weakest stage, 61",
        ),
        (
            {
                "is_clear": False,
                "worst": [],
                "findings": [
                    found("weakest_stage", stage="use", score=61.4, n=540),
                    found("nothing_changed", stage="use", smallest=7.25),
                ],
            },
            "October: Retention scores lowest, 61; no change is proven",
        ),
        (
            {
                "findings": [
                    found("weakest_stage", stage="use", score=61.4, n=540),
                    found("fell", stage="use", touchpoint="call", score=50, change=-9.5),
                    found("rose", stage="decide", score=74.2, change=4),
                ]
            },
            "October: The first call (Retention) fell 9.5 points to 50; 1 other change",
        ),
    ],
)
def test_the_subject_is_the_finding(app, given, subject):
    with force_locale("en"):
        assert summary_words.subject(content(**given)) == subject


def test_nothing_changed_comes_with_what_could_have_been_seen(app):
    told = [found("weakest_stage"), found("nothing_changed", stage="use", smallest=7.25)]
    with force_locale("en"):
        (sentence,) = summary_words.comparison(content(findings=told))

    assert sentence.startswith(
        "No change since September is proven. At best, looked at alone, a change of 7.2 points in"
    )


def test_many_changes_are_not_all_told(app):
    fell = found("fell", stage="use", score=50, change=-9.5, low=-12, high=-7, n=90)
    with force_locale("en"):
        told = summary_words.comparison(content(findings=[found("weakest_stage"), *[fell] * 9]))

    assert told[1] == "Retention fell 9.5 points to 50 (between −12.0 and −7.0; 90 answers)."
    assert (len(told), told[-1]) == (6, "And 5 more.")


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        ([None, "too_few_low_ratings"], "No touchpoint surely costs points."),
        (["no_variation"], "No touchpoint surely costs points."),
        (
            [None, "too_few_answers"],
            "No touchpoint surely costs points; of some stages too few answers are there to say.",
        ),
        (
            ["too_few_answers", "too_few_accounts"],
            "There are too few answers yet to say what any touchpoint costs.",
        ),
        ([], "There are too few answers yet to say what any touchpoint costs."),
    ],
)
def test_nothing_that_hurts_is_told_with_its_reason(app, reasons, said):
    pain = {f"s{n}": {"reason": reason, "needed": None} for n, reason in enumerate(reasons)}

    rendered = render(sheet(content=content(worst=[], pain=pain)), copy(), {})

    assert said in rendered.text
    assert said in rendered.html


def test_what_people_brought_up_unasked_is_told_in_both_parts(app):
    row = {"stage": "use", "touchpoint": "invoice", "persons": 12, "n": 14, "negative": 0.5}
    row |= {"low": 0.27, "high": 0.73}
    told = content(brought_up=[row | {"asked": False}, row | {"asked": True}])
    stage = next(iter(told["names"]["touchpoints"]))
    touchpoint = next(iter(told["names"]["touchpoints"][stage]))
    for one in told["brought_up"]:
        one |= {"stage": stage, "touchpoint": touchpoint}

    parts = render(sheet(content=told), copy(), {})

    for part in (parts.text, parts.html):
        words = " ".join(part.split())
        assert "In a year 12 people brought up “" in words
        assert "”, which no survey asks about." in words
        assert "in a year, 50% is blame (between 27% and 73%)." in words
