"""Finished frames in, Altair charts out: a chart draws, it never computes."""
