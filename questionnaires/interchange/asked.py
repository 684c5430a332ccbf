"""The questionnaire a mapped file was filled in with, as far as the mapping tells."""

from questionnaires.interchange.mapping import Mapping
from questionnaires.interchange.parts import Asked, QuestionPart, StagePart, TouchpointPart
from questionnaires.value import Option, Page, Question, Questionnaire, Texts
from vocabulary import Kind

OTHERS = "others"
"""The page of questions that belong to no stage."""


def asked_questionnaire(mapping: Mapping, names: dict[str, Texts]) -> Questionnaire:
    """The questionnaire that the columns of a file answer.

    Args:
        mapping: what the columns mean.
        names: what the journey calls its stages ("stage") and touchpoints ("stage.touchpoint");
            they are the texts of questions for which the mapping has none.
    """
    pages = [_page(mapping, stage, names) for stage in mapping.stages]
    others = [_question(mapping, part) for part in mapping.questions if part.stage is None]
    if others:
        pages.append(Page(key=OTHERS, questions=tuple(others)))
    return Questionnaire(
        languages=mapping.survey.languages,
        title={
            language: f"{text} {mapping.wave}".strip()
            for language, text in mapping.survey.title.items()
        },
        pages=tuple(page for page in pages if page is not None),
    )


def overall_key(stage: StagePart) -> str:
    """The key of a stage's overall question."""
    return f"{stage.key}_overall"[:60]


def rating_key(stage: StagePart, touchpoint: TouchpointPart) -> str:
    """The key of the question that rates a touchpoint."""
    return f"{stage.key}_{touchpoint.key}"[:60]


def _page(mapping: Mapping, stage: StagePart, names: dict[str, Texts]) -> Page | None:
    """The page of one stage: its overall question, its touchpoints, whatever else belongs to it."""
    questions = []
    if stage.overall:
        text = stage.overall.text or names[stage.key]
        key = overall_key(stage)
        questions.append(
            _scale(
                mapping,
                stage.overall,
                Kind.SATISFACTION,
                key,
                text,
                stage=stage.key,
                is_overall=True,
            )
        )
    for part in stage.touchpoints:
        text = part.text or names[f"{stage.key}.{part.key}"]
        key = rating_key(stage, part)
        questions.append(
            _scale(mapping, part, Kind.RATING, key, text, stage=stage.key, touchpoint=part.key)
        )
    questions += [_question(mapping, part) for part in mapping.questions if part.stage == stage.key]
    if not questions:
        return None
    return Page(key=stage.key, title=names[stage.key], questions=tuple(questions))


def _scale(  # noqa: PLR0913 -- what makes one question
    mapping: Mapping,
    asked: Asked,
    kind: Kind,
    key: str,
    text: Texts,
    *,
    stage: str | None = None,
    touchpoint: str | None = None,
    is_overall: bool = False,
) -> Question:
    """A question on a scale."""
    scale = mapping.scale_of(asked, kind)
    return Question(
        key=key,
        kind=kind,
        text=text,
        stage=stage,
        touchpoint=touchpoint,
        is_overall=is_overall,
        may_not_apply=bool(scale.not_met),
        low=scale.low,
        high=scale.high,
        is_reversed=scale.reversed and kind is Kind.YES_NO,  # yes stays yes, though no is good
    )


def _question(mapping: Mapping, part: QuestionPart) -> Question:
    """A question that is no touchpoint's."""
    text = part.text or dict.fromkeys(mapping.survey.languages, part.column)
    if part.kind is Kind.COMMENT:
        return Question(key=part.key, kind=part.kind, text=text, stage=part.stage)
    if part.kind in {Kind.SINGLE, Kind.MULTIPLE}:
        written = {key: code for code, key in reversed(part.options.items())}
        options = tuple(
            Option(
                key=key,
                text=part.option_texts.get(key) or dict.fromkeys(mapping.survey.languages, code),
            )
            for key, code in reversed(written.items())
        )
        return Question(key=part.key, kind=part.kind, text=text, stage=part.stage, options=options)
    return _scale(mapping, part, part.kind, part.key, text, stage=part.stage)
