"""A sitting: one respondent at one survey, kept in a signed token, not in the database.

Opening a survey changes nothing here, so that a mail scanner that follows a link leaves no trace.
The token travels in a hidden field, which also proves that a form came from us, and in a cookie,
by which the same device finds its answers back.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from actions.link import Invitation
from actions.response import Respondent, Sitting
from vocabulary import Audience, Channel, Identity, Market

COOKIE = "sitting"
KEPT = timedelta(days=30)
"""How long an unfinished response can be taken up again on the same device."""


def invited(invitation: Invitation, *, audience: Audience, market: Market) -> Respondent:
    """Who is asked, as their link says, and as the survey says where the link is silent."""
    return Respondent(
        audience=invitation.audience or audience,
        market=invitation.market or market,
        channel=invitation.channel,
        account=invitation.account,
        person=invitation.person,
        attributes=invitation.attributes,
    )


def promised(identity: Identity, respondent: Respondent) -> Respondent:
    """As much of a respondent as the survey may know: an anonymous one never learns who it is."""
    if identity is not Identity.ANONYMOUS:
        return respondent
    return replace(respondent, person=None, account=None)


def someone_else(sitting: Sitting) -> Respondent:
    """What still holds when another person takes the device over."""
    return replace(sitting.respondent, person=None, account=None, attributes={})


def sign(survey_key: str, sitting: Sitting) -> str:
    """The sitting as a token, good for this survey only."""
    about = sitting.respondent
    return str(
        _signer().dumps(
            [
                survey_key,
                sitting.key,
                sitting.survey_id,
                sitting.version_id,
                sitting.identity,
                sitting.language,
                int(sitting.started_at.timestamp()),
                about.audience,
                about.market,
                about.channel,
                about.account,
                about.person,
                dict(about.attributes),
            ]
        )
    )


def read(token: str | None, survey_key: str) -> Sitting | None:
    """The sitting in a token of this survey; None if it is not ours.

    It may be of any age: a page left open for long can still be sent. The cookie runs out by
    itself.
    """
    if not token:
        return None
    try:
        parts = _signer().loads(token)
        token_survey_key, key, survey_id, version_id, identity, language, started, *about = parts
        audience, market, channel, account, person, attributes = about
        sitting = Sitting(
            key=key,
            survey_id=survey_id,
            version_id=version_id,
            identity=Identity(identity),
            language=language,
            started_at=datetime.fromtimestamp(started, UTC),
            respondent=Respondent(
                audience=Audience(audience),
                market=Market(market),
                channel=Channel(channel) if channel else None,
                account=account,
                person=person,
                attributes=attributes,
            ),
        )
    except (BadData, ValueError, TypeError):
        return None
    return sitting if token_survey_key == survey_key else None


def keep(response: Response, survey_key: str, token: str) -> None:
    """Put the sitting into the browser's cookie, sent back to this survey only."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=KEPT,
        path=f"/s/{survey_key}",
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )


def choose_language(languages: Sequence[str], *wished: str | None) -> str:
    """The first wish the survey can fulfil, else what the browser asks for, else its first.

    Args:
        languages: the survey's languages.
        wished: languages, the strongest wish first.
    """
    for language in wished:
        if language and language in languages:
            return language
    asked: str | None = request.accept_languages.best_match(languages)
    return asked or languages[0]


def _signer() -> Any:  # noqa: ANN401 -- generic over a serializer of no interest here
    """Signs with our secret, for sittings only; made once per app, for deriving its key costs."""
    found = current_app.extensions.get("sitting signer")
    if found is None:
        found = current_app.extensions["sitting signer"] = URLSafeSerializer(
            current_app.config["SECRET_KEY"],
            salt="sitting",
            signer_kwargs={"digest_method": hashlib.sha256},
        )
    return found
