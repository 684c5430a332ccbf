"""`flask link`: signed links on the command line."""

import csv

import pytest

from actions.link import Invitation, LinkError, make_link, read_link
from tests.factories import make_survey
from tests.questions import FOUR_PAGES
from vocabulary import Audience, Identity


@pytest.fixture
def survey(app):
    return make_survey(FOUR_PAGES, key="use")


def said(link: str) -> Invitation:
    address, _, signed = link.strip().partition("?p=")
    assert address == "http://127.0.0.1:8000/s/use"
    return read_link("use", signed)


@pytest.mark.usefixtures("survey")
def test_a_link_says_what_was_asked_for(runner):
    options = ["--audience", "customer", "--account", "A1", "--person", "P1"]
    result = runner.invoke(args=["link", "make", "use", *options, "--attribute", "region=noord"])

    assert result.exit_code == 0
    assert said(result.output) == Invitation(
        audience=Audience.CUSTOMER, account="A1", person="P1", attributes={"region": "noord"}
    )


def test_a_link_that_says_nothing_is_the_survey_s_own(survey):
    assert make_link(survey) == "http://127.0.0.1:8000/s/use"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["nothing"], "There is no survey “nothing”."),
        (["use", "--attribute", "region"], "“region” is not NAME=VALUE."),
        (["use", "--attribute", "De Regio=noord"], "attributes.De Regio"),
        (["use", "--person", "x" * 129], "person: String should have at most 128 characters"),
        (["use", "--audience", "people"], "'people' is not one of"),
        (["use", "--language", "Dutch"], "language: String should match"),
    ],
)
@pytest.mark.usefixtures("survey")
def test_what_cannot_be_said_is_refused_in_a_line(runner, arguments, complaint):
    result = runner.invoke(args=["link", "make", *arguments])

    assert result.exit_code != 0
    assert complaint in result.output


@pytest.mark.parametrize("option", ["--person", "--account"])
def test_a_link_to_an_anonymous_survey_says_of_no_one_who_it_is(app, runner, option):
    make_survey(FOUR_PAGES, key="use", identity=Identity.ANONYMOUS)
    result = runner.invoke(args=["link", "make", "use", option, "P1"])

    assert result.exit_code == 1
    assert "leave person and account out of its links" in result.output

    result = runner.invoke(args=["link", "make", "use", "--attribute", "region=noord"])
    assert said(result.output) == Invitation(attributes={"region": "noord"})


def test_a_file_of_people_is_refused_for_an_anonymous_survey(app, runner, tmp_path):
    make_survey(FOUR_PAGES, key="use", identity=Identity.ANONYMOUS)
    (tmp_path / "in.csv").write_text("person,region\n,noord\nP2,zuid\n", encoding="utf-8")
    result = runner.invoke(args=["link", "make-many", str(tmp_path / "in.csv"), "--survey", "use"])

    assert result.exit_code == 1
    assert "in.csv, row 3: This survey is anonymous" in result.output


def test_a_person_s_name_may_hold_any_letters(survey):
    assert said(make_link(survey, person="Ünal & Zn. 🚲")).person == "Ünal & Zn. 🚲"


def test_a_link_of_another_site_is_refused(app, survey):
    signed = make_link(survey, person="P1").partition("?p=")[2]
    app.config["SECRET_KEY"] = "another"

    with pytest.raises(LinkError):
        read_link("use", signed)


@pytest.mark.usefixtures("survey")
def test_a_file_of_people_gets_a_link_each(runner, tmp_path):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("person,audience,region\nP1,customer,noord\nP2,,\n", encoding="utf-8")
    result = runner.invoke(
        args=["link", "make-many", str(source), "--survey", "use", "--out", str(target)]
    )

    assert result.output == f"Wrote 2 links to {target}.\n"
    rows = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert [row["person"] for row in rows] == ["P1", "P2"]
    assert said(rows[0]["link"]) == Invitation(
        person="P1", audience=Audience.CUSTOMER, attributes={"region": "noord"}
    )
    assert said(rows[1]["link"]) == Invitation(person="P2")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"person\n\xff\xfe\n", "is no CSV file in UTF-8"),
        (b"person\nP1,P2\n", "row 2: it has more cells than the first row."),
        (b"person,audience\nP1,people\n", "row 2: audience"),
        (b"survey,person\nnothing,P1\n", "row 2: There is no survey “nothing”."),
    ],
)
@pytest.mark.usefixtures("survey")
def test_a_file_that_cannot_be_used_is_refused_with_its_line(runner, tmp_path, content, complaint):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes(content)
    arguments = ["link", "make-many", str(source), "--survey", "use", "--out", str(target)]
    result = runner.invoke(args=arguments)

    assert result.exit_code == 1
    assert complaint in result.output
    assert not target.exists()
