"""Trends: months in a row, what was asked in them, their limits and seasons."""
