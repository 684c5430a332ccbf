"""Scales: every kind of question from 0 to 100, and the metric's own figure."""
