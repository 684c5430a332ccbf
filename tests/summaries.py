"""A composed summary, who gets it, and its mail, for tests."""

from copy import deepcopy

from extensions import db
from insights.findings.findings import Finding, Subject
from models import Journey, Picture, Stage, Subscription, Summary, Touchpoint
from tests.factories import NOON, make_journey
from vocabulary import LANGUAGES, Channel, Media, Team

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "000000000400015ed4a1dc0000000049454e44ae426082"
)


def texts(dutch, english):
    return {"nl": dutch, "en": english}


def stage(key, numbers, n, *, change=None, is_few=False):
    score, low, high = numbers
    return {
        "stage": key,
        "score": score,
        "low": low,
        "high": high,
        "n": n,
        "persons": n,
        "is_few": is_few,
        "change": change,
        "change_low": None if change is None else change - 3,
        "change_high": None if change is None else change + 3,
    }


def hurting(stage, touchpoint, numbers, n, tie=1):
    pain, low, high = numbers
    row = {"stage": stage, "touchpoint": touchpoint, "pain": pain, "n": n, "tie": tie}
    return row | {"pain_low": low, "pain_high": high, "is_tied": False, "is_sure": low > 0}


def found(subject, **given):
    names = ("stage", "touchpoint", "score", "change", "low", "high", "n", "smallest")
    return dict.fromkeys(names) | {"subject": subject} | given


def further(subject, **given):
    """A finding with all that it may hold, as it is kept."""
    return Finding(Subject(subject), **given).plain()


CONTENT = {
    "month": "2026-10",
    "before": "2026-09",
    "year_from": "2025-11",
    "n": 640,
    "persons": 598,
    "is_empty": False,
    "is_clear": True,
    "stages": [
        stage("decide", (74.2, 71.1, 77.3), 96),
        stage("use", (61.4, 58.2, 64.6), 540, change=-6.1),
        stage("advocate", (None, None, None), None),
    ],
    "findings": [
        found("weakest_stage", stage="use", score=61.4, n=540),
        found("fell", stage="use", score=61.4, change=-6.1, low=-9.1, high=-3.1, n=540),
    ],
    "worst": [
        hurting("use", "invoice", (3.2, 2.3, 4.1), 312),
        hurting("use", "call", (2.1, 1.0, 3.2), 201, tie=2),
        hurting("decide", "price", (0.9, 0.0, 1.8), 77),
    ],
    "pain": {},
    "trend": {
        "decide": [{"month": "2026-10", "score": 74.2, "low": 71.1, "high": 77.3}],
        "use": [
            {"month": "2026-09", "score": 67.5, "low": 64.0, "high": 71.0},
            {"month": "2026-10", "score": 61.4, "low": 58.2, "high": 64.6},
        ],
    },
    "names": {
        "journey": texts("Klantreis thuis", "Household journey"),
        "stages": {
            "decide": texts("Beslissing", "Decision"),
            "use": texts("Behoud", "Retention"),
            "advocate": texts("Aanbeveling", "Advocacy"),
        },
        "touchpoints": {
            "use": {
                "invoice": texts("De factuur", "The invoice"),
                "call": texts("Het eerste gesprek", "The first call"),
            },
            "decide": {"price": texts("De prijs", "The price")},
            "advocate": {},
        },
    },
    "quotes": [
        {
            "text": "Drie keer gebeld & <b>niets</b> gehoord",
            "language": "nl",
            "audience": "customer",
            "stage": "use",
            "touchpoint": "invoice",
            "response": "r1",
            "question": "why",
        },
        {
            "text": "Nobody told me what I pay for",
            "language": "en",
            "audience": "ex_customer",
            "stage": "use",
            "touchpoint": None,
            "response": "r2",
            "question": "why",
        },
    ],
    "further": [
        further(
            "helped",
            stage="decide",
            change=6.4,
            low=2.1,
            high=10.7,
            n=180,
            number=3,
            title="Order in three steps & fewer",
        ),
        further(
            "gap",
            stage="use",
            touchpoint="invoice",
            score=41.0,
            other=82.5,
            change=41.5,
            low=33.0,
            high=50.0,
            n=312,
        ),
        further("clash", stage="use", n=24, share=0.12, low=0.08, high=0.172),
        further("silent", title="decision_maker", share=0.71, low=0.6, high=0.8, n=88),
        further("too_early", stage="use", number=4, title="A person on the phone"),
    ],
    "late": [{"month": "2026-08", "n": None}, {"month": "2026-09", "n": 12}],
}


def content(**given):
    """What a summary says, with some of it otherwise."""
    return deepcopy(CONTENT) | given


def make_summary(journey=None, *, month="2026-10", frozen_at=None, **given):
    """A summary as if composed, with its pictures."""
    summary = Summary(
        journey_id=(journey or make_journey()).id,
        month=month,
        content=content(month=month, **given),
        n_answers={month: 640},
        facts_version=3,
        as_of=NOON,
        composed_at=NOON,
        frozen_at=frozen_at,
    )
    db.session.add(summary)
    db.session.flush()
    for language in LANGUAGES:
        for name in ("strips", "worst"):
            picture = Picture(summary_id=summary.id, language=language, name=name, content=PNG)
            db.session.add(picture)
    db.session.commit()
    return summary


def make_subscription(journey, email="els@devries.example", **given):
    """Someone who gets the summary."""
    values = {"name": "Els de Vries", "language": "nl", "created_at": NOON}
    subscription = Subscription(journey_id=journey.id, email=email, **values | given)
    db.session.add(subscription)
    db.session.commit()
    return subscription


def make_stages(journey: Journey, keys=("buy",), touchpoints=("shop", "site")):
    """Stages of a journey, with touchpoints."""
    for position, key in enumerate(keys):
        one = Stage(
            journey_id=journey.id,
            key=key,
            position=position,
            name=texts(f"{key} nl", f"{key} en"),
            goal=texts("doel", "goal"),
        )
        db.session.add(one)
        db.session.flush()
        for place, name in enumerate(touchpoints):
            touchpoint = Touchpoint(
                stage_id=one.id,
                key=name,
                position=place,
                name=texts(f"{name} nl", f"{name} en"),
                channel=Channel.ONLINE,
                media=Media.OWNED,
                team=Team.SERVICE,
            )
            db.session.add(touchpoint)
    db.session.commit()
