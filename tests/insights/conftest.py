"""Settings for the tests of insights."""

from hypothesis import settings

# How long one example takes says how busy the machine is, not whether the insight is right.
settings.register_profile("insights", deadline=None)
settings.load_profile("insights")
