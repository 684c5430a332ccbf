from collections import Counter
from random import Random

import pytest

from insights.flow.moves import moves
from tests.insights.walkers import LEGS, make_walks


def pairs(found):
    return {(row["stage"], row["next"]): row for row in found.moves.to_dict("records")}


def test_people_go_forwards_back_and_round_again():
    answers = []
    for i in range(12):
        answers.append((f"w{i}", "decision", 0, "prospect", 50.0))
        answers.append((f"w{i}", "decision", 5, "prospect", 50.0))
        answers.append((f"w{i}", "retention", 40, "customer", 50.0))
        if i < 6:
            answers.append((f"w{i}", "decision", 90, "customer", 50.0))

    found = moves(make_walks(answers), LEGS)

    row = pairs(found)["decision", "retention"]
    assert (row["n"], row["persons"], row["share"], row["days"]) == (12, 12, 1.0, 40)
    assert not row["is_back"]
    row = pairs(found)["retention", "decision"]
    assert (row["n"], row["persons"], row["share"], row["days"]) == (12, 6, 0.5, 50)
    assert row["is_back"]
    assert (found.n_walkers, found.n_several, found.n_returned) == (12, 12, 6)


def test_an_event_that_ends_a_stage_shows_people_there_from_their_first_answer_on():
    answers = [(f"w{i}", "consideration", 0, "prospect", 50.0) for i in range(12)]
    events = [(f"w{i}", "customer", 30) for i in range(8)]
    events += [(f"w{i}", "ambassador", -30) for i in range(8)]

    found = moves(make_walks(answers, events), LEGS)

    assert list(pairs(found)) == [("consideration", "decision")]
    assert pairs(found)["consideration", "decision"]["share"] == pytest.approx(8 / 12)


def test_moves_of_fewer_than_five_are_not_shown():
    answers = [(f"w{i}", "decision", 0, "prospect", 50.0) for i in range(20)]
    answers += [(f"w{i}", "advocacy", 30, "customer", 50.0) for i in range(4)]

    found = moves(make_walks(answers), LEGS)

    row = pairs(found)["decision", "advocacy"]
    assert not row["shown"]
    assert row["share"] != row["share"]
    assert (found.n_several, found.n_returned) == (None, 0)


def test_the_moves_are_those_of_a_walk_by_hand():
    random = Random(9)
    paths = {
        f"w{i}": sorted(
            (random.randint(0, 300), random.choice(LEGS).key) for _ in range(random.randint(1, 6))
        )
        for i in range(60)
    }
    answers = [
        (name, stage, at + place / 10, "customer", 50.0)
        for name, path in paths.items()
        for place, (at, stage) in enumerate(path)
    ]

    seen, went = Counter(), Counter()
    for path in paths.values():
        stages = [stage for _, stage in path]
        for stage in set(stages):
            seen[stage] += 1
            rest = stages[stages.index(stage) :]
            onward = next((one for one in rest if one != stage), None)
            went[stage, onward] += 1

    found = pairs(moves(make_walks(answers), LEGS))
    assert {pair: row["persons"] for pair, row in found.items() if row["shown"]} == {
        pair: n for pair, n in went.items() if pair[1] and n >= 5
    }
    assert {
        pair[0]: row["n"] for pair, row in found.items() if row["shown"]
    }.items() <= seen.items()


def test_nobody_goes_nowhere():
    found = moves(make_walks(), LEGS)

    assert (len(found.moves), found.n_walkers, found.n_several, found.n_returned) == (0, 0, 0, 0)
