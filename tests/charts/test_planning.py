import pandas as pd

from charts.planning import answers_and_needs
from charts.theme import Caption


def test_each_stage_has_a_bar_and_a_mark_for_what_it_takes():
    cells = pd.DataFrame({"name": ["A", "B"], "n": [10, 20], "needed": [50, 15], "still": [40, 0]})
    words = dict.fromkeys(("stage", "answers", "needed", "still"), "word")
    drawn = answers_and_needs(cells, Caption("Title", "told", words)).to_dict()

    marks = [layer["mark"]["type"] for layer in drawn["layer"]]
    assert marks == ["bar", "tick"]
    assert [layer["encoding"]["x"]["field"] for layer in drawn["layer"]] == ["n", "needed"]
    assert drawn["description"] == "told"
