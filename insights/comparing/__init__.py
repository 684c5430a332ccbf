"""Comparing: two periods or two groups, what differs, and which of it is proven."""
