"""A mapping: what the columns of a file of old answers mean, as a validated value."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from questionnaires.interchange.parts import (
    Asked,
    FileFormat,
    JourneyPart,
    Label,
    Property,
    QuestionPart,
    RespondentPart,
    Scale,
    StagePart,
    SurveyPart,
    TimePart,
)
from questionnaires.value import LENGTHS, SCALE_ENDS, WORDED, Value
from vocabulary import Identity, Kind


class Mapping(Value):
    """What the columns of one file mean."""

    source: Label
    wave: Annotated[str, StringConstraints(max_length=60, strip_whitespace=True)] = ""
    file: FileFormat = FileFormat()
    journey: JourneyPart
    survey: SurveyPart
    time: TimePart
    respondent: RespondentPart
    scale: Scale = Scale()
    stages: tuple[StagePart, ...] = ()
    questions: tuple[QuestionPart, ...] = ()

    @model_validator(mode="after")
    def _has_unique_keys(self) -> Self:
        """Refuse double keys, and questions of a stage that is not there."""
        stages = [stage.key for stage in self.stages]
        touchpoints = [
            f"{stage.key}.{part.key}" for stage in self.stages for part in stage.touchpoints
        ]
        for keys in (stages, touchpoints, [question.key for question in self.questions]):
            if doubles := {key for key in keys if keys.count(key) > 1}:
                raise ValueError(f"“{min(doubles)}” is used twice")
        unknown = {q.stage for q in self.questions if q.stage} - set(stages)
        if unknown:
            raise ValueError(f"a question belongs to the stage “{min(unknown)}”, which is not here")
        if not any(self.asked()):
            raise ValueError("no answers are mapped: give stages or questions")
        return self

    @model_validator(mode="after")
    def _has_scales_with_length(self) -> Self:
        """Refuse a scale whose ends meet or cross."""
        for asked, kind in self.asked():
            if kind in SCALE_ENDS:
                scale = self.scale_of(asked, kind)
                if (scale.low or 0) >= (scale.high or 0):
                    raise ValueError(f"the scale of column “{asked.column}” has no length")
                _refuse_odd(asked, kind, scale)
        return self

    @model_validator(mode="after")
    def _keeps_anonymity(self) -> Self:
        """Refuse to know who it was in a survey that promised not to."""
        known = self.respondent
        is_anonymous = self.survey.identity is Identity.ANONYMOUS
        if is_anonymous and (known.id or known.person or known.account):
            raise ValueError("an anonymous survey keeps no id, person or account")
        return self

    @property
    def name(self) -> str:
        """The source with its wave: the name of one import."""
        return f"{self.source} {self.wave}".strip()

    def asked(self) -> Iterator[tuple[Asked, Kind]]:
        """Every mapped question with its kind, those of stages first."""
        for stage in self.stages:
            if stage.overall:
                yield stage.overall, Kind.SATISFACTION
            for part in stage.touchpoints:
                yield part, Kind.RATING
        for question in self.questions:
            yield question, question.kind

    def scale_of(self, asked: Asked, kind: Kind) -> Scale:
        """How the scale of a question is written: as it says itself, else as the file does.

        What holds for the whole file holds for the scales of stages; other questions stand apart.
        """
        low, high = SCALE_ENDS[kind]
        of_file = (
            {} if isinstance(asked, QuestionPart) else self.scale.model_dump(exclude_unset=True)
        )
        own = asked.model_dump(exclude_unset=True, include=set(Scale.model_fields))
        return Scale.model_validate({"low": low, "high": high} | of_file | own)

    def properties(self) -> dict[str, Property]:
        """What rows may say of the respondent and the moment, by where it stands here."""
        places = {"time": ("year", "month", "day"), "respondent": RESPONDENT}
        found = {
            f"{place}.{name}": getattr(getattr(self, place), name)
            for place, names in places.items()
            for name in names
        }
        found |= {
            f"respondent.attributes.{key}": given
            for key, given in self.respondent.attributes.items()
        }
        return {where: given for where, given in found.items() if given is not None}

    def columns(self) -> dict[str, str]:
        """Every column that is read, with the first place in the mapping that names it."""
        found = [(self.time.column, "time.column")]
        found += [(given.column, where) for where, given in self.properties().items()]
        for stage in self.stages:
            if stage.overall:
                found.append((stage.overall.column, f"stages[{stage.key}].overall"))
            found += [
                (part.column, f"stages[{stage.key}].touchpoints[{part.key}]")
                for part in stage.touchpoints
            ]
        found += [(question.column, f"questions[{question.key}]") for question in self.questions]
        columns: dict[str, str] = {}
        for column, where in found:
            if column is not None:
                columns.setdefault(column, where)
        return columns


def _refuse_odd(asked: Asked, kind: Kind, scale: Scale) -> None:
    """Refuse a length that takes the sense from a kind: its figure, or the words of its points."""
    n_points = (scale.high or 0) - (scale.low or 0) + 1
    if kind in {Kind.NPS, *WORDED} and n_points not in LENGTHS[kind]:
        fewest, most = LENGTHS[kind][0], LENGTHS[kind][-1]
        wanted = str(most) if fewest == most else f"{fewest} to {most}"
        raise ValueError(
            f"the scale of column “{asked.column}” has {n_points} points, and {kind} has {wanted}: "
            "take another kind, such as agreement"
        )


RESPONDENT = ("id", "person", "account", "audience", "market", "channel", "language", "weight")
"""The properties of a respondent that have a column of their own in the database."""
