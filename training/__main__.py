"""`make reader`: train the readers again, the same to the last byte, and write their model card."""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from tqdm import tqdm

from insights.sentiment.fitting import Matrix
from insights.sentiment.language import READ
from insights.sentiment.learning import as_weights, inputs, learn, temperature
from insights.sentiment.lexicon import FOLDER as LEXICON
from insights.sentiment.question import QuestionKind
from insights.sentiment.weights import FOLDER, LABELS, SPREAD, dumps, weights_of
from training.compose import compose
from training.corpus import FOLDER as CORPUS
from training.corpus import Comment, read

FOLDS = 5
"""Parts the industries of a language are dealt into; each is tried on weights from the others."""


class Trained(NamedTuple):
    """What came of a language."""

    language: str
    comments: Sequence[Comment]
    logits: Matrix  # of each comment, by weights that never saw its industry
    temperature: float


def train(language: str) -> Trained:
    """Train one language, keep its weights, and say how it does on industries it has not seen."""
    comments = read(language)
    longer = compose(comments)
    every = [*comments, *longer]
    rows = inputs([(c.text, QuestionKind(c.question)) for c in every], language)
    logits = _unseen(rows, every)[: len(comments)]
    warmth = temperature(logits, [comment.label for comment in comments])
    about = {
        "name": f"outsidein-{language}",
        "version": version(language),
        "comments": len(comments),
        "composed": len(longer),
    }
    coefficients = learn(rows, [c.label for c in every], weights_in(every))
    FOLDER.mkdir(exist_ok=True)
    weights = as_weights(coefficients, warmth, about)
    (FOLDER / f"{language}.bin").write_bytes(dumps(weights))
    return Trained(language, comments, logits, warmth)


def weights_in(comments: Sequence[Comment]) -> NDArray[np.float64]:
    """How much each comment counts: praise as much as blame among answers to "what can be better?".

    How many content people answer such a question differs from survey to survey; that share is no
    knowledge about language, so the corpus must not teach it.
    """
    asked = [comment.question == "improve" for comment in comments]
    n = {
        label: sum(c.label == label for c, is_it in zip(comments, asked, strict=True) if is_it)
        for label in ("positive", "negative")
    }
    more = n["negative"] / n["positive"] if n["positive"] else 1.0
    return np.array(
        [
            more if is_it and comment.label == "positive" else 1.0
            for comment, is_it in zip(comments, asked, strict=True)
        ]
    )


def version(language: str) -> str:
    """Ten letters that change when a reader of the language would say something else.

    They do not know of the TextBlob packages' lexicons, whose versions are pinned.
    """
    digest = hashlib.sha256()
    code = Path(LEXICON).parent
    files = [*sorted((CORPUS / language).glob("*.tsv")), *sorted(LEXICON.glob(f"{language}.*"))]
    made_by = (
        *("words", "lexicon", "marking", "features", "fitting", "learning", "weights"),
        *("question", "language", "reader", "reading"),
    )
    files += [LEXICON / "emoji.tsv", *(code / f"{name}.py" for name in made_by)]
    files.append(CORPUS.parent / "compose.py")
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


def _unseen(rows: csr_array, comments: Sequence[Comment]) -> Matrix:
    """The scores of each comment, by weights fitted to the other industries."""
    industries = sorted({comment.industry for comment in comments})
    fold = np.array([industries.index(comment.industry) % FOLDS for comment in comments])
    found = np.zeros((len(comments), len(LABELS)))
    for one in range(FOLDS):
        others = fold != one
        known = [c for c, is_other in zip(comments, others, strict=True) if is_other]
        coefficients = learn(rows[others], [c.label for c in known], weights_in(known))
        found[~others] = rows[~others] @ coefficients @ SPREAD
    return found


def main() -> None:
    """Train every language, try them where the sets are, then write the card."""
    from training import sets
    from training.card import write
    from training.owning import try_own
    from training.trying import try_all

    trained = [train(language) for language in tqdm(READ, desc="Readers", file=sys.stderr)]
    if sets.are_here():
        weights_of.cache_clear()
        try_all()
        try_own()
    write(trained)


if __name__ == "__main__":
    main()
