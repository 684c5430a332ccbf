import pytest

from insights.cells import collect
from insights.filters import Filters, select
from tests.insights.facts_factory import make_fact, make_facts

FACTS = [
    make_fact(1, month="2026-01", audience="prospect", market="b2b", channel="offline"),
    make_fact(2, month="2026-02", language="en", attributes=[("region", "north"), ("size", "s")]),
    make_fact(3, month="2026-03", channel=None, language=None, attributes=[("region", "south")]),
    make_fact(4, month="2026-03", journey="grow", attributes=None),
]


def kept(**chosen):
    table = select(make_facts(FACTS), Filters(**({"journey": "buy"} | chosen)))
    return sorted(int(name[1:]) for name in collect(table)["response"])


@pytest.mark.parametrize(
    ("chosen", "responses"),
    [
        ({}, [1, 2, 3]),
        ({"journey": "grow"}, [4]),
        ({"journey": "no such"}, []),
        ({"month_from": "2026-02"}, [2, 3]),
        ({"month_to": "2026-02"}, [1, 2]),
        ({"month_from": "2026-02", "month_to": "2026-02"}, [2]),
        ({"audience": "prospect"}, [1]),
        ({"market": "b2c"}, [2, 3]),
        ({"channel": "online"}, [2]),
        ({"language": "en"}, [2]),
        ({"attributes": (("region", "north"),)}, [2]),
        ({"attributes": (("region", "north"), ("size", "l"))}, []),
        ({"attributes": (("'; drop table facts; --", "x"),)}, []),
    ],
)
def test_only_what_passes_every_filter_is_kept(chosen, responses):
    assert kept(**chosen) == responses


def test_the_same_filters_are_the_same_cache_key():
    filters = Filters("buy", audience="customer", attributes=(("region", "north"),))

    assert {filters: 1}[Filters("buy", None, None, "customer", attributes=(("region", "north"),))]
