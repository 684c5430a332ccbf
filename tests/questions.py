"""A questionnaire of every kind of question, for tests of answering."""

from questionnaires.logic import NONE_MET
from questionnaires.value import Condition, Option, Page, Question, Questionnaire
from vocabulary import Kind


def texts(english: str) -> dict[str, str]:
    return {"nl": f"{english} (nl)", "en": english}


def question(key: str, kind: Kind, **given) -> Question:
    return Question(key=key, kind=kind, text=texts(f"{key}?"), **given)


OVERALL = question(
    "overall",
    Kind.SATISFACTION,
    stage="use",
    is_overall=True,
    is_required=True,
    low_end=texts("very dissatisfied"),
    high_end=texts("very satisfied"),
)
MET = question(
    "met",
    Kind.MET,
    stage="use",
    options=(
        Option(key="invoice", text=texts("The invoice")),
        Option(key="helpdesk", text=texts("The helpdesk")),
        Option(key=NONE_MET, text=texts("None of these")),
    ),
)
RATINGS = tuple(
    question(
        f"rating_{key}",
        Kind.RATING,
        stage="use",
        touchpoint=key,
        may_not_apply=True,
        show_if=Condition(question="met", includes=key),
    )
    for key in ("invoice", "helpdesk")
)
NPS = question("nps", Kind.NPS, low_end=texts("not at all"), high_end=texts("surely"))
WHY = question("why", Kind.COMMENT, show_if=Condition(question="nps", below=7))
REMARKS = question("remarks", Kind.COMMENT)

FOUR_PAGES = Questionnaire(
    languages=("nl", "en"),
    title=texts("How was it?"),
    intro=texts("We want to do better."),
    thanks=texts("We read everything."),
    pages=(
        Page(key="first", questions=(OVERALL,)),
        Page(key="second", questions=(MET,)),
        Page(key="third", questions=RATINGS, is_random_order=True),
        Page(key="fourth", questions=(NPS, WHY, REMARKS)),
    ),
)
