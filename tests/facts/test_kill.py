"""A projector killed at any moment leaves neither gaps nor doubles (the long run is slow)."""

from tests.facts.killing import kill_again_and_again


def test_projected_and_rebuilt_facts_are_equal_after_kills(app, database_url):
    outcome = kill_again_and_again(app.config["HOME"], database_url, rounds=3, seed=7)

    outcome.check()
