"""Gaps: what colleagues think that customers think, beside what customers say."""
