"""Signed links: an address of a survey that says who is asked, and cannot be altered."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from models import Survey
from questionnaires.value import Key
from vocabulary import Audience, Channel, Identity, Market

ShortName = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[^\x00]*$")]


class LinkError(Exception):
    """A link that we did not make, or cannot make; the message says why."""


class AnonymousSurveyError(LinkError):
    """A link to an anonymous survey was to say who is asked."""

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__(
            "This survey is anonymous: leave person and account out of its links, or use a survey "
            "that keeps them."
        )


class Invitation(BaseModel):
    """What a signed link says of who is asked; what it leaves out, the survey says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    audience: Audience | None = None
    market: Market | None = None
    channel: Channel | None = None
    account: ShortName | None = None
    person: ShortName | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] | None = None
    attributes: dict[Key, ShortName] = Field(default_factory=dict, max_length=20)


def make_link(  # noqa: PLR0913 -- all that a link can say, each by its name
    survey: Survey,
    *,
    audience: Audience | None = None,
    market: Market | None = None,
    channel: Channel | None = None,
    account: str | None = None,
    person: str | None = None,
    language: str | None = None,
    attributes: Mapping[str, str] | None = None,
) -> str:
    """The address at which one respondent, or one kind of respondent, answers a survey.

    Args:
        survey: what is asked.
        audience: whether a prospect, customer or ex-customer; by default as the survey says.
        market: whom the company sells to; by default as the journey says.
        channel: where it took place.
        account: the customer the person belongs to, by the key the company uses.
        person: the person, by the key the company uses.
        language: in which the survey opens.
        attributes: more to compare by, such as a region.

    Raises:
        AnonymousSurveyError: a person or an account, for an anonymous survey.
        LinkError: one of these cannot be put in a link.
    """
    if survey.identity is Identity.ANONYMOUS and (person or account):
        raise AnonymousSurveyError
    given = {
        "audience": audience,
        "market": market,
        "channel": channel,
        "account": account,
        "person": person,
        "language": language,
        "attributes": dict(attributes or {}),
    }
    try:
        invitation = Invitation.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise LinkError(f"{name}: {first['msg']}") from error
    address = f"{current_app.config['BASE_URL']}/s/{survey.key}"
    said = invitation.model_dump(mode="json", exclude_defaults=True)
    return f"{address}?p={_signer().dumps([survey.key, said])}" if said else address


def read_link(survey_key: str, signed: str) -> Invitation:
    """What a signed link to this survey says.

    Raises:
        LinkError: it was altered, or made for another survey.
    """
    try:
        key, said = _signer().loads(signed)
        invitation = Invitation.model_validate(said)
    except (BadData, ValidationError, TypeError, ValueError) as error:
        raise LinkError("This link was altered.") from error
    if key != survey_key:
        raise LinkError("This link belongs to another survey.")
    return invitation


def _signer() -> Any:  # noqa: ANN401 -- generic over a serializer of no interest here
    """Signs with our secret, for links only."""
    return URLSafeSerializer(
        current_app.config["SECRET_KEY"],
        salt="survey link",
        signer_kwargs={"digest_method": hashlib.sha256},
    )
