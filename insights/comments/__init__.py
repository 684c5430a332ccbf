"""Comments: what they are about, what they say, which of them to read."""
