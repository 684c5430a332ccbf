import json
from datetime import timedelta

import pytest

from actions import importing
from actions.importing import (
    RefusedRowsError,
    UnknownImportError,
    check_file,
    clear_import,
    import_file,
    undo_import,
)
from actions.projection import project_anonymous, project_finished
from extensions import db
from jobs.kinds import JobKind
from models import Answer, Import, Job, Journey, Response, Stage, Survey, Touchpoint
from questionnaires.interchange.toml import MappingError
from questionnaires.interchange.wide import FileFaultError
from tests.factories import NOON, make_journey
from tests.facts.rows import rows_of
from tests.importing import SHOP, row, shop, take_in, without_id, write
from vocabulary import Identity


def n_responses():
    return db.session.query(Response).count()


def counts(run):
    return run.n_rows, run.n_imported, run.n_known, run.n_refused


def test_a_file_becomes_responses_with_their_answers(app, tmp_path):
    run = take_in(write(tmp_path, row(1, why="Prima", till=9), row(2, region="noord")))

    assert counts(run) == (2, 2, 0, 0)
    assert (run.source, run.file_name, run.finished_at) == ("Till survey", "shop.csv", NOON)
    first, second = sorted(db.session.query(Response), key=lambda found: len(found.attributes))
    assert second.attributes == {"region": "noord"}
    of_first = db.session.query(Answer).filter_by(response_id=first.id)
    said = {answer.question: answer for answer in of_first}
    assert (said["buy_overall"].point, said["why"].text) == (4, "Prima")
    assert said["buy_till"].is_not_applicable
    assert first.import_id == run.id
    assert first.is_finished


def test_journey_stages_and_touchpoints_are_made_where_they_do_not_exist(app, tmp_path):
    take_in(write(tmp_path, row(1)))
    assert db.session.query(Journey.key).all() == [("shop",)]
    assert db.session.query(Stage.key, Stage.position).all() == [("buy", 0)]
    assert {key for (key,) in db.session.query(Touchpoint.key)} == {"till", "staff"}
    survey = db.session.query(Survey).one()
    assert (survey.key, survey.source, survey.opened_at) == ("till", "Till survey", None)


def test_a_journey_can_come_from_a_template(app, tmp_path):
    stage = {"key": "awareness", "overall": {"column": "all"}, "touchpoints": []}
    journey = {"key": "ours", "template": "cycle", "market": "b2c"}
    questions = [SHOP["questions"][1]]
    take_in(write(tmp_path, row(1)), shop(journey=journey, stages=[stage], questions=questions))
    assert db.session.query(Stage).count() == 5


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"journey": {"key": "new"}}, "journey.market: needed, for there is no journey “new” yet"),
        (
            {"journey": {"key": "new", "market": "b2c"}},
            "journey.name: needed, for there is no journey “new” yet",
        ),
        (
            {"journey": {"key": "new", "market": "b2c", "template": "nonsense"}},
            "journey.template: there is none named 'nonsense (b2c)'",
        ),
        (
            {"stages": [SHOP["stages"][0] | {"name": {}}]},
            "stages[buy].name: needed, for the journey lacks it",
        ),
    ],
)
def test_a_mapping_that_leaves_out_what_is_needed_imports_nothing(app, tmp_path, changes, problem):
    with pytest.raises(MappingError) as caught:
        take_in(write(tmp_path, row(1)), shop(**changes))
    db.session.rollback()
    assert caught.value.problems == [problem]
    assert db.session.query(Import).count() == n_responses() == 0


def test_the_survey_of_somebody_else_is_left_alone(app, tmp_path):
    path = write(tmp_path, row(1))
    take_in(path)
    with pytest.raises(MappingError, match="“till” is the key of another survey"):
        take_in(path, shop(source="Another source"))


def test_the_same_file_twice_changes_nothing(app, tmp_path):
    path = write(tmp_path, row(1), row(2))
    take_in(path)
    assert counts(take_in(path)) == (2, 0, 2, 0)
    assert n_responses() == 2


def test_a_longer_file_brings_what_is_new(app, tmp_path):
    take_in(write(tmp_path, row(1), row(2)))
    assert counts(take_in(write(tmp_path, row(2), row(3), row(1)))) == (3, 1, 2, 0)


def test_equal_rows_without_an_id_are_different_people_but_come_in_once(app, tmp_path):
    path = write(tmp_path, row(1), row(1), row(1))
    assert counts(take_in(path, without_id())) == (3, 3, 0, 0)
    assert counts(take_in(path, without_id())) == (3, 0, 3, 0)


def test_bad_rows_stay_out_and_are_told_while_the_others_go_in(app, tmp_path):
    told = []
    path = write(tmp_path, row(1), row(2, till=7), row(3, date="soon", who="me"), row(4))
    run = take_in(path, on_refusal=told.append)
    assert counts(run) == (4, 2, 0, 2)
    assert [(refusal.line, refusal.column, refusal.value) for refusal in told] == [
        (3, "till", "7"), (4, "who", "me"), (4, "date", "soon"),
    ]  # fmt: skip


def test_a_strict_import_takes_all_rows_or_none(app, tmp_path):
    told = []
    path = write(tmp_path, row(1), row(2, till=7))
    with pytest.raises(RefusedRowsError) as caught:
        take_in(path, is_strict=True, on_refusal=told.append)
    assert (caught.value.n_refused, len(told), n_responses()) == (1, 1, 0)
    assert db.session.query(Import).count() == 0
    assert counts(take_in(write(tmp_path, row(1)), is_strict=True)) == (1, 1, 0, 0)


def test_a_fault_late_in_the_file_imports_nothing(app, tmp_path):
    path = write(tmp_path, *map(row, range(1_500)), "1,2,3")
    with pytest.raises(FileFaultError, match="line 1502: this row has 3 cells"):
        take_in(path)
    assert n_responses() == 0


def test_a_file_over_the_set_limit_is_refused(app, tmp_path):
    app.config["IMPORT_LIMIT"] = 20
    with pytest.raises(FileFaultError, match="at most 0 MB are read"):
        check_file(write(tmp_path, row(1)), shop())


def test_after_a_crash_the_same_command_finishes_the_import(app, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 10)
    checked = check_file(write(tmp_path, *map(row, range(35))), shop())

    def stop(_n_rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_file(checked, now=NOON, report=stop)
    db.session.rollback()
    half = db.session.query(Import).one()
    assert (n_responses(), half.finished_at) == (10, None)

    run = import_file(checked, now=NOON + timedelta(hours=1))

    assert counts(run) == (35, 35, 0, 0)
    assert (db.session.query(Import).count(), n_responses()) == (1, 35)
    assert run.finished_at == NOON + timedelta(hours=1)


def test_imported_answers_reach_the_facts_with_the_survey_as_source(app, tmp_path):
    take_in(write(tmp_path, row(1, weight="2", till=9, staff="", why="Goed geholpen")))
    assert db.session.query(Job).filter_by(kind=JobKind.PROJECT_RESPONSES).count() == 1
    project_finished(NOON)
    facts = {fact["question"]: fact for fact in rows_of(app.config["HOME"])}
    assert {key: fact["state"] for key, fact in facts.items()} == {
        "buy_overall": "answered",
        "buy_till": "not_met",
        "buy_staff": "skipped",
        "why": "answered",
        "recommend": "answered",
    }
    overall = facts["buy_overall"]
    assert (overall["score"], overall["is_overall"], overall["weight"]) == (75, True, 2)
    assert (overall["source"], overall["stage"], overall["month"]) == (
        "Till survey", "buy", "2026-10",
    )  # fmt: skip


def test_an_undone_import_leaves_neither_responses_nor_facts(app, tmp_path):
    kept = take_in(write(tmp_path, row(1)))
    undone = take_in(write(tmp_path, row(2), row(3)))
    project_finished(NOON)
    assert len({fact["response"] for fact in rows_of(app.config["HOME"])}) == 3

    undo_import(undone.id, NOON)
    (job,) = db.session.query(Job).filter_by(kind=JobKind.CLEAR_IMPORT)
    assert clear_import(job.payload["import"], NOON) == 2
    project_finished(NOON)

    assert {response.import_id for response in db.session.query(Response)} == {kept.id}
    assert len({fact["response"] for fact in rows_of(app.config["HOME"])}) == 1
    assert db.session.query(Answer).count() == 4
    assert undo_import(undone.id, NOON + timedelta(days=1)).undone_at == NOON


def test_only_an_undone_import_is_cleared(app, tmp_path):
    run = take_in(write(tmp_path, row(1)))
    assert clear_import(run.id, NOON) == 0
    assert n_responses() == 1


def test_an_undone_import_can_be_imported_again_before_its_job_ran(app, tmp_path):
    path = write(tmp_path, row(1), row(2))
    undo_import(take_in(path).id, NOON)
    assert counts(take_in(path)) == (2, 2, 0, 0)
    assert n_responses() == 2


def test_an_import_that_is_not_there_cannot_be_undone(app):
    with pytest.raises(UnknownImportError):
        undo_import(7, NOON)


def test_an_anonymous_survey_keeps_days_only_and_waits_for_no_job(app, tmp_path):
    respondent = {key: given for key, given in SHOP["respondent"].items() if key != "id"}
    survey = SHOP["survey"] | {"identity": "anonymous"}
    take_in(write(tmp_path, row(1)), shop(respondent=respondent, survey=survey))
    response = db.session.query(Response).one()
    there = response.answered_at.astimezone(app.config["TIME_ZONE"])
    assert (there.hour, there.minute, response.started_at) == (0, 0, response.answered_at)
    assert db.session.query(Job).count() == 0
    assert db.session.query(Survey).one().identity is Identity.ANONYMOUS
    project_anonymous(NOON, seed=1)
    assert len(rows_of(app.config["HOME"])) == 5


def test_answers_of_an_existing_journey_take_its_market_and_names(app, tmp_path):
    make_journey(key="shop", market="b2b")
    take_in(write(tmp_path, row(1)))
    assert db.session.query(Response).one().market == "b2b"


def test_what_people_wrote_is_kept_as_they_wrote_it(app, tmp_path):
    words = "\u200f\u0645\u0631\u062d\u0628\u0627 \U0001f600 <script>alert(1)</script> =1+1"
    take_in(write(tmp_path, row(1, why=json.dumps(words, ensure_ascii=False))))
    assert db.session.query(Answer).filter_by(question="why").one().text == words
