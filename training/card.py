"""The model card of the readers: what they are made from, how well they read, and where not."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from insights.sentiment.agreement import Agreement, agreement
from insights.sentiment.fitting import softmax
from insights.sentiment.lexicon import own_entries
from training import owning
from training.trying import kept

if TYPE_CHECKING:
    from training.__main__ import Trained

CARD = Path(__file__).resolve().parent.parent / "docs" / "readers.md"
TEMPLATE = Path(__file__).parent / "card.md"


def write(trained: "Sequence[Trained]") -> None:
    """Write the card from its template, with today's figures."""
    text = TEMPLATE.read_text(encoding="utf-8")
    parts = {"DATA": _data(trained), "UNSEEN": _unseen(trained), "REAL": _real(kept())}
    parts["OWN"] = _own(owning.kept())
    for name, lines in parts.items():
        text = text.replace(f"<!-- {name} -->", "\n".join(lines))
    CARD.write_text(text, encoding="utf-8")


def _data(trained: "Sequence[Trained]") -> Iterator[str]:
    """What each language is made from."""
    yield (
        "| language | comments | industries | positive | negative | mixed | neutral | own lexicon |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for one in trained:
        labels = Counter(comment.label for comment in one.comments)
        industries = {comment.industry for comment in one.comments}
        n_entries = sum(1 for _ in own_entries(one.language))
        counts = (labels[name] for name in ("positive", "negative", "mixed", "neutral"))
        cells = (one.language, len(one.comments), len(industries), *counts, n_entries)
        yield f"| {' | '.join(str(cell) for cell in cells)} |"


def _unseen(trained: "Sequence[Trained]") -> Iterator[str]:
    """How well each language reads industries of the corpus that it did not learn from."""
    yield "| language | industry | n | balanced | three classes | surest 70 % | calibration error |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for one in trained:
        industries = sorted({comment.industry for comment in one.comments})
        for industry in ["", *industries]:
            chosen = [not industry or c.industry == industry for c in one.comments]
            got = _agreement(one, np.array(chosen))
            name = industry.replace("_", " ") or "**all**"
            figures = (got.balanced, got.accuracy, got.surest, got.calibration_error)
            cells = (one.language, name, got.n, *map(_share, figures))
            yield f"| {' | '.join(str(cell) for cell in cells)} |"


def _agreement(one: "Trained", chosen: Any) -> Agreement:  # noqa: ANN401 -- an array of truths
    """The figures of some comments of a language."""
    chances = softmax(one.logits[chosen] / one.temperature)
    labels = [c.label for c, is_it in zip(one.comments, chosen, strict=True) if is_it]
    said: list[float | None] = [float(row[0] - row[2]) for row in chances]
    return agreement(labels, said, [[float(chance) for chance in row] for row in chances])


def _real(figures: Sequence[dict[str, Any]]) -> Iterator[str]:
    """How well each language reads comments that nobody here wrote."""
    yield (
        "| language | set | licence | n | TextBlob, best cut-off | balanced | 95 % interval "
        "| three classes | macro-F1 | surest 70 % | calibration error |"
    )
    yield f"|{' --- |' * 11}"
    for one in figures:
        interval = f"{_share(one['balanced_low'])}-{_share(one['balanced_high'])}"
        cells = (
            *(one["language"], f"{one['set']} ({one['about']})", one["licence"], one["n"]),
            *(_share(one["textblob"]), _share(one["balanced"]), interval),
            *(_share(one["accuracy"]), _share(one["macro_f1"])),
            *(_share(one["surest"]), _share(one["calibration_error"])),
        )
        yield f"| {' | '.join(str(cell) for cell in cells)} |"


def _own(figures: Sequence[dict[str, Any]]) -> Iterator[str]:
    """How much an organisation's own labels help."""
    yield "| language | set | own labels | read | balanced before | balanced after |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for one in figures:
        cells = (one["language"], one["set"], one["labels"], one["n"])
        both = (_share(one["before"]), _share(one["after"]))
        yield f"| {' | '.join(str(cell) for cell in (*cells, *both))} |"


def _share(share: float | None) -> str:
    """A share with three decimals."""
    return "–" if share is None else f"{share:.3f}"
