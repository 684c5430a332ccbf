"""Answers and questionnaires of other programs, read into our own values."""
