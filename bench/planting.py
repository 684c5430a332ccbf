"""Plants surveys of eight questions, one a comment, on one page and on five."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from app import create_app
from bench.respondent import ACTION, answers_to
from extensions import db
from models import Journey, Organisation, Survey, Version
from questionnaires.value import Page, Question, Questionnaire
from vocabulary import Audience, Identity, Kind, Market, Presentation

KINDS = (
    *(Kind.SATISFACTION, Kind.RATING, Kind.RATING, Kind.RATING, Kind.EFFORT, Kind.NPS),
    *(Kind.AGREEMENT, Kind.COMMENT),
)
FIVE_PAGES = ((0,), (1, 2, 3), (4,), (5, 6), (7,))


def main(home: Path) -> None:
    """Plant in a new home, and print the surveys' keys and statements as JSON."""
    app = create_app({"HOME": home, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{home}/outsidein.db"})
    with app.app_context():
        db.create_all()
        keys = _plant(datetime.now(UTC))
    counted = {key: _count_statements(app, key) for key in keys}
    print(json.dumps(counted))


def _plant(now: datetime) -> list[str]:
    """One organisation, one journey, two open surveys."""
    db.session.add(
        Organisation(id=1, name="Bench", language="nl", contact="bench@example.org", created_at=now)
    )
    names = {"nl": "Reis", "en": "Journey"}
    journey = Journey(key="bench", name=names, market=Market.B2C, created_at=now)
    db.session.add(journey)
    db.session.flush()
    content = _questionnaire().model_dump(mode="json")
    keys = []
    for presentation in (Presentation.ONE_PAGE, Presentation.PAGES):
        survey = Survey(
            key=f"bench-{presentation.value}",
            journey_id=journey.id,
            audience=Audience.CUSTOMER,
            identity=Identity.NAMED,
            presentation=presentation,
            draft=content,
            created_at=now,
            opened_at=now,
        )
        db.session.add(survey)
        db.session.flush()
        db.session.add(Version(survey_id=survey.id, number=1, content=content, published_at=now))
        keys.append(survey.key)
    db.session.commit()
    return keys


def _questionnaire() -> Questionnaire:
    """Eight questions on five pages."""
    questions = [
        Question(
            key=f"question_{number}",
            kind=kind,
            text={"nl": f"Vraag {number}: hoe was dat?", "en": f"Question {number}: how was it?"},
            low_end={"nl": "heel slecht", "en": "very bad"} if kind is not Kind.COMMENT else {},
            high_end={"nl": "heel goed", "en": "very good"} if kind is not Kind.COMMENT else {},
            touchpoint=f"touchpoint_{number}" if kind is Kind.RATING else None,
            is_required=number == 0,
            may_not_apply=kind is Kind.RATING,
        )
        for number, kind in enumerate(KINDS)
    ]
    pages = [
        Page(key=f"page_{number}", questions=tuple(questions[i] for i in numbers))
        for number, numbers in enumerate(FIVE_PAGES)
    ]
    return Questionnaire(
        languages=("nl", "en"),
        title={"nl": "Hoe was het?", "en": "How was it?"},
        intro={"nl": "We willen het beter doen.", "en": "We want to do better."},
        thanks={"nl": "We lezen alles.", "en": "We read everything."},
        pages=tuple(pages),
    )


def _count_statements(app: Flask, survey_key: str) -> int:
    """How many statements the database gets for one whole submission, the second of two."""
    statements: list[str] = []
    event.listen(Engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    browser = app.test_client()
    for _ in range(2):
        statements.clear()
        page = browser.get(f"/s/{survey_key}").data
        while form := ACTION.search(page):
            page = browser.post(
                form[1].decode(),
                data=answers_to(page),
                content_type="application/x-www-form-urlencoded",
                follow_redirects=True,
            ).data
        browser.delete_cookie("sitting", path=f"/s/{survey_key}")
    return len(statements)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
