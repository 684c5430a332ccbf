"""Weighting: answers weighted to the known mix of those they stand for."""
