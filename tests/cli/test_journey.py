from actions.journey import plant_journey, retire_journey
from tests.factories import NOON
from vocabulary import Market


def run(runner, *words):
    result = runner.invoke(args=["journey", *words])
    return result.exit_code, result.output


def test_planting_says_what_it_made(runner):
    assert run(runner, "plant", "cycle", "--market", "b2c") == (
        0,
        "cycle_b2c  Customer journey in five stages (B2C, 5 stages, 27 touchpoints)\n",
    )


def test_a_key_that_is_taken_is_said(runner):
    run(runner, "plant", "cycle", "--market", "b2c", "--key", "shop")
    code, output = run(runner, "plant", "funnel", "--market", "b2c", "--key", "shop")
    assert (code, output) == (1, "Error: There is a journey “shop” already.\n")


def test_a_key_that_cannot_be_one_is_said(runner):
    code, output = run(runner, "plant", "cycle", "--market", "b2b", "--key", "Our shop")
    assert code == 1
    assert "“Our shop” cannot be a key" in output


def test_the_market_must_be_said(runner):
    code, output = run(runner, "plant", "cycle")
    assert code == 2
    assert "--market" in output


def test_the_list_has_one_line_per_journey_its_key_first(runner):
    plant_journey("funnel", Market.B2B, now=NOON)
    retire_journey(plant_journey("cycle", Market.B2B, now=NOON), NOON)
    _code, output = run(runner, "list")
    assert output.splitlines() == [
        "cycle_b2b  Customer journey in five stages (B2B, 5 stages, 29 touchpoints, retired)",
        "funnel_b2b  From first interest to ambassador (B2B, 7 stages, 36 touchpoints)",
    ]


def test_an_empty_list_is_empty(runner):
    assert run(runner, "list") == (0, "")
