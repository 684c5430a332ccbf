"""Effects: whether an improvement helped, against what was left untouched."""
